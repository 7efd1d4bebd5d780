// The three blocks, with the sample numbers of the original's README.
import { Big, instrument, lots, millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { perp, scene } from "../scene.fixture.ts";
import { createTally } from "../tally.ts";
import { type Panel, panelText, sessionLines } from "./panel.ts";
import { displayWidth } from "./width.ts";

const panel: Panel = {
  instrument: perp,
  at: millis(Date.UTC(2025, 10, 20, 14, 3, 22)),
  market: { bid: 239_379, ask: 239_447, position: lots(-6_000), target: lots(0), cap: lots(1_000) },
  prices: {
    raw: { buy: 238_799.505, sell: 239_996.495 },
    skew: { position: lots(-6_000), factor: 0.3, offset: 0 },
    adjusted: { buy: 238_800, sell: 239_996 },
  },
  session: {
    bought: new Big("0.2"),
    sold: new Big("0.15"),
    profit: new Big("2.45"),
    fees: new Big("0.12"),
    cumulative: new Big("15.23"),
    unrealized: new Big("-1.89"),
    quotes: { buy: 238_800, sell: 239_996 },
  },
};
const zh = { language: "zh", paint: "plain" } as const;
const en = { language: "en", paint: "plain" } as const;

describe("panelText", () => {
  it("shows market, prices and session in the words of the original", () => {
    expect(panelText(panel, zh)).toBe(
      `
── 市場狀態 ──────────────────────────── SOL_USDC_PERP  2025-11-20 14:03:22 UTC ──
  盤口         買一   239.379         賣一   239.447        價差   0.068 (0.028 %)
  中間價              239.413
  持倉         空頭   6.000 SOL       目標   0.000          上限   1.000
               !! 超過上限 (over cap): 5.000 SOL

── 價格計算 ──────────────────────────────────────────────────────────────────────
  原始報價     買     238.799505      賣     239.996495
  庫存偏移     淨持倉 -6.000 SOL      係數   0.30           偏移量 0.000
  調整後報價   買     238.800         賣     239.996

── 本次執行總結 ──────────────────────────────────────────────────────────────────
  成交         買入   0.200 SOL       賣出   0.150 SOL
  盈虧         本次   +2.4500 USDC    手續費 0.1200 USDC
  累計                +15.2300 USDC   未實現 -1.8900 USDC
  活躍報價     買     238.800         賣     239.996        價差   1.196 (0.50 %)
`.trim(),
    );
  });

  it("says the same in English", () => {
    expect(panelText(panel, en)).toBe(
      `
── MARKET ──────────────────────────────────── SOL_USDC_PERP  2025-11-20 14:03:22 UTC ──
  Book         bid      239.379         ask        239.447        spread 0.068 (0.028 %)
  Mid                   239.413
  Position     short    6.000 SOL       target     0.000          cap    1.000
               !! over cap: 5.000 SOL

── PRICES ──────────────────────────────────────────────────────────────────────────────
  Raw quotes   buy      238.799505      sell       239.996495
  Skew         net      -6.000 SOL      factor     0.30           offset 0.000
  Adjusted     buy      238.800         sell       239.996

── THIS RUN ────────────────────────────────────────────────────────────────────────────
  Fills        bought   0.200 SOL       sold       0.150 SOL
  Profit       this run +2.4500 USDC    fee        0.1200 USDC
  Cumulative            +15.2300 USDC   unrealized -1.8900 USDC
  Quotes now   buy      238.800         sell       239.996        spread 1.196 (0.50 %)
`.trim(),
    );
  });

  it("says over cap only beyond the cap", () => {
    const at = (position: number) => panelText({ ...panel, market: { ...panel.market, position: lots(position) } }, zh);
    expect(at(1_000)).not.toContain("over cap");
    expect(at(1_001)).toContain("over cap");
    expect(at(-1_001)).toContain("over cap): 0.001 SOL");
  });

  it("never reads unknown as flat", () => {
    const text = panelText({ ...panel, market: { ...panel.market, position: undefined, bid: undefined } }, zh);
    expect(text).toContain("未知");
    expect(text).not.toContain("over cap");
  });

  it("names assets as the instrument does", () => {
    const btc = instrument({
      id: "aster:BTCUSDT",
      kind: "perp",
      base: "BTC",
      quote: "USDT",
      tickSize: "0.1",
      lotSize: "0.001",
    });
    const text = panelText({ ...panel, instrument: btc }, zh);
    expect(text).toContain("0.200 BTC");
    expect(text).toContain("USDT");
    expect(text).not.toMatch(/SOL|USDC/);
  });

  it("colours without moving a column", () => {
    const painted = panelText(panel, { language: "zh", paint: "ansi" });
    const esc = String.fromCharCode(27);
    expect(painted).toContain(`${esc}[31m-1.8900 USDC`);
    expect(painted.replaceAll(new RegExp(`${esc}\\[[0-9;]*m`, "g"), "")).toBe(panelText(panel, zh));
  });

  it("keeps every title line equally wide and no line with spaces at its end", () => {
    const lines = panelText(panel, zh).split("\n");
    expect(new Set(lines.filter((each) => each.startsWith("──")).map(displayWidth)).size).toBe(1);
    expect(lines.filter((each) => each.endsWith(" "))).toEqual([]);
  });
});

describe("sessionLines", () => {
  it("takes the third block out of a tally", () => {
    const log = scene();
    const resting = log.place("buy", "238.8", "1");
    log.accept(resting);
    log.trade("buy", "100", "0.2", { fee: "0.004" });
    log.trade("sell", "101", "0.1", { fee: "0.00202" });
    const tally = createTally({ instruments: [perp] });
    for (const each of log.entries) tally.entry(each);
    const found = sessionLines(tally.figures(), perp.id);
    expect(found?.profit.toFixed()).toBe("0.09398"); // 0.1 − 0.00602
    expect(found?.unrealized.toFixed()).toBe("0.1"); // marked at the last fill
    expect(found?.bought.toFixed()).toBe("0.2");
    expect(found?.quotes).toEqual({ buy: 238_800, sell: undefined });
  });
});
