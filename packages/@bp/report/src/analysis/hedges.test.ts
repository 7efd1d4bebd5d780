// Legs of a hedge: what was hedged for how much, what only went away, and whose funding it is.
import { decimal, instrument, lots, millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { perp, scene, spot } from "../scene.fixture.ts";
import { createAnalyst } from "./analyst.ts";
import { createHedges } from "./hedges.ts";

describe("createHedges", () => {
  it("counts the money of what closed a difference, with or without a mid to compare it with", () => {
    const hedges = createHedges(["SOL", "SOL", "BTC"], () => Number.NaN);
    hedges.fill(0, 3, 100, 1_000, 1_000);
    hedges.fill(1, -1, 101, 1_200, 1_200);
    hedges.fill(0, -1, 102, 1_400, 1_400); // takes back its own
    hedges.fill(1, -5, 103, 1_500, 1_500); // 1 of it closes, 4 are a new difference
    hedges.fill(2, 7, 50_000, 1_600, 1_600); // a coin at one place
    expect(hedges.figures(1_500)).toMatchObject({ volume: 101 + 103, hedged: 0, slippage: 0 });
    expect([0, 1, 2].map((market) => hedges.isLeg(market))).toEqual([true, true, false]);
  });

  it("takes a leg that is gone for a difference, and not for a hedge", () => {
    const hedges = createHedges(["SOL", "SOL"], () => 100);
    hedges.fill(0, 2, 100, 1_000, 1_000);
    hedges.fill(1, -2, 100, 1_000, 1_000);
    hedges.gone(1, 2, 110, 5_000, 5_000); // liquidated: 2 are held alone from here on
    hedges.fill(0, -2, 110, 8_000, 8_000);
    const figures = hedges.figures(9_000);
    expect(figures?.unhedgedSeconds).toBeCloseTo(2 * 110 * 3, 9);
    expect(figures).toMatchObject({ volume: 200 + 220, meanLatencyMs: 1_500 });
  });

  it("has closed a difference that went away by itself, at no latency and no cost", () => {
    const hedges = createHedges(["SOL", "SOL"], () => 100);
    hedges.fill(0, 2, 100, 1_000, 1_000);
    hedges.gone(0, -2, 90, 3_000, 3_000);
    expect(hedges.figures(9_000)).toMatchObject({ volume: 0, unhedgedSeconds: 400, meanLatencyMs: undefined });
  });
});

describe("figures of a hedge", () => {
  const bitcoin = instrument({
    id: "backpack:BTC_USDC_PERP",
    kind: "perp",
    base: "BTC",
    quote: "USDC",
    tickSize: "0.1",
    lotSize: "0.0001",
  });

  it("count the funding of its legs alone", () => {
    const log = scene();
    const paid = { type: "funding.paid", asset: "USDC" } as const;
    log.book("99.9", "100.1");
    log.trade("buy", "100", "1");
    log.event({ ...paid, instrument: perp.id, amount: decimal("-0.25") });
    log.event({ ...paid, instrument: bitcoin.id, amount: decimal("-7") });
    const analyst = createAnalyst({ instruments: [perp, spot, bitcoin], capital: "1000" });
    for (const entry of log.entries) analyst.entry(entry);
    const { metrics, profit } = analyst.analysis({ run: "r", mode: "live" });
    expect(metrics.find(({ key }) => key === "hedge-funding")?.value).toBe(-0.25);
    expect(profit.funding).toBe("-7.25");
  });

  it("have an end of what a liquidation took, once a person has seen it", () => {
    const log = scene();
    const held = (size: number) =>
      log.event({
        type: "account.snapshot",
        venue: "backpack",
        asOf: millis(log.now),
        orders: [],
        positions: size === 0 ? [] : [{ instrument: perp.id, size: lots(size), cost: decimal("100") }],
        balances: [],
        fills: [],
      });
    log.book("99.9", "100.1");
    held(0);
    log.trade("buy", "100", "1"); // 1,000 lots that nobody hedges
    log.now += 10_000;
    held(0);
    log.event({ type: "operator.asked", ask: "resume", by: "a person" });
    log.now += 50_000;
    log.book("99.9", "100.1");
    const analyst = createAnalyst({ instruments: [perp, spot], capital: "1000" });
    for (const entry of log.entries) analyst.entry(entry);
    const { metrics, series } = analyst.analysis({ run: "r", mode: "live" });
    expect(series.markets[0]?.inventory.value.at(-1)).toBe(0);
    expect(metrics.find(({ key }) => key === "unhedged-notional")?.value).toBeCloseTo(1_000, 9); // 10 s, not 60
  });
});
