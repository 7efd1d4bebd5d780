// What a person sees when a run ends, a line for each fill, and the files for programs.
import { Big } from "@bp/core";
import { describe, expect, it } from "vitest";
import { perp, scene, spot } from "../scene.fixture.ts";
import { summaryOf } from "../summary.ts";
import { createTally } from "../tally.ts";
import { fillLine } from "./fillLine.ts";
import { finalText } from "./final.ts";
import { duration } from "./numbers.ts";
import { reportJson, reportText } from "./report.ts";

const zh = { language: "zh", paint: "plain" } as const;
const en = { language: "en", paint: "plain" } as const;

/** Five minutes: 0.2 bought, 0.15 sold, one order cancelled, one still resting. */
function fiveMinutes() {
  const log = scene();
  log.book("239.379", "239.447");
  log.now += 1_000;
  const bid = log.place("buy", "238.8", "0.2");
  const ask = log.place("sell", "239.996", "0.15");
  log.accept(bid);
  log.accept(ask);
  log.now += 147_250;
  log.fill(bid, "buy", "238.8", "0.2", { fee: "0.009552" });
  log.now += 120_000;
  log.fill(ask, "sell", "239.996", "0.15", { fee: "0.0071998800", liquidity: "taker" });
  const gone = log.place("buy", "238.9", "0.2");
  log.place("sell", "240.1", "0.2");
  log.event({ type: "order.cancelled", clientId: gone, venueOrderId: "v" });
  log.now += 31_750;
  log.book("239.3", "239.5");
  log.event({ type: "funding.paid", instrument: perp.id, amount: "-0.0012" as never, asset: "USDC" });
  return log;
}

function tallied(entries = fiveMinutes().entries) {
  const tally = createTally({ instruments: [perp] });
  const fills = entries.flatMap((each) => tally.entry(each));
  return { figures: tally.figures(), fills };
}

describe("finalText", () => {
  it("ends a run with its time, volume, profit, ratios and the position that stays", () => {
    expect(finalText(tallied().figures, zh, "r-1")).toBe(
      `
── 執行總結 ────────────────────────────────────── r-1  SOL_USDC_PERP ──
  執行時間   00:05:00
  訂單       下單 4   成交 2   撤單 1   拒絕 0   過期 0
  在場時間   雙邊 49.1 %   單邊以上 89.1 %   平均價差 1.196 (0.500 %)

  成交量   買入 SOL   賣出 SOL   合計 SOL    USDC     佔比
  掛單        0.200      0.000      0.200   47.76   57.0 %
  吃單        0.000      0.150      0.150   36.00   43.0 %
  合計        0.200      0.150      0.350   83.76     2 筆

  USDC        本次      累計
  已實現   +0.1794   +0.1794
  未實現   +0.0300   +0.0300
  手續費   -0.0168   -0.0168
  資金費   -0.0012   -0.0012
  淨利     +0.1914   +0.1914

  單位成交量利潤   0.2286 %   +0.5470 USDC/SOL
  每萬成交成本     -22.8569 USDC
  磨損率           0.0000 %

  結束時     掛單中 1   不明 0
  持倉保留   多頭 0.05 SOL   均價 238.800
`.trim(),
    );
  });

  it("says the same in Simplified Chinese", () => {
    const text = finalText(tallied().figures, { language: "zh", script: "hans", paint: "plain" }, "r-1");
    for (const words of ["── 运行总结 ──", "订单       下单 4", "手续费   -0.0168", "持仓保留   多头 0.05 SOL"])
      expect(text).toContain(words);
    expect(text).not.toMatch(/[執總單續費實現買賣價結時倉頭]/u);
  });

  it("shows at most eight digits of what is held, although fees in coins leave more", () => {
    const log = scene(spot);
    log.trade("buy", "150", "2", { fee: "0.0016123456789", feeAsset: "SOL" });
    const tally = createTally({ instruments: [spot] });
    for (const entry of log.entries) tally.entry(entry);
    expect(finalText(tally.figures(), en)).toContain("long 1.99838765 SOL");
  });

  it("says what the accounts have gained where coins that fees have taken have become worth more", () => {
    const log = scene(spot);
    log.trade("buy", "150", "2", { fee: "0.002", feeAsset: "SOL" });
    log.book("159", "161");
    const tally = createTally({ instruments: [spot] });
    for (const entry of log.entries) tally.entry(entry);
    const text = finalText(tally.figures(), en);
    expect(text).toMatch(/Net +\+19\.7000 .*\n +Fees in coins, drift +-0\.0200 .*\n +Change of equity +\+19\.6800/);
    expect(text).toMatch(/Cost per 10,000 of volume +-656\.0000 USDC/); // of the gain, not of the net
    log.now += 10;
    log.book("139", "141");
    for (const entry of log.entries.slice(-1)) tally.entry(entry);
    const summary = summaryOf({ figures: tally.figures(), run: "r", seed: undefined, commandsDigest: "" });
    expect(summary).toMatchObject({ netQuote: "-20.3", equityChangeQuote: "-20.28", wearPercent: "6.76" });
  });

  it("says the same in English", () => {
    expect(finalText(tallied().figures, en, "r-1")).toBe(
      `
── SUMMARY ─────────────────────────────────────── r-1  SOL_USDC_PERP ──
  Run time   00:05:00
  Orders     placed 4   filled 2   cancelled 1   rejected 0   expired 0
  Quoting    both sides 49.1 %   any side 89.1 %   average spread 1.196 (0.500 %)

  Volume   bought SOL   sold SOL   total SOL    USDC     share
  Maker         0.200      0.000       0.200   47.76    57.0 %
  Taker         0.000      0.150       0.150   36.00    43.0 %
  Total         0.200      0.150       0.350   83.76   2 fills

  USDC         this run   cumulative
  Realized      +0.1794      +0.1794
  Unrealized    +0.0300      +0.0300
  Fee           -0.0168      -0.0168
  Funding       -0.0012      -0.0012
  Net           +0.1914      +0.1914

  Profit per unit of volume   0.2286 %   +0.5470 USDC/SOL
  Cost per 10,000 of volume   -22.8569 USDC
  Wear                        0.0000 %

  At exit          resting 1   in doubt 0
  Position stays   long 0.05 SOL   entry 238.800
`.trim(),
    );
  });

  it("shows every market where there are several", () => {
    const tally = createTally({ instruments: [perp, spot] });
    for (const each of fiveMinutes().entries) tally.entry(each);
    const text = finalText(tally.figures(), en);
    expect(text).toContain("SOL_USDC_PERP");
    expect(text).toContain("SOL_USDC ");
  });
});

describe("fillLine", () => {
  it("tells one fill in one line", () => {
    const lines = (look: typeof zh | typeof en) =>
      tallied()
        .fills.map((each) => fillLine(each, look))
        .join("\n");
    expect(lines(zh)).toBe(
      `
12:02:28.250  買       0.200 SOL @ 238.800     掛單  手續費 0.0096 USDC  持倉 +0.200
12:04:28.250  賣       0.150 SOL @ 239.996     吃單  手續費 0.0072 USDC  盈虧 +0.1794  持倉 +0.050
`.trim(),
    );
    expect(lines(en)).toBe(
      `
12:02:28.250  buy      0.200 SOL @ 238.800     maker  fee 0.0096 USDC  position +0.200
12:04:28.250  sell     0.150 SOL @ 239.996     taker  fee 0.0072 USDC  profit +0.1794  position +0.050
`.trim(),
    );
  });
});

describe("reportText", () => {
  it("adds causes and days to the final summary", () => {
    const text = reportText(tallied().figures, zh, "r-1");
    expect(text.startsWith(finalText(tallied().figures, zh, "r-1"))).toBe(true);
    expect(text.slice(text.indexOf("── 盈虧來源"))).toBe(
      `
── 盈虧來源 ────────────────────────────────────────────────────────────
  USDC       成交後 1 s   成交後 10 s   成交後 60 s
  價差收入      +0.2100       +0.2100       +0.2100
  逆選擇         0.0000        0.0000       +0.0020
  庫存          -0.0006       -0.0006       -0.0026
  手續費        -0.0168       -0.0168       -0.0168
  資金費        -0.0012       -0.0012       -0.0012
  權益變化      +0.1914       +0.1914       +0.1914

── 每日 ────────────────────────────────────────────────────────────────
  日期 (UTC)   筆   成交量 USDC    已實現   手續費
  2025-11-20    2         83.76   +0.1794   0.0168
`.trim(),
    );
  });
});

describe("reportJson", () => {
  it("gives money as decimal text and unknown as null", () => {
    const json = JSON.parse(reportJson(tallied().figures, "r-1"));
    expect(json.run).toBe("r-1");
    expect(json.session.profit.fees).toBe("0.01675188");
    expect(json.session.sums.feesByAsset).toEqual({ USDC: "0.01675188" });
    expect(json.instruments[0].touch).toEqual({ bid: null, ask: null });
    expect(json.orders.placed).toBe(4);
  });
});

describe("summaryOf", () => {
  it("has the names that programs rely on, in their order", () => {
    const summary = summaryOf({ figures: tallied().figures, run: "r-1", seed: 7, commandsDigest: "ab" });
    expect(Object.keys(summary).slice(0, 15)).toEqual([
      "run",
      "seed",
      "seconds",
      "ordersPlaced",
      "ordersCancelled",
      "ordersRejected",
      "fills",
      "volumeQuote",
      "feesQuote",
      "grossQuote",
      "netQuote",
      "openOrdersAtExit",
      "positionAtExit",
      "unknownOrders",
      "commandsDigest",
    ]);
    expect(summary).toMatchObject({
      seed: 7,
      seconds: 300,
      ordersPlaced: 4,
      ordersCancelled: 1,
      ordersRejected: 0,
      fills: 2,
      volumeQuote: "83.7594",
      feesQuote: "0.01675188",
      grossQuote: "0.2094", // 0.15 × 1.196 taken, 0.05 × 0.6 open
      netQuote: "0.19144812",
      openOrdersAtExit: 1,
      positionAtExit: "0.05",
      unknownOrders: 0,
      commandsDigest: "ab",
    });
  });

  it("keeps its names where there is no seed, and names positions where there are several markets", () => {
    const figures = createTally({ instruments: [perp, spot] }).figures();
    const json = JSON.parse(JSON.stringify(summaryOf({ figures, run: "r", seed: undefined, commandsDigest: "" })));
    expect(json.seed).toBeNull();
    expect(json.positionAtExit).toEqual({ "backpack:SOL_USDC_PERP": "0", "backpack:SOL_USDC": "0" });
    expect(json.wearPercent).toBeNull();
  });

  it("writes small money without an exponent", () => {
    const log = scene();
    log.trade("buy", "0.001", "0.001", { fee: "0.0000000002" });
    const { figures } = tallied(log.entries);
    expect(summaryOf({ figures, run: "r", seed: 1, commandsDigest: "" }).feesQuote).toBe("0.0000000002");
    expect(new Big("0.0000000002").toString()).toContain("e"); // what would have been written otherwise
  });
});

describe("duration", () => {
  it("is hh:mm:ss, also beyond a day", () => {
    expect([0, 59.9, 3_599, 3_600, 360_000].map(duration)).toEqual([
      "00:00:00",
      "00:00:59",
      "00:59:59",
      "01:00:00",
      "100:00:00",
    ]);
  });
});
