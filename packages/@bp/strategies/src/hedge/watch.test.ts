import { decimal } from "@bp/core";
import { describe, expect, it } from "vitest";
import { noWallet } from "./pair.ts";
import { spot, stage, start, traded, working } from "./stage.fixture.ts";
import { textOf } from "./watch.ts";

const resume = { type: "operator.asked", ask: "resume", by: "test" } as const;

/** A loop that pauses, so that nothing happens but what the watch does; it holds so many lots of both. */
function watching(lead: number, hedge: number, ...more: Parameters<typeof stage>) {
  const made = stage(more[0], { cycleMs: 3_600_000, ...more[1] });
  made.lead.position = lead;
  made.hedge.position = hedge;
  made.set({ phase: "sleep", since: made.view.now, cycle: 1 });
  made.tell();
  return made;
}

describe("what is held", () => {
  it("is counted in atoms of both, and remembered while an account is out of sight", () => {
    const made = watching(-10, 5);
    expect(made.memory()).toMatchObject({ pair: { lead: -10, hedge: 10 }, blind: false });
    made.hedge.position = undefined;
    made.lead.position = -8;
    expect(made.tell()).toMatchObject({ pair: { lead: -8, hedge: 10 }, blind: true });
    made.lead.position = undefined;
    expect(made.tell()).toMatchObject({ pair: { lead: -8, hedge: 10 }, blind: true });
  });

  it("is the same memory while nothing changes", () => {
    const made = watching(-10, 5);
    const before = made.memory();
    expect([made.tell(), made.tell(500)]).toEqual([before, before]);
    expect(made.memory()).toBe(before);
  });

  it("is told with the lots of each", () => {
    const { scale } = stage();
    expect(textOf({ lead: -10, hedge: 9 }, scale)).toBe("backpack:ASTER_USDC_PERP -10, aster-futures:ASTERUSDT 8");
  });

  it("of others is what the accounts hold beyond ours while nothing of ours is held or works", () => {
    const made = watching(0, 0);
    made.hedge.external = 50;
    made.lead.external = -3;
    expect(made.tell().others).toEqual({ lead: -3, hedge: 50 });
    const { others } = made.memory();
    expect(made.tell().others).toBe(others);
    made.hedge.external = 40;
    for (const side of ["lead", "hedge"] as const) {
      made[side].orders = [working(made.params[side], start)];
      expect(made.tell().others).toBe(others);
      made[side].orders = [];
    }
    made.lead.position = -10;
    made.hedge.position = 5;
    expect(made.tell().others).toBe(others);
    made.lead.position = 0;
    expect(made.tell().others).toBe(others);
    made.lead.position = -10;
    made.hedge.position = 0;
    expect(made.tell().others).toBe(others);
    made.lead.position = 0;
    expect(made.tell().others).toEqual({ lead: -3, hedge: 40 });
    made.lead.external = -4;
    expect(made.tell().others).toEqual({ lead: -4, hedge: 40 });
    made.lead.external = undefined;
    made.hedge.external = undefined;
    expect(made.tell().others).toEqual({ lead: 0, hedge: 0 });
  });
});

describe("a trade without its hedge", () => {
  it("is hedged, and traded back when that has not come about in time", () => {
    const made = watching(-10, 0);
    expect(made.memory().nakedSince).toBe(start);
    expect(made.lines()).toEqual(["hedge hold 10 at 1.7287: hedge of the lead's trades"]);
    expect(made.tell(9_999)).toMatchObject({ nakedSince: start, unwinding: undefined });
    const why = "backpack:ASTER_USDC_PERP -10, aster-futures:ASTERUSDT 0: not hedged within 10 s";
    expect(made.tell(1).unwinding).toEqual({ since: start + 10_000, why, failed: true });
    expect(made.lines()).toEqual([`lead hold 0 at 1.7287: ${why}`]);
    expect(made.said()).toEqual([{ topic: "naked", say: `traded back: ${why}`, alert: true }]);
  });

  it("is not traded back while its hedge may be on its way", () => {
    const made = watching(-10, 0);
    made.hedge.orders = [working(made.params.hedge, start + 9_500)];
    expect(made.tell(10_000).unwinding).toBeUndefined();
    expect(made.tell(499).unwinding).toBeUndefined();
    expect(made.tell(1).unwinding).toBeDefined();
  });

  it("is forgotten once it has its hedge", () => {
    const made = watching(-10, 0);
    made.hedge.position = 5;
    expect(made.tell(100)).toMatchObject({
      nakedSince: undefined,
      unwinding: undefined,
      unwinds: 0,
      failed: undefined,
    });
    expect(made.lines()).toEqual([]);
  });

  it("halts everything once it is traded back although it could have been hedged", () => {
    const made = watching(-10, 0);
    made.tell(10_000);
    made.lead.position = 0;
    const failed = "backpack:ASTER_USDC_PERP -10, aster-futures:ASTERUSDT 0: not hedged within 10 s";
    expect(made.tell(100)).toMatchObject({ nakedSince: undefined, unwinding: undefined, unwinds: 1, failed });
    expect(made.ends()).toEqual({ kind: "halt", why: failed });
    expect(made.said()).toEqual([
      { topic: "failed", say: `${failed}; left: backpack:ASTER_USDC_PERP 0, aster-futures:ASTERUSDT 0`, alert: true },
    ]);
  });

  it("halts everything when it cannot be traded back in time either", () => {
    const made = watching(-10, 0);
    made.tell(10_000);
    expect(made.tell(9_999).failed).toBeUndefined();
    expect(made.tell(1).failed).toBe(
      "backpack:ASTER_USDC_PERP -10, aster-futures:ASTERUSDT 0: neither hedged nor traded back in time",
    );
    expect(made.tell(60_000).failed).toMatch(/in time$/);
  });

  it("that is too little for the hedge's market waits for more as long as more may come", () => {
    const made = watching(-2, 0);
    const [at] = [made.view.now];
    expect(made.memory().unwinding).toEqual({
      since: at,
      why: "backpack:ASTER_USDC_PERP -2, aster-futures:ASTERUSDT 0: too little to hedge",
      failed: false,
    }); // no order of the lead is left that could bring more
    const waits = watching(0, 0);
    waits.lead.orders = [working(waits.params.lead, start)];
    waits.lead.position = -2;
    expect(waits.tell().unwinding).toBeUndefined();
    expect(waits.tell(9_999).unwinding).toBeUndefined();
    expect(waits.tell(1).unwinding).toMatchObject({
      why: "backpack:ASTER_USDC_PERP -2, aster-futures:ASTERUSDT 0: too little to hedge for 10 s",
      failed: false,
    });
  });

  it("is no reason to halt when it was too little, unless it happens five times in a cycle", () => {
    const made = watching(0, 0);
    for (let times = 1; times <= 5; times++) {
      made.lead.position = -2;
      expect(made.tell(100).unwinding).toBeDefined();
      made.lead.position = 0;
      const failed = times === 5 ? "traded back 5 times in one cycle" : undefined;
      expect(made.tell(100)).toMatchObject({ unwinds: times, failed, unwinding: undefined });
    }
  });

  it("waits for its market, and its clock begins anew when an account comes back", () => {
    const made = watching(-10, 0);
    made.hedge.bid = undefined;
    made.hedge.ask = undefined;
    expect(made.tell(5_000).nakedSince).toBe(start);
    expect(made.lines()).toEqual([]);
    made.hedge.position = undefined;
    expect(made.tell(1_000)).toMatchObject({ blind: true, nakedSince: start });
    made.hedge.position = 0;
    expect(made.tell(1_000)).toMatchObject({ blind: false, nakedSince: start + 7_000 });
    expect(made.tell(9_999).unwinding).toBeUndefined();
    expect(made.tell(1).unwinding).toMatchObject({ failed: true });
  });

  it("is neither traded back nor given up for a time in which nobody could look at the lead", () => {
    const made = watching(-10, 0);
    made.lead.position = undefined;
    expect(made.tell(60_000)).toMatchObject({ nakedSince: start, unwinding: undefined });
    made.lead.position = -10;
    made.tell(1_000);
    expect(made.tell(10_000).unwinding).toMatchObject({ since: start + 71_000, failed: true });
    made.lead.position = undefined;
    expect(made.tell(60_000)).toMatchObject({ unwinding: { since: start + 71_000 }, failed: undefined });
    made.lead.position = -10;
    expect(made.tell(1_000)).toMatchObject({ unwinding: { since: start + 132_000 }, failed: undefined });
    expect(made.tell(9_999).failed).toBeUndefined();
    expect(made.tell(1).failed).toMatch(/neither hedged nor traded back in time$/);
  });

  it("is traded back although the hedge is out of sight, unless both were a moment ago", () => {
    const made = watching(-10, 0);
    made.hedge.position = undefined;
    made.lead.position = undefined;
    made.tell(60_000); // a restart
    made.lead.position = -10;
    expect(made.tell(1_000)).toMatchObject({ blind: true, nakedSince: start + 61_000, unwinding: undefined });
    expect(made.tell(10_000)).toMatchObject({ blind: true, unwinding: { since: start + 71_000 } });
  });

  it("is not traded back while nobody knows whether its hedge was executed", () => {
    const made = watching(-10, 0);
    made.hedge.position = undefined;
    made.hedge.orders = [working(made.params.hedge, made.view.now)];
    made.tell(60_000);
    expect([made.memory().unwinding, made.lines()]).toEqual([undefined, []]);
    made.world.halted = "enough";
    made.tell(1_000);
    expect(made.lines()).toEqual([]);
    made.world.halted = undefined;
    made.hedge.orders = []; // it never arrived
    made.tell(1_000);
    expect(made.lines()).toEqual([
      "lead hold 0 at 1.7287: backpack:ASTER_USDC_PERP -10, aster-futures:ASTERUSDT 0: not hedged within 10 s",
    ]);
  });

  it("is hedged by a trade that is told while its account is out of sight", () => {
    const made = watching(-10, 0);
    made.hedge.position = undefined;
    made.hedge.orders = [working(made.params.hedge, made.view.now)];
    made.tell(5_000);
    made.hedge.orders = [];
    made.world.fills = [traded(made.view.instrument(made.params.hedge), "buy", 5, 17_201, { slot: "hold" })];
    expect(made.tell(1_000)).toMatchObject({ blind: true, pair: { lead: -10, hedge: 10 }, nakedSince: undefined });
    made.tell(60_000);
    expect([made.memory().unwinding, made.lines()]).toEqual([undefined, []]);
    made.hedge.position = 5;
    expect(made.tell(1_000)).toMatchObject({ blind: false, pair: { lead: -10, hedge: 10 } });
  });

  it("has no clock that began while an equal pair was out of sight", () => {
    const made = watching(-10, 5);
    made.hedge.position = undefined;
    made.tell(1_000);
    made.hedge.position = 5;
    expect(made.tell(1_000)).toMatchObject({ blind: false, nakedSince: undefined });
  });

  it("is left to the reduction while everything is halted", () => {
    const made = watching(-10, 2);
    made.world.halted = "enough";
    expect(made.tell(20_000)).toMatchObject({ nakedSince: start, unwinding: undefined });
    expect(made.lines()).toEqual(["lead hold -4 at 1.7287: halted: down to what is hedged"]);
  });

  it("is none where only a fee took it", () => {
    const made = watching(-10, 20, spot);
    made.set({ wallets: { lead: noWallet, hedge: { base: decimal("9.5"), fees: decimal("0.4") } } });
    expect(made.tell()).toMatchObject({ pair: { lead: -20, hedge: 19 }, nakedSince: undefined });
    made.set({ wallets: { lead: noWallet, hedge: { base: decimal("9"), fees: decimal("0.4") } } });
    expect(made.tell().nakedSince).toBe(start);
    made.set({ nakedSince: undefined, unwinding: undefined });
    made.set({ wallets: { lead: noWallet, hedge: { base: decimal("6"), fees: decimal("4") } } });
    expect(made.tell().nakedSince).toBe(start); // 4 coins are worth an order
    expect(made.lines()).toEqual(["hedge hold 14.0 at 1.7287: hedge of the lead's trades"]);
  });

  it("is one also where no market shows what could be done about it", () => {
    const small = watching(0, 0);
    small.lead.bid = undefined;
    small.lead.position = -2;
    expect(small.tell().nakedSince).toBe(start);
    const least = watching(0, 0);
    least.lead.position = -1;
    expect(least.tell().nakedSince).toBeUndefined(); // neither market takes so little
    least.hedge.bid = undefined;
    expect(least.tell().nakedSince).toBe(start);
  });

  it("leaves the memory as it is while its time runs", () => {
    const made = watching(-10, 0);
    const before = made.memory();
    expect(made.tell(5_000)).toBe(before);
  });

  it("is not traded back by the loop when it has failed already", () => {
    const made = watching(-10, 0);
    made.set({ failed: "it broke" });
    expect(made.tell(60_000)).toMatchObject({ unwinding: undefined, nakedSince: start, failed: "it broke" });
  });

  it("waits also for the order that is wished and not placed yet", () => {
    const made = watching(0, 0);
    const { quote } = stage().tell();
    made.set({ quote });
    made.lead.position = -2;
    expect(made.tell()).toMatchObject({ nakedSince: start, unwinding: undefined, quote });
  });
});

describe("a side that disappears", () => {
  it("counts after two seconds: the pair is what is left, and everything stops", () => {
    const made = watching(-10, 5);
    made.hedge.external = -5;
    expect(made.tell(100)).toMatchObject({ goneSince: start + 100, failed: undefined, pair: { hedge: 10 } });
    const before = made.memory();
    expect(made.tell(1_999)).toBe(before);
    const failed = "10 ASTER of aster-futures:ASTERUSDT are gone without an order of ours";
    expect(made.tell(1)).toMatchObject({ goneSince: undefined, gone: { lead: 0, hedge: 5 }, failed });
    expect(made.memory().pair).toEqual({ lead: -10, hedge: 0 });
    expect(made.lines()).toEqual([`lead hold 0 at 1.7287: ${failed}`]);
    const certain = made.memory();
    expect(made.tell()).toMatchObject({ gone: certain.gone, failed, goneSince: undefined });
  });

  it("of the lead is seen as well, and at once where the engine has halted already", () => {
    const made = watching(-10, 5);
    made.lead.external = 4;
    made.world.halted = "unexplained";
    expect(made.tell()).toMatchObject({
      gone: { lead: 4, hedge: 0 },
      pair: { lead: -6, hedge: 10 },
      failed: "4 ASTER of backpack:ASTER_USDC_PERP are gone without an order of ours",
    });
  });

  it("may be a list that lags: what is there again is not gone", () => {
    const made = watching(-10, 5);
    made.hedge.external = -5;
    made.tell(100);
    made.hedge.external = 0;
    expect(made.tell(1_000)).toMatchObject({ goneSince: undefined, failed: undefined, gone: { lead: 0, hedge: 0 } });
    made.hedge.external = -5;
    expect(made.tell(1_500)).toMatchObject({ goneSince: start + 2_600, failed: undefined });
  });

  it("is not looked for while an account is out of sight, nor on spot", () => {
    const made = watching(-10, 5);
    made.hedge.external = -5;
    made.lead.position = undefined;
    expect(made.tell(100)).toMatchObject({ blind: true, goneSince: undefined });
    const coins = watching(-10, 20, spot);
    coins.hedge.external = -20;
    expect(coins.tell(5_000)).toMatchObject({ goneSince: undefined, failed: undefined });
  });

  it("does not stay gone when the position itself has become smaller", () => {
    const made = watching(-10, 5);
    made.set({ gone: { lead: 0, hedge: 2 } });
    made.hedge.external = -1;
    expect(made.tell()).toMatchObject({ gone: { lead: 0, hedge: 1 }, goneSince: undefined, failed: undefined });
    made.set({ gone: { lead: 3, hedge: 1 } });
    made.lead.external = 2;
    expect(made.tell()).toMatchObject({ gone: { lead: 2, hedge: 1 }, goneSince: undefined, failed: undefined });
  });
});

describe("a pair that is unequal after a time out of sight", () => {
  const back = (hedge: number, raw: object, cycle = 1) => {
    const made = watching(-10, 5, undefined, { ...raw });
    made.set({ cycle });
    made.hedge.position = undefined;
    made.tell(1_000);
    made.hedge.position = hedge;
    return made.tell(1_000).failed;
  };

  it("is corrected, or halts where a person wants to look himself", () => {
    expect(back(2, {})).toBeUndefined();
    expect(back(2, { reconcile: "manual" })).toBe(
      "after a time out of sight the pair is unequal: backpack:ASTER_USDC_PERP -10, aster-futures:ASTERUSDT 4",
    );
    expect(back(5, { reconcile: "manual" })).toBeUndefined();
    expect(back(2, { reconcile: "manual" }, 0)).toBeUndefined(); // before the first cycle nothing is ours
  });

  it("is not seen as one that became unequal before our eyes", () => {
    const made = watching(-10, 5, undefined, { reconcile: "manual" });
    made.lead.position = -14;
    expect(made.tell(100)).toMatchObject({ failed: undefined, nakedSince: start + 100 });
  });
});

describe("a person who resumes", () => {
  it("begins with closing what is open", () => {
    const made = watching(-10, 0);
    made.tell(10_000);
    made.tell(10_000);
    expect(made.memory().failed).toBeDefined();
    expect(made.tell(5_000, resume)).toMatchObject({
      failed: undefined,
      unwinding: undefined,
      nakedSince: start + 25_000,
      unwinds: 0,
      quote: undefined,
      phase: "closing",
      since: start + 25_000,
    });
    expect(made.lines()).toEqual([
      "hedge hold 10 at 1.7287: hedge of the lead's trades",
      "lead hold 0 at 1.7287: close the pair",
    ]);
  });

  it("changes nothing where nothing has failed, and nothing else resumes", () => {
    const made = watching(-10, 5);
    const before = made.memory();
    expect(made.tell(0, resume)).toBe(before);
    made.set({ failed: "it broke" });
    for (const other of [{ ...resume, ask: "pause" } as const, { ...resume, type: "timer.fired" } as const])
      expect(made.tell(0, other).failed).toBe("it broke");
  });
});
