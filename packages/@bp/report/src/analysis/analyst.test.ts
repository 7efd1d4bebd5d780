// An analyst over logs with the values on the page.
import { type ClientId, decimal, instrument, lots, millis, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { perp, type Scene, scene, start } from "../scene.fixture.ts";
import { createTally } from "../tally.ts";
import { createAnalyst } from "./analyst.ts";
import type { AnalystOptions } from "./folded.ts";

function analysed(log: Scene, options: Partial<AnalystOptions> = {}) {
  const analyst = createAnalyst({ instruments: [perp], capital: "1000", ...options });
  for (const entry of log.entries) analyst.entry(entry);
  const analysis = analyst.analysis({ run: "r", mode: "memory" });
  return { analysis, value: (key: string) => analysis.metrics.find((each) => each.key === key)?.value };
}

describe("createAnalyst", () => {
  it("follows a round trip: excursions, holding, fees of both fills", () => {
    const log = scene();
    log.book("99.9", "100.1");
    log.trade("buy", "100", "2", { fee: "0.02" });
    for (const mid of [98, 103]) {
      log.now += 10_000;
      log.book(`${mid - 0.1}`, `${mid + 0.1}`);
    }
    log.now += 10_000;
    log.trade("sell", "102", "1", { fee: "0.05" });
    const { analysis, value } = analysed(log);
    const [trip] = analysis.trades.newest;
    expect(trip).toMatchObject({
      side: "long",
      size: 1,
      entry: 100,
      exit: 102,
      profit: 2,
      worst: -2,
      best: 3,
      openedAt: start,
      closedAt: start + 30_000,
    });
    expect(trip?.fees).toBeCloseTo(0.06, 12);
    expect(value("average-holding")).toBe(30_000);
    expect(value("end-drawdown")).toBeCloseTo(1, 12);
    expect(value("time-in-market")).toBe(1);
    expect(value("win-rate")).toBe(1);
  });

  it("weighs markouts by volume and knows their standard error", () => {
    const log = scene();
    log.book("99.9", "100.1");
    log.now += 10;
    log.trade("buy", "99.9", "3");
    log.trade("buy", "99.5", "1");
    log.now += 2_000;
    log.book("99.8", "100");
    const { analysis } = analysed(log);
    const found = analysis.markouts.find(({ side, horizonMs }) => side === "buy" && horizonMs === 1_000);
    const [first, second] = [0.1 / 99.9, 0.5 / 99.5].map((move) => move * 10_000) as [number, number];
    const mean = (first * 3 * 99.9 + second * 99.5) / (3 * 99.9 + 99.5);
    expect(found?.bps).toBeCloseTo(mean, 9);
    const error = Math.hypot(3 * 99.9 * (first - mean), 99.5 * (second - mean)) / (3 * 99.9 + 99.5);
    expect(found?.standardError).toBeCloseTo(error, 9);
    expect(analysis.markouts.find(({ side }) => side === "sell")).toMatchObject({
      bps: null,
      standardError: null,
      fills: 0,
    });
  });

  it("has held from its first moment on what an earlier run has handed on", () => {
    const before = scene();
    before.book("99.9", "100.1");
    before.trade("buy", "100", "5");
    const tally = createTally({ instruments: [perp] });
    for (const entry of before.entries) tally.entry(entry);
    const log = scene();
    log.now += 86_400_000;
    log.event({ type: "timer.fired", name: "beat" });
    log.now += 5_000;
    for (let second = 0; second < 60; second++) {
      log.book(`${99.9 + second}`, `${100.1 + second}`);
      log.now += 1_000;
    }
    const carry = tally.carry();
    const { value } = analysed(log, { carry });
    expect([value("time-in-market"), value("time-long"), value("time-short")]).toEqual([1, 1, 0]);
    const prices = [...Array.from({ length: 59 }, (_, second) => 100 + second), 159]; // the last moment is that of the last book
    expect(value("gross-exposure")).toBeCloseTo((5 * prices.reduce((a, b) => a + b)) / 60, 9);
    expect(value("largest-exposure")).toBeCloseTo(795, 9);
    log.trade("sell", "160", "5");
    const [trip] = analysed(log, { carry }).analysis.trades.newest;
    expect(trip).toMatchObject({ openedAt: start + 86_400_000, closedAt: log.now, entry: 100, exit: 160 });
  });

  it("tells fills by queue from fills by a market that went through", () => {
    const log = scene();
    const print = (price: number) =>
      log.event({ type: "trade.printed", instrument: perp.id, price: ticks(price), size: lots(1), taker: "sell" });
    log.trade("buy", "100", "1");
    print(100_000);
    log.now += 1_000;
    print(99_990);
    log.trade("buy", "100", "1");
    log.now += 1_000;
    log.trade("buy", "100", "1"); // no print near it: neither
    log.now += 1_000;
    print(100_000);
    expect(analysed(log).value("through-fills")).toBe(0.5);
  });

  it("measures how long legs differ, how fast and at what cost they were made equal", () => {
    const other = instrument({
      id: "aster-futures:SOLUSDT",
      kind: "perp",
      base: "SOL",
      quote: "USDT",
      tickSize: "0.01",
      lotSize: "0.01",
    });
    const [log, hedge] = [scene(), scene(other)];
    const both = (entries: Scene["entries"]) =>
      log.entries.push(...entries.splice(0).map((entry) => renumbered(entry)));
    hedge.book("100", "100.2");
    both(hedge.entries);
    log.book("99.9", "100.1");
    log.now += 1_000;
    log.trade("buy", "99.9", "2");
    hedge.now = log.now + 250;
    hedge.trade("sell", "100.05", "2", { liquidity: "taker" });
    const refused = hedge.place("sell", "100", "1", "ioc");
    hedge.event({ type: "order.rejected", clientId: refused, reason: "other", text: "no" });
    hedge.event({ type: "funding.paid", instrument: other.id, amount: decimal("0.25"), asset: "USDT" });
    both(hedge.entries);
    const { analysis, value } = analysed(log, { instruments: [perp, other] });
    expect(value("hedge-latency-median")).toBe(250);
    expect(value("unhedged-notional")).toBeCloseTo(2 * 99.9 * 0.25, 9);
    expect(value("hedged-volume")).toBeCloseTo(2 * 100.05, 9);
    expect(value("hedge-slippage-unit")).toBeCloseTo(0.05, 9); // sold at 100.05 where the mid was 100.1
    expect(value("leg-refusals")).toBe(1);
    expect(analysis.funding.venues).toEqual([{ venue: "aster-futures", amount: "0.25", settlements: 1 }]);
    expect(analysis.hedge?.latencies.find(({ hedges }) => hedges > 0)).toEqual({ upToMs: 500, hedges: 1 });
  });

  it("takes the capital from what it is told, the accounts, or the most that was held, and says which", () => {
    const log = scene();
    log.trade("buy", "100", "2");
    expect(analysed(log).analysis.meta.capital).toEqual({ amount: "1000", from: "told" });
    const analyst = createAnalyst({ instruments: [perp] });
    for (const entry of log.entries) analyst.entry(entry);
    expect(analyst.analysis({ run: "r", mode: "live" }).meta.capital).toEqual({
      amount: "200",
      from: "largest-exposure",
    });
    analyst.event({
      type: "account.snapshot",
      venue: "backpack",
      asOf: millis(start),
      orders: [],
      positions: [],
      balances: [{ asset: "USDC", total: decimal("512.5"), free: decimal("0") }],
      fills: [],
      seq: 99,
      at: millis(start),
      venueAt: millis(start),
    });
    expect(analyst.analysis({ run: "r", mode: "live" }).meta.capital).toEqual({ amount: "512.5", from: "balances" });
    expect(() => createAnalyst({ instruments: [perp], capital: "-3" })).toThrow(
      /capital: found -3, expected a decimal above 0/,
    );
  });

  it("says what it cannot know: no books, no capital, no trades", () => {
    const { analysis } = analysed(scene());
    expect(analysis.meta).toMatchObject({ from: 0, to: 0, fills: 0 });
    expect(analysis.metrics.find(({ key }) => key === "sharpe")?.value).toBeNull();
    const log = scene();
    log.trade("buy", "100", "1");
    expect(analysed(log).analysis.meta.lacks).toEqual([expect.stringMatching(/no books around the fills/)]);
    expect(JSON.stringify(analysed(log).analysis)).not.toMatch(/NaN|Infinity/);
    expect(JSON.parse(JSON.stringify(analysed(log).analysis))).toEqual(analysed(log).analysis);
  });

  it("counts once what comes twice, and not at all what nobody here ordered", () => {
    const log = scene();
    const fill = log.trade("buy", "100", "1", { tradeId: "7" });
    log.event({ ...fill });
    log.fill(0x99 as ClientId, "buy", "100", "1");
    const { analysis } = analysed(log);
    expect(analysis.meta).toMatchObject({ fills: 1, externalFills: 1 });
    expect(analysis.profit.equityChange).toBe("0");
  });

  it("has fallen as deep as a rule that looks at every mark has seen it, also between two samples", () => {
    const log = scene();
    log.book("99.9", "100.1");
    log.trade("buy", "100", "1");
    const mark = (price: number, ms: number) => {
      log.now += ms;
      const at = price * 1_000;
      log.event({
        type: "mark.changed",
        instrument: perp.id,
        mark: ticks(at),
        index: ticks(at),
        fundingRate: 0,
        fundingAt: millis(0),
      });
    };
    mark(105, 2_000); // the high
    mark(103, 1_500); // what a sample sees
    mark(90, 100);
    mark(104, 100);
    mark(106, 2_000);
    mark(105.5, 2_000);
    const { analysis, value } = analysed(log);
    expect(analysis.drawdowns.map(({ amount }) => amount)).toEqual([-15, -0.5]);
    expect(analysis.drawdowns[0]).toMatchObject({
      depth: -15 / 1_005,
      from: start + 2_000,
      lowest: start + 3_600,
      recovered: start + 5_700,
    });
    expect([value("max-drawdown"), value("max-drawdown-amount")]).toEqual([-15 / 1_005, -15]);
  });

  it("tells the largest fall in money beside the deepest fraction", () => {
    const log = scene();
    log.book("99.9", "100.1");
    log.trade("buy", "100", "10");
    for (const mid of [80, 300, 250]) {
      log.now += 2_000;
      log.book(`${mid - 0.1}`, `${mid + 0.1}`);
      log.event({ type: "timer.fired", name: "beat" });
    }
    const { analysis, value } = analysed(log);
    expect(analysis.drawdowns.map(({ amount }) => amount)).toEqual([-200, -500]);
    expect(value("max-drawdown")).toBeCloseTo(-0.2, 9);
    expect([value("max-drawdown-amount"), value("return-over-drawdown")]).toEqual([-500, 3]);
  });

  it("counts no time at the touch while the bot was away, though the market's stream alone was lost", () => {
    const log = scene();
    log.book("99.9", "100.1");
    log.accept(log.place("buy", "99.9", "1"));
    log.now += 10_000;
    log.event({ type: "timer.fired", name: "beat" });
    log.now += 50_000; // nothing was heard meanwhile
    log.event({ type: "link.lost", venue: "backpack", stream: "market", why: "the bot was restarted", resumed: true });
    expect(analysed(log).value("time-at-touch")).toBeCloseTo(1 / 6, 9);
  });

  it("bounds what it keeps: a silence of a year is hours, not seconds", () => {
    const log = scene();
    log.book("99.9", "100.1");
    log.trade("buy", "100", "1");
    log.now += 365 * 86_400_000;
    log.book("109.9", "110.1");
    const { analysis, value } = analysed(log);
    expect(analysis.meta).toMatchObject({ sampleMs: 3_600_000, periodsPerYear: 8_760 });
    expect(analysis.series.equity.at.length).toBeLessThanOrEqual(2_100);
    expect(analysis.days).toHaveLength(366);
    expect(value("total-return")).toBeCloseTo(0.01, 9);
    expect(value("cagr")).toBeCloseTo(0.01, 6);
    expect(analysis.months.reduce((sum, { profit }) => sum + profit, 0)).toBeCloseTo(10, 9);
  });
});

/** Numbers of the second scene must not be those of the first. */
function renumbered(entry: Scene["entries"][number]): Scene["entries"][number] {
  if (entry.dir === "out" && "clientId" in entry.command)
    return { ...entry, command: { ...entry.command, clientId: (entry.command.clientId + 0x1000) as ClientId } };
  if (entry.dir === "in" && "clientId" in entry.event && entry.event.clientId !== undefined)
    return {
      ...entry,
      event: { ...entry.event, clientId: (entry.event.clientId + 0x1000) as ClientId } as typeof entry.event,
    };
  return entry;
}
