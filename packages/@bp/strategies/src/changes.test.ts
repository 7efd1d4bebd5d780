// What each system does with other parameters while it holds something: at once where that is safe, else later.
import { type InstrumentId, type Intent, lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { nothingYet } from "./dualHedge/memory.ts";
import { dualHedgeParams } from "./dualHedge/params.ts";
import { dualHedge } from "./dualHedge.ts";
import { gridParams } from "./grid/params.ts";
import { grid } from "./grid.ts";
import { ladder } from "./ladder.ts";
import { maker } from "./maker.ts";
import { lines, perp, scene, spot } from "./scene.fixture.ts";
import { sellOff } from "./sellOff.ts";
import { single } from "./single.ts";

describe("the maker", () => {
  const raw = { spreadPct: 0.5, quantity: 0.5, maxOrders: 1, maxPosition: 5, positionThreshold: 5 };
  const quoting = (more: object = {}) => {
    const market = scene(maker, perp, { ...raw, ...more });
    market.beat();
    return market;
  };

  it("quotes by a new spread at once, whatever the interval and the tolerance", () => {
    const market = quoting({ tolerancePct: 5 });
    expect(lines(perp, market.beat())).toEqual(["buy 149.62 x 0.50", "sell 150.38 x 0.50"]);
    expect(lines(perp, market.change({ spreadPct: "0.6" }))).toEqual(["buy 149.55 x 0.50", "sell 150.45 x 0.50"]);
  });

  it("closes by a stop that is set below what is lost already, and reduces to a smaller cap", () => {
    const market = quoting();
    market.hold(300, "155");
    market.mark("150"); // 15 USDC lost
    expect(lines(perp, market.change({ stopLoss: 10 }))).toEqual(["hold 0.00 at 149.25"]);
    const other = quoting();
    other.hold(300);
    expect(lines(perp, other.change({ maxPosition: "1", positionThreshold: "1" }))).toEqual(["hold 1.00 at 149.25"]);
  });

  it("lets go of what another model has measured, and begins to measure anew", () => {
    const model = { riskAversion: "0.01", decay: 0.05, arrivals: 1, warmUpMs: 5_000, refit: { enabled: true } };
    const market = quoting({ spreadModel: { name: "glft", ...model } });
    market.later(2_000);
    market.book("149.98", "150.02");
    expect(market.memory().sense?.prints).toBeDefined();
    market.change({ spreadModel: { name: "glft", ...model, refit: { enabled: true, depths: 5 } } });
    expect(market.memory().sense?.prints?.arrivals.deeper).toHaveLength(5);
    market.change({ spreadModel: { name: "fixed" } });
    expect(market.memory().sense).toBe(undefined);
  });
});

describe("single", () => {
  it("bids for another amount where its bid stands, and closes what it holds all the same", () => {
    const market = scene(single, perp, { amount: 150 });
    expect(lines(perp, market.beat())).toEqual(["buy 149.99 x 1.00"]);
    market.later(1_000);
    market.book("150.05", "150.07");
    expect(lines(perp, market.change({ amount: 75 }))).toEqual(["buy 149.99 x 0.50"]);
    expect(lines(perp, market.hold(40))).toEqual(["hold 0.00 at 149.30"]);
    expect(lines(perp, market.change({ amount: 150 }))).toEqual(["hold 0.00 at 149.30"]);
  });
});

describe("the grid", () => {
  const raw = { interval: "1", cells: 4, perCell: "60", paceMs: 0, takeProfitPct: 1 };
  /** One cell has bought 0.40 at 149. */
  const holding = (more: object = {}) => {
    const market = scene(grid, spot, { ...raw, ...more });
    market.beat();
    market.later(3_000);
    const [first] = market.beat();
    if (first?.kind !== "quote") throw new Error("no cell has opened");
    market.trade({ slot: first.slot, side: "buy", price: "149", size: 40 }, 40);
    return market;
  };
  const sales = (intents: readonly Intent[]) => lines(spot, intents).filter((each) => each.startsWith("sell"));

  it("sells what it holds where the new profit says, in the same slot, and no more than it holds", () => {
    const market = holding();
    expect(sales(market.beat())).toEqual(["sell 150.49 x 0.40"]);
    expect(sales(market.change({ takeProfitPct: 2 }))).toEqual(["sell 151.98 x 0.40"]);
    expect(new Set(market.memory().quotes.map(({ slot }) => slot)).size).toBe(market.memory().quotes.length);
  });

  it("gives what it holds a stop that was not there, and leaves lots alone where nothing of that changes", () => {
    const market = holding();
    const { cells } = market.memory();
    market.change({ paceMs: 1_000, perCell: "40" });
    expect(market.memory().cells.filter(({ lot }) => lot !== undefined)).toEqual(
      cells.filter(({ lot }) => lot !== undefined),
    );
    const [held] = market.memory().cells.filter(({ lot }) => lot !== undefined);
    expect(held?.lot?.stop).toBe(undefined);
    market.change({ stopLossPct: 1 });
    expect(market.memory().cells.find(({ index }) => index === held?.index)?.lot?.stop).toBe(14_751);
  });

  it("spends a new amount in cells that open from now on; an infinite grid's stock is made of it, so there it stays", () => {
    const base = { instrument: spot.id, ...raw };
    expect(grid.changeable?.(gridParams.parse(base))).toContain("perCell");
    expect(grid.changeable?.(gridParams.parse({ ...base, infinite: true }))).not.toContain("perCell");
    for (const fixed of ["instrument", "interval", "cells", "kind", "side", "infinite", "buyFee", "entry"] as const)
      expect(grid.changeable?.(gridParams.parse(base))).not.toContain(fixed);
  });

  it("stops at once by a largest loss that is reached already", () => {
    const market = holding();
    market.mark("100");
    expect(market.memory().over).toBe(undefined);
    market.change({ maxLossPct: 0.1 });
    expect(market.memory().over).toContain("largest loss");
  });
});

describe("the ladder", () => {
  const raw = { totalAmount: 1000, orderCount: 3, maxDropPct: 3, incrementPct: 0, takeProfitPct: 1, tpMode: "gross" };
  const built = () => {
    const market = scene(ladder, spot, raw);
    market.book("149.99", "150.01");
    return market;
  };

  it("comes down and is built anew of other values while nothing has filled", () => {
    const market = built();
    expect(market.beat()).toHaveLength(3);
    market.rest({ slot: "rung.1", side: "buy", price: "150.00", size: 222, filled: 0 });
    expect(market.change({ orderCount: 2 })).toEqual([]); // not before its orders are gone
    expect(lines(spot, market.rest())).toHaveLength(2);
  });

  it("stays as it is once it has filled, and sells by the new profit and stop", () => {
    const market = built();
    const [top] = market.beat();
    if (top?.kind !== "quote") throw new Error("no rung");
    market.trade({ slot: top.slot, side: "buy", price: "150", size: 100 }, 100);
    const { ladder: before } = market.memory();
    market.change({ orderCount: 2, totalAmount: 500, takeProfitPct: 2, stopLossPct: 5 });
    expect(market.memory().ladder).toBe(before);
    expect(market.memory().moving).toBe(false);
    expect(market.memory().targets).toMatchObject({ takeProfit: 15_300, stop: 14_250 });
  });

  it("trails from no highest price that is below the new profit", () => {
    const market = built();
    const [top] = market.beat();
    if (top?.kind !== "quote") throw new Error("no rung");
    market.change({ trailTakeProfitPct: 5 });
    market.trade({ slot: top.slot, side: "buy", price: "150", size: 100 }, 100);
    market.later(1);
    market.book("151.99", "152.01");
    expect(market.memory().peak).toBeDefined();
    market.change({ takeProfitPct: 3 });
    expect(market.memory().peak).toBe(undefined);
  });
});

describe("the dual-account hedge", () => {
  it("goes on with the pair that is open by its own size, and opens the next one by the new amount", () => {
    const [long, short] = ["backpack:SOL_USDC_PERP", "backpack-2:SOL_USDC_PERP"] as const;
    const params = (amount: string) => dualHedgeParams.parse({ long, short, amount, cycles: 0 });
    const view = {
      ...scene(single, perp, { amount: "10" }).view,
      position: (id: InstrumentId) => lots(id === long ? 30 : -30),
    };
    const prices = { long: ticks(14_999), short: ticks(15_001), at: view.now };
    const memory = { ...nothingYet, size: lots(60), since: view.now, prices };
    const event = { type: "params.changed", strategy: "dual-hedge", params: {}, by: "test" } as const;
    const told = { ...event, at: view.now, venueAt: view.now, seq: 1 };
    const after = dualHedge.remember?.(memory, told, view, params("30")) ?? memory;
    expect(after.size).toBe(60);
    const left = dualHedge.want(view, after, params("30")).map((each) => each.kind === "quote" && each.size);
    expect(left).toEqual([30, 30]);
    const free = dualHedge.changeable?.(params("30")) ?? [];
    for (const fixed of ["long", "short", "maxNakedMs", "cycles"] as const) expect(free).not.toContain(fixed);
  });
});

describe("sell-off", () => {
  it("never sells other coins, or more of them, than a person has named at the start", () => {
    const free = sellOff.changeable?.(sellOff.params.parse({ markets: [{ instrument: spot.id, size: 1 }] }));
    expect(free).toEqual(["slippagePct", "staleMs"]);
  });
});
