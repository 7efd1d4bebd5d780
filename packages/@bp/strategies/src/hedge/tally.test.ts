import { Big, decimal } from "@bp/core";
import { describe, expect, it } from "vitest";
import { futures, lead, spot, stage, start, traded } from "./stage.fixture.ts";
import { averageOf, counted, earnedBy, noTotals, noTrades, reported } from "./tally.ts";

/** What is remembered after these trades. */
function after(made: ReturnType<typeof stage>, ...fills: readonly ReturnType<typeof traded>[]) {
  made.world.fills = fills;
  return counted(made.memory(), made.view, made.params, made.scale);
}

describe("counted", () => {
  it("adds up size and value of each side of both markets", () => {
    const { trades } = after(
      stage(),
      traded(lead, "sell", 4, 17_234),
      traded(lead, "sell", 6, 17_235),
      traded(lead, "buy", 10, 17_166, { slot: "leg2" }),
      traded(futures, "buy", 5, 17_201, { slot: "hold:x" }),
      traded(futures, "sell", 2, 17_199, { slot: "hold:x" }),
    );
    expect(trades).toEqual({
      leadSold: { size: 10, value: 4 * 17_234 + 6 * 17_235 },
      leadBought: { size: 10, value: 171_660 },
      hedgeSold: { size: 2, value: 34_398 },
      hedgeBought: { size: 5, value: 86_005 },
    });
  });

  it("is the same memory without a trade", () => {
    const made = stage();
    expect(after(made)).toBe(made.memory());
  });

  it("keeps the coins of a spot side, less their fees", () => {
    const fee = { fee: decimal("0.005"), feeAsset: "ASTER", slot: "hold:x" };
    const { wallets } = after(stage(spot), traded(lead, "sell", 10, 17_234), traded(spot, "buy", 20, 17_201, fee));
    expect(wallets).toEqual({ lead: { base: "0", fees: "0" }, hedge: { base: "9.995", fees: "0.005" } });
  });

  it("sees a first leg whose hedge costs more than the edge allows", () => {
    // at an ask of 1.7201 a sale needs 1.72122, at a bid of 1.7199 a purchase 1.71878
    const below = (side: "buy" | "sell", price: number, slot = "leg1", raw: object = { minEdgePct: "0.01" }) =>
      after(stage(futures, { ...raw }), traded(lead, side, 10, price, { slot })).negativeEdge;
    expect([below("sell", 17_212), below("sell", 17_213)]).toEqual([true, false]);
    expect([below("buy", 17_188), below("buy", 17_187)]).toEqual([true, false]);
    expect([below("sell", 17_000, "leg2"), below("sell", 17_000, "leg1", {})]).toEqual([false, false]);
    const made = stage(futures, { minEdgePct: "0.01" });
    made.hedge.ask = undefined;
    expect(after(made, traded(lead, "sell", 10, 17_000)).negativeEdge).toBe(false); // nobody knows
    made.hedge.ask = 17_201;
    made.hedge.bid = undefined;
    expect(after(made, traded(lead, "sell", 10, 17_000)).negativeEdge).toBe(false);
  });
});

describe("earnedBy", () => {
  it("is what both markets earned, and unknown while one of them is", () => {
    const made = stage();
    made.lead.holding = { realized: new Big(1), fees: new Big("0.2"), funding: new Big("0.03") };
    made.hedge.holding = { realized: new Big(-3), fees: new Big("0.1"), funding: new Big("-0.05") };
    const earned = { gross: "-2", fees: "0.3", leadFunding: "0.03", hedgeFunding: "-0.05" };
    expect(earnedBy(made.view, made.params)).toEqual(earned);
    for (const side of ["lead", "hedge"] as const) {
      made[side].position = undefined;
      expect(earnedBy(made.view, made.params)).toBeUndefined();
      made[side].position = 0;
    }
  });
});

describe("reported", () => {
  const made = stage();
  made.lead.holding = { realized: new Big("1.5"), fees: new Big("0.2"), funding: new Big("0.03") };
  made.hedge.holding = { realized: new Big("-1"), fees: new Big("0.1"), funding: new Big("-0.05") };
  const traded = { ...noTrades, leadSold: { size: 10, value: 172_340 } };
  const before = {
    ...made.memory(),
    cycle: 3,
    beganAt: made.view.now,
    trades: traded,
    unwinds: 2,
    negativeEdge: true,
    negatives: 1,
    wallets: {
      lead: { base: decimal("1"), fees: decimal("0.1") },
      hedge: { base: decimal("2"), fees: decimal("0.2") },
    },
    earned: {
      gross: decimal("0.1"),
      fees: decimal("0.05"),
      leadFunding: decimal("0.01"),
      hedgeFunding: decimal("0.02"),
    },
    totals: {
      ...noTotals,
      cycles: 2,
      skipped: 1,
      gross: decimal("10"),
      net: decimal("9"),
      unwound: 1,
      negativeEdges: 4,
    },
  };
  const report = (end: "done" | "skipped", more: Partial<typeof before> = {}) =>
    reported({ ...before, ...more }, made.view, made.params, end);

  it("is what was earned since the cycle began, funding included", () => {
    expect(report("done").last).toEqual({
      cycle: 3,
      end: "done",
      trades: traded,
      gross: "0.4",
      fees: "0.25",
      funding: { lead: "0.02", hedge: "-0.07", net: "-0.05" },
      net: "0.1",
      negativeEdge: true,
      beganAt: start,
      endedAt: start,
    });
  });

  it("begins the next one with nothing but what is held, and adds to the totals", () => {
    expect(report("done")).toMatchObject({
      trades: noTrades,
      unwinds: 0,
      negativeEdge: false,
      negatives: 2,
      wallets: { lead: { base: "1", fees: "0" }, hedge: { base: "2", fees: "0" } },
      earned: { gross: "0.5", fees: "0.3", leadFunding: "0.03", hedgeFunding: "-0.05" },
      totals: {
        cycles: 3,
        skipped: 1,
        gross: "10.4",
        fees: "0.25",
        funding: "-0.05",
        net: "9.1",
        negativeEdges: 5,
        unwound: 3,
      },
    });
  });

  it("counts a skipped one as such; it says nothing about the edge, and a good one ends the row", () => {
    const skipped = report("skipped", { negativeEdge: false });
    expect([skipped.negatives, skipped.totals.skipped, skipped.totals.negativeEdges]).toEqual([1, 2, 4]);
    expect(report("done", { negativeEdge: false }).negatives).toBe(0);
  });

  it("is put off while what was earned is unknown, and nothing where its beginning was", () => {
    const unknown = stage();
    unknown.lead.position = undefined;
    expect(reported(before, unknown.view, made.params, "done")).toBe(before);
    const { earned: _, ...rest } = before;
    expect(reported({ ...rest, earned: undefined }, made.view, made.params, "done").last).toMatchObject({
      gross: "0",
      net: "0",
    });
  });
});

describe("averageOf", () => {
  it("is value over size, in quote, and nothing without a trade", () => {
    expect(averageOf(lead, { size: 10, value: 172_346 })?.toFixed()).toBe("1.72346");
    expect(averageOf(lead, { size: 0, value: 0 })).toBeUndefined();
  });
});
