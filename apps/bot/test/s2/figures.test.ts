// What is counted and what is shown: S2.28, S2.32.
import { Big, instrument, lots, millis } from "@bp/core";
import { type Panel, panelText } from "@bp/report";
import { describe, expect, it } from "vitest";
import { layTable, type Table } from "../table.ts";

const flags = {
  spread: "4",
  quantity: "0.25",
  maxOrders: 1,
  maxPosition: "5",
  positionThreshold: "5",
  interval: "0.05",
};

/** The mid about which the first buy (or sell) of a spread of 4 % stands exactly at a price. */
const mids = { "buy 100.00": 102.05, "buy 101.00": 103.07, "sell 102.00": 100, "sell 101.00": 99.01 } as const;

const bookAt = (mid: number) => [(mid - 0.01).toFixed(2), (mid + 0.01).toFixed(2)] as const;

/** Moves the market in steps that do not reach our quotes, until one of them stands where it is wanted, and trades with it. */
async function trade(table: Table, wanted: keyof typeof mids, size: string): Promise<void> {
  const [side = "", price = ""] = wanted.split(" ");
  const { bids } = table.exchange.book(table.id, 1);
  let mid = ((bids[0]?.[0] ?? 0) + 1) / 100;
  while (mid !== mids[wanted]) {
    const step = Math.max(-1, Math.min(1, mids[wanted] - mid));
    mid = Math.abs(mids[wanted] - mid) <= 1 ? mids[wanted] : mid + step;
    const sentBefore = table.sent().length;
    table.setBook(...bookAt(mid));
    await table.until("moved quotes", () => table.sent().length >= sentBefore + 2 && table.open().length === 2);
  }
  table.setMark(price);
  await table.until(`our ${wanted}`, () =>
    table.open().some((each) => each.startsWith(side) && each.endsWith(`@ ${price}`)),
  );
  const before = table.exchange.fills("alice").length;
  table.take(side === "buy" ? "sell" : "buy", size, price);
  expect(table.exchange.fills("alice")).toHaveLength(before + 1);
}

describe.concurrent("S2, what is counted", () => {
  it("S2.28 first in, first out: 0.2 at 100 and 0.1 at 101 bought, 0.25 at 102 sold", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, { book: bookAt(mids["buy 100.00"]), mark: "100.00" });
    const bot = await table.start(flags);
    await trade(table, "buy 100.00", "0.2");
    await trade(table, "buy 101.00", "0.1");
    await trade(table, "sell 102.00", "0.25");
    await table.until("three fills", () => bot.state.tally.figures().session.sums.fills === 3);
    await table.until(
      "the mark of 102",
      () => bot.state.tally.figures().session.profit.unrealized.toFixed() === "0.05",
    );
    const { state, summary } = await bot.stop(); // the exchange's ledger is equal
    const [market] = state.tally.figures().instruments;
    expect(summary.realizedQuote).toBe("0.45");
    expect(summary.feesQuote).toBe("0.01112");
    expect(market?.session.profit.realized.minus(market.session.profit.fees).toFixed()).toBe("0.43888");
    expect(summary.positionAtExit).toBe("0.05");
    expect(market?.entry?.toFixed()).toBe("101"); // of the remaining 0.05
  });

  it("S2.28 the short side is the mirror of it, and a net short loses when the mark rises", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, { book: bookAt(mids["sell 102.00"]), mark: "102.00" });
    const bot = await table.start(flags);
    await trade(table, "sell 102.00", "0.2");
    await trade(table, "sell 101.00", "0.1");
    await trade(table, "buy 100.00", "0.25");
    await table.until("three fills", () => bot.state.tally.figures().session.sums.fills === 3);
    const unrealized = () => bot.state.tally.figures().session.profit.unrealized.toFixed();
    await table.until("a gain of 0.05 at 100", () => unrealized() === "0.05");
    table.setMark("102.00");
    await table.until("a loss of 0.05 at 102", () => unrealized() === "-0.05");
    const { state, summary } = await bot.stop();
    expect(summary.realizedQuote).toBe("0.45"); // 0.2 × 2 + 0.05 × 1
    expect(summary.feesQuote).toBe("0.0111");
    expect(summary.positionAtExit).toBe("-0.05");
    expect(state.tally.figures().instruments[0]?.entry?.toFixed()).toBe("101");
  });
});

const sample = {
  at: millis(Date.UTC(2025, 10, 20, 14, 3, 22)),
  market: { bid: 239_379, ask: 239_447, position: lots(-6_000), target: lots(0), cap: lots(1_000) },
  prices: {
    raw: { buy: 238_799.505, sell: 239_996.495 },
    skew: { position: lots(-6_000), factor: 0, offset: 0 },
    adjusted: { buy: 238_800, sell: 239_996 },
  },
  session: {
    bought: new Big("0.200"),
    sold: new Big("0.150"),
    profit: new Big("2.4500"),
    fees: new Big("0.1200"),
    cumulative: new Big("15.2300"),
    unrealized: new Big("-1.8900"),
    quotes: { buy: 238_800, sell: 239_996 },
  },
} satisfies Omit<Panel, "instrument">;

const market = (base: string) =>
  instrument({
    id: `backpack:${base}_USDC_PERP`,
    kind: "perp",
    base,
    quote: "USDC",
    tickSize: "0.001",
    lotSize: "0.001",
  });

describe.concurrent("S2, what is shown", () => {
  it("S2.32 the three blocks with the README's sample numbers", () => {
    const text = panelText({ ...sample, instrument: market("SOL") }, { language: "zh", paint: "plain" });
    const line = (label: string) => text.split("\n").find((each) => each.includes(label)) ?? "";
    for (const title of ["市場狀態", "價格計算", "本次執行總結"]) expect(text).toContain(`── ${title} ─`);
    expect(line("盤口")).toMatch(/239\.379.*239\.447.*0\.068 \(0\.028 %\)/);
    expect(line("中間價")).toContain("239.413");
    expect(line("持倉")).toMatch(/空頭 +6\.000 SOL.*0\.000.*1\.000/);
    expect(line("成交")).toMatch(/0\.200 SOL.*0\.150 SOL/);
    expect(line("盈虧")).toMatch(/\+2\.4500 USDC.*0\.1200 USDC/);
    expect(line("累計")).toMatch(/\+15\.2300 USDC.*-1\.8900 USDC/);
    expect(line("活躍報價")).toMatch(/238\.800.*239\.996.*1\.196 \(0\.50 %\)/);
  });

  it("S2.32 assets are named as the symbol names them", () => {
    const text = panelText({ ...sample, instrument: market("BTC") }, { language: "en", paint: "plain" });
    expect(text).toContain("0.200 BTC");
    expect(text).not.toContain("SOL");
  });
});
