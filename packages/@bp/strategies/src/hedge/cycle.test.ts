import { Big, decimal } from "@bp/core";
import { describe, expect, it } from "vitest";
import { noWallet } from "./pair.ts";
import { futures, lead, spot, stage, start, working } from "./stage.fixture.ts";

const sells = "lead leg1 sell 10 at 1.7234 post-only";
const buys = "lead leg2 buy 10 at 1.7166 post-only reduce-only";
type Stage = ReturnType<typeof stage>;

/** The first leg rests. */
function selling(...of: Parameters<typeof stage>): Stage {
  const made = stage(...of);
  made.tell();
  return made;
}
/** Lots that both sides hold from now on; an order of the lead works unless it is over. */
function hold(made: Stage, first: number, second: number): Stage {
  made.lead.position = first;
  made.hedge.position = second;
  return made;
}
/** The pair is open, as its first leg has left it. */
function paired(...of: Parameters<typeof stage>): Stage {
  const made = hold(selling(...of), -10, 5);
  made.tell();
  return made;
}
/** The second leg rests. */
function buying(...of: Parameters<typeof stage>): Stage {
  const made = paired(...of);
  made.tell(20_000);
  return made;
}
const phase = (made: Stage, ms = 0) => made.tell(ms).phase;

describe("a cycle", () => {
  it("goes from leg to pause to leg to pause, and begins anew", () => {
    const made = selling();
    expect(made.memory()).toMatchObject({ phase: "leg1", cycle: 1, beganAt: start, since: start, quotedAt: start });
    expect(made.lines()).toEqual([sells]);
    expect(phase(hold(made, -10, 5), 1_000)).toBe("between");
    expect(made.memory()).toMatchObject({ since: start + 1_000, quote: undefined });
    expect([phase(made, 19_999), phase(made, 1)]).toEqual(["between", "leg2"]);
    expect(made.lines()).toEqual([buys]);
    expect(phase(hold(made, 0, 0), 1_000)).toBe("sleep");
    expect(made.memory()).toMatchObject({ last: { cycle: 1, end: "done" }, totals: { cycles: 1 } });
    expect([phase(made, 59_999), phase(made, 1)]).toEqual(["sleep", "leg1"]);
    expect(made.memory()).toMatchObject({ cycle: 2, beganAt: start + 82_000 });
  });

  it("is done after so many as were asked for, and not before the last has ended", () => {
    const made = buying(futures, { cycles: 1 });
    expect(made.ends()).toBeUndefined();
    made.set({ cycle: 1, phase: "idle" });
    expect(made.ends()).toBeUndefined();
    made.set({ phase: "sleep" });
    expect(made.ends()).toEqual({ kind: "done", why: "1 cycles" });
    expect(phase(made, 600_000)).toBe("sleep");
    const endless = stage();
    endless.set({ cycle: 7, phase: "sleep" });
    expect(endless.ends()).toBeUndefined();
  });
});

describe("a cycle does not begin", () => {
  const idle = (change: (made: Stage) => void, ...of: Parameters<typeof stage>) => {
    const made = stage(...of);
    change(made);
    const memory = made.tell();
    expect([memory.phase, memory.cycle]).toEqual(["idle", 0]);
    return memory;
  };

  it("without both markets, or with an order of before at the venue", () => {
    for (const side of ["lead", "hedge"] as const) {
      const blind = idle((made) => {
        made[side].bid = undefined;
      });
      const busy = idle((made) => {
        made[side].orders = [working(made.params[side], start - 60_000)];
      });
      expect([blind.quote, busy.quote]).toEqual([undefined, undefined]);
    }
  });

  it("while something has no hedge", () => {
    expect(idle((made) => hold(made, -10, 2)).quote).toBeUndefined();
  });

  it("in a pause, and begins when it is over", () => {
    const made = stage();
    made.set({ pausedUntil: made.view.now });
    expect(phase(made)).toBe("leg1");
    idle((other) => other.set({ pausedUntil: (start + 1) as typeof other.view.now }));
  });

  it("before a stamp, and says which it waits for", () => {
    const near = idle((made) => {
      made.hedge.stamp = start + 300_000;
    });
    expect(near.waitsFor).toBe(start + 300_000);
    const made = stage();
    made.hedge.stamp = start + 300_000;
    const waits = made.tell();
    expect(made.tell()).toBe(waits);
    made.hedge.stamp = start + 4_000_000;
    expect(made.tell(1)).toMatchObject({ phase: "leg1", waitsFor: undefined });
  });

  it("while a stamp is unknown", () => {
    const { waitsFor } = idle((made) => {
      made.hedge.stamp = 0;
    });
    expect(waitsFor).toBeUndefined();
  });

  it("with a quantity that cannot be traded, and says why until it can", () => {
    const made = stage(futures, { quantity: "2" });
    const refused = made.tell();
    expect(refused.refused).toMatch(/^2 ASTER at 1.72 are worth 3.44, below the minimum of aster-futures:ASTERUSDT/);
    expect(made.said()).toEqual([{ topic: "check", say: refused.refused, alert: true }]);
    expect(made.tell()).toBe(refused);
    expect(made.lines()).toEqual([]);
    made.lead.last = 30_000;
    expect(made.tell()).toMatchObject({ phase: "leg1", refused: undefined });
    expect(phase(stage(futures, { quantity: "11" }))).toBe("leg1"); // 10 of them can be
  });

  it("on spot without the money for the coins and 1 % more", () => {
    for (const money of ["17.373", undefined])
      idle((made) => {
        made.world.balances["USDT"] = money;
      }, spot);
    const made = stage(spot);
    made.world.balances["USDT"] = "17.37301"; // 10 at 1.7201
    made.world.balances["USDC"] = "0";
    expect(phase(made)).toBe("leg1");
    const coins = { ...spot, id: "backpack:ASTER_USDT" as const };
    for (const [money, becomes] of [
      ["17.373", "idle"],
      ["17.37301", "leg1"],
    ] as const) {
      const buys = stage(futures, { sideFirst: "buy" }, coins);
      buys.world.balances["USDT"] = money;
      expect(phase(buys)).toBe(becomes);
    }
    const perpetuals = stage();
    perpetuals.world.balances["USDT"] = undefined;
    expect(phase(perpetuals)).toBe("leg1");
  });

  it("beside a pair that is open already: that is taken over", () => {
    const made = hold(stage(), -10, 5);
    expect(made.tell()).toMatchObject({ phase: "between", cycle: 1, beganAt: start, since: start });
    const least = hold(stage(), -2, 1);
    least.set({ pausedUntil: (start + 60_000) as typeof least.view.now }); // a pause and a stamp keep nothing open
    least.lead.stamp = start + 1_000;
    expect(phase(least)).toBe("between");
    const coins = hold(stage(spot), -1, 2);
    coins.set({ wallets: { lead: noWallet, hedge: { ...noWallet, base: decimal("1") } } });
    expect(phase(coins)).toBe("leg1"); // 1 coin, the lead closes no less than 2
    const rest = hold(stage(), -1, 0); // less than can be closed is no pair
    expect([phase(rest), rest.lines()]).toEqual(["leg1", ["lead leg1 sell 9 at 1.7234 post-only"]]);
  });
});

describe("a leg", () => {
  it("is priced anew when its order has rested for so long", () => {
    const made = selling();
    made.lead.last = 17_300;
    made.tell(9_999);
    expect(made.lines()).toEqual([sells]);
    expect(made.tell(1)).toMatchObject({ quotedAt: start + 10_000, basis: 17_300 });
    expect(made.lines()).toEqual(["lead leg1 sell 10 at 1.7335 post-only"]);
  });

  it("keeps its price while it fills, and asks for the rest", () => {
    const made = hold(selling(), -4, 2);
    made.lead.last = 17_300;
    made.tell(1_000);
    expect(made.lines()).toEqual(["lead leg1 sell 6 at 1.7234 post-only"]);
    const before = made.memory();
    expect(made.tell(1_000)).toBe(before);
  });

  it("waits for an order of before to be gone, and for a price", () => {
    const made = selling();
    made.set({ quote: undefined });
    made.lead.orders = [working(lead.id, start)];
    expect(made.tell(1).quote).toBeUndefined();
    made.lead.orders = [];
    made.lead.bid = undefined;
    const without = made.tell(1);
    expect([without.quote, made.tell(1)]).toEqual([undefined, without]);
    made.lead.bid = 17_199;
    expect(made.tell(1).quote).toBeDefined();
  });

  it("that has no price any more is pulled when it would move", () => {
    const made = selling();
    made.hedge.bid = undefined;
    expect(made.tell(9_999).quote).toBeDefined();
    expect(made.lines()).toEqual([]); // wished again when the market is back
    expect(made.tell(1).quote).toBeUndefined();
  });

  it("ends when it is full, its order is gone and the pair is equal", () => {
    const made = hold(selling(), -10, 5);
    made.lead.orders = [working(lead.id, start)];
    const full = made.tell(1);
    expect(full).toMatchObject({ phase: "leg1", quote: undefined });
    expect(made.tell(1)).toBe(full);
    made.lead.orders = [];
    made.hedge.orders = [working(futures.id, start)];
    expect(phase(made, 1)).toBe("leg1");
    made.hedge.orders = [];
    made.hedge.position = 2;
    expect(phase(made, 1)).toBe("leg1");
    made.hedge.position = 5;
    expect(phase(made, 1)).toBe("between");
  });

  it("that is full ends also where nothing has a price", () => {
    const made = hold(selling(), -10, 5);
    made.lead.last = undefined;
    for (const side of ["lead", "hedge"] as const) made[side].bid = undefined;
    expect(phase(made, 1)).toBe("between");
  });

  it("that opens ends early where its rest could not be hedged", () => {
    expect(phase(hold(selling(), -8, 4), 1)).toBe("between"); // 2 left, the hedge takes no less than 4
    expect(phase(hold(selling(), -6, 3), 1)).toBe("leg1");
    const waits = hold(selling(), -7, 3); // 3 left, and 1 that waits for them
    expect(waits.tell(1)).toMatchObject({ phase: "leg1", quote: { size: 3 } });
    const coins = (held: number) => {
      const made = hold(selling(spot), -held, held * 2);
      made.set({ wallets: { lead: noWallet, hedge: { ...noWallet, base: decimal(String(held)) } } });
      return phase(made, 1);
    };
    expect([coins(8), coins(7)]).toEqual(["between", "leg1"]); // 2 coins left, or the 3 that spot takes
  });

  it("that closes goes down to what the lead takes at all", () => {
    expect(phase(hold(buying(), -2, 1), 1)).toBe("leg2");
    expect(phase(hold(buying(), -1, 0), 1)).toBe("sleep");
    const dear = { ...lead, minNotional: decimal("5") }; // 3 at a price of 1.72
    expect(phase(hold(buying(futures, {}, dear), -2, 1), 1)).toBe("leg2"); // reduce-only has no least notional
    const small = { ...futures, minNotional: decimal("0") };
    expect(phase(hold(selling(small, {}, dear), -8, 4), 1)).toBe("between"); // 2 left, which the lead does not open
    expect(phase(hold(selling(small), -8, 4), 1)).toBe("leg1");
  });

  it("that closes on spot goes down to what spot takes: coins are no position that could be reduced", () => {
    const coins = { ...spot, id: "backpack:ASTER_USDT" as const };
    const made = hold(stage(futures, { sideFirst: "buy" }, coins), 4, -1); // 2 coins, worth 3.44
    made.set({ wallets: { lead: { ...noWallet, base: decimal("2") }, hedge: noWallet } });
    made.set({ phase: "leg2", cycle: 1, since: made.view.now });
    expect(phase(made)).toBe("sleep");
  });

  it("is given up after its time: an opening one without a trade is skipped, with one it is a pair", () => {
    const made = selling();
    expect([phase(made, 299_999), phase(made, 1)]).toEqual(["leg1", "sleep"]);
    expect(made.memory().last?.end).toBe("skipped");
    expect(phase(hold(selling(), -4, 2), 300_000)).toBe("between");
  });

  it("that closes and is given up is closed on both sides at once", () => {
    const made = hold(buying(), -4, 2);
    expect([phase(made, 299_999), phase(made, 1)]).toEqual(["leg2", "closing"]);
    expect(made.lines()).toEqual(["lead hold 0 at 1.7287: close the pair"]);
    made.lead.position = 0;
    made.tell(1);
    expect(made.lines()).toEqual(["hedge hold 0 at 1.7114: hedge of the lead's trades"]);
    made.hedge.position = 0;
    made.hedge.orders = [working(futures.id, start)];
    expect(phase(made, 1)).toBe("closing");
    made.hedge.orders = [];
    expect(phase(made, 1)).toBe("sleep");
    expect(made.memory().last?.end).toBe("closed");
  });

  it("is not touched while the lead is traded back", () => {
    const made = hold(selling(), -2, 0);
    made.set({ quote: undefined });
    const { unwinding, quote } = made.tell(1);
    expect([unwinding?.failed, quote, phase(made, 1)]).toEqual([false, undefined, "leg1"]);
  });
});

describe("the pause between the legs", () => {
  it("goes on while something of it works, or is not equal", () => {
    const made = paired();
    made.hedge.orders = [working(futures.id, start)];
    expect(phase(made, 20_000)).toBe("between");
    made.hedge.orders = [];
    made.hedge.position = 2;
    expect(phase(made, 1)).toBe("between");
    made.hedge.position = 5;
    expect(phase(made, 1)).toBe("leg2");
  });
});

describe("a stamp that comes near", () => {
  const near = (made: Stage) => {
    made.lead.stamp = made.world.now + 300_000;
    return made;
  };

  it("puts a cycle off that has not traded, when its order is gone", () => {
    const made = near(selling());
    made.lead.orders = [working(lead.id, start)];
    expect(made.tell(1)).toMatchObject({ phase: "leg1", quote: undefined, cycle: 1 });
    made.lead.orders = [];
    expect(made.tell(1)).toMatchObject({ phase: "idle", cycle: 0 });
  });

  it("closes a pair, in whatever phase it is", () => {
    for (const made of [paired(), buying(), hold(selling(), -4, 2)]) {
      expect(phase(near(made), 1)).toBe("closing");
    }
    const rest = near(paired());
    rest.hedge.orders = [working(futures.id, start)];
    expect(phase(rest, 1)).toBe("between");
  });

  it("keeps a pair that is to collect where both venues pay more than closing costs", () => {
    const collects = (rate: number, other = 0, raw = {}) => {
      const made = near(paired(futures, { fundingPolicy: "collect", ...raw }));
      made.lead.rate = rate;
      made.hedge.rate = other;
      made.hedge.stamp = made.lead.stamp;
      return made;
    };
    // closing makes and takes once each: 17.2 · (0.02 % + 0.035 %) = 0.00946
    expect(collects(0.00056).tell(1)).toMatchObject({ phase: "hold", holdUntil: start + 300_000 }); // 0.009632
    expect(phase(collects(0.00055), 1)).toBe("closing"); // 0.00946
    expect(phase(collects(0.00056, 0.0001), 1)).toBe("closing"); // the other side pays
    expect(phase(collects(0, -0.00056), 1)).toBe("hold");
    const made = collects(0.00056);
    expect([phase(made, 1), phase(made, 1), phase(made, 1)]).toEqual(["hold", "hold", "hold"]);
    made.lead.rate = 0.0001;
    expect([phase(made, 1), phase(made, 1)]).toEqual(["between", "closing"]); // it does not pay any more
  });

  it("goes on with its pause as soon as it has collected", () => {
    const made = near(paired(futures, { fundingPolicy: "collect" }));
    made.lead.rate = 0.001;
    expect(phase(made, 1)).toBe("hold");
    made.hedge.stamp = made.lead.stamp;
    made.world.now = made.lead.stamp;
    expect(phase(made)).toBe("between");
  });

  it("closes a pair that it could collect for where nobody knows what closing costs, or when the stamp is", () => {
    const rich = () => {
      const made = near(paired(futures, { fundingPolicy: "collect" }));
      made.lead.rate = 0.01;
      return made;
    };
    expect(phase(rich(), 1)).toBe("hold");
    const priceless = rich();
    priceless.lead.last = undefined;
    priceless.lead.bid = undefined;
    expect(phase(priceless, 1)).toBe("closing");
    const untold = rich();
    untold.hedge.stamp = 0;
    expect(phase(untold, 1)).toBe("closing");
  });

  it("collects from a later stamp only when that is in the window too", () => {
    const made = near(paired(futures, { fundingPolicy: "collect" }));
    made.hedge.rate = -0.001;
    made.hedge.stamp = start + 300_001;
    expect(phase(made)).toBe("closing"); // a millisecond too far
    const later = near(paired(futures, { fundingPolicy: "collect" }));
    later.lead.stamp = start + 200_000;
    later.hedge.rate = -0.001;
    later.hedge.stamp = start + 300_000;
    expect(later.tell()).toMatchObject({ phase: "hold", holdUntil: start + 300_000 });
  });
});

describe("the carry", () => {
  const carried = (minNet: string, raw: Readonly<Record<string, unknown>> = {}) => {
    const made = paired(futures, { carry: { enabled: true, minNet }, ...raw });
    made.lead.rate = 0.0003; // 10 short: 0.00516
    made.hedge.rate = 0.0001; // 10 long: -0.00172
    return made;
  };

  it("keeps the pair after its pause while both venues together pay more than asked for", () => {
    const kept = carried("0.003439");
    expect([phase(kept, 19_999), phase(kept, 1)]).toEqual(["between", "hold"]);
    expect(kept.memory().holdUntil).toBe(kept.lead.stamp);
    expect(phase(carried("0.00344"), 20_000)).toBe("leg2");
  });

  it("counts what is paid up to the next stamp alone", () => {
    const made = carried("0.005");
    made.hedge.stamp = made.lead.stamp + 1;
    expect(phase(made, 20_000)).toBe("hold"); // the 0.00516 come first
  });

  it("goes on to the second leg when it pays no more, or the next stamp is not told within a minute", () => {
    const made = carried("0");
    made.tell(20_000);
    made.lead.rate = 0;
    expect([phase(made, 1), phase(made, 1)]).toEqual(["between", "leg2"]);
    const later = carried("0");
    later.tell(20_000);
    later.world.now = later.lead.stamp;
    expect([phase(later), phase(later, 59_999)]).toEqual(["hold", "hold"]);
    expect(phase(later, 1)).toBe("between");
  });

  it("is nothing to wait for while no stamp is known", () => {
    const passed = carried("0", { stopBeforeFundingMs: 0 });
    for (const side of ["lead", "hedge"] as const) passed[side].stamp = start + 19_000;
    expect(phase(passed, 20_000)).toBe("leg2");
    const unknown = carried("0");
    unknown.tell(20_000);
    unknown.world.now = unknown.lead.stamp;
    unknown.lead.stamp = 0;
    expect(phase(unknown)).toBe("between");
  });

  it("is kept for the stamp that it was kept for", () => {
    const made = carried("0");
    made.tell(20_000);
    for (const side of ["lead", "hedge"] as const) made[side].stamp += 3_600_000;
    expect(phase(made, 1)).toBe("between");
  });

  it("waits for no other stamp to be told where one is", () => {
    const made = carried("0");
    made.hedge.stamp = made.lead.stamp + 3_600_000;
    made.tell(20_000);
    made.world.now = made.lead.stamp;
    expect(phase(made)).toBe("between");
  });

  it("that pays too little is not collected instead where funding is to be avoided", () => {
    const made = carried("1");
    for (const side of ["lead", "hedge"] as const) made[side].stamp = start + 300_000;
    made.lead.rate = 0.01; // far above what closing costs
    expect(phase(made, 1)).toBe("closing");
  });

  it("holds a pair through the window even where nothing is to be collected", () => {
    const made = carried("0");
    for (const side of ["lead", "hedge"] as const) made[side].stamp = start + 300_000;
    expect(phase(made, 1)).toBe("hold");
  });
});

describe("cycles below their edge", () => {
  it("make a pause after so many in a row, and say so while it lasts", () => {
    const made = buying(futures, { negativeEdgeLimit: 2, edgePauseMs: 90_000 });
    made.set({ negatives: 1, negativeEdge: true });
    const { negatives, pausedUntil } = hold(made, 0, 0).tell();
    expect([negatives, pausedUntil]).toEqual([0, start + 110_000]);
    const say = "2 cycles in a row cost more than they brought: paused for 90 s";
    expect(made.said()).toEqual([{ topic: "edge", say, alert: true }]);
    expect(made.ends()).toBeUndefined();
    expect([phase(made, 89_999), made.said().length]).toEqual(["idle", 1]);
    expect([phase(made, 1), made.said()]).toEqual(["leg1", []]);
  });

  it("make none before, and are counted", () => {
    const made = buying(futures, { negativeEdgeLimit: 2 });
    made.set({ negativeEdge: true });
    expect(hold(made, 0, 0).tell()).toMatchObject({ negatives: 1, pausedUntil: 0 });
  });
});

describe("what a cycle earned", () => {
  it("is counted from what was earned when it began", () => {
    const made = stage();
    made.lead.holding = { realized: new Big(5), fees: new Big(1) };
    made.tell();
    expect(made.memory().earned).toMatchObject({ gross: "5", fees: "1" });
    hold(made, -10, 5).tell();
    made.tell(20_000);
    made.lead.holding = { realized: new Big(6), fees: new Big("1.25"), funding: new Big("-0.5") };
    expect(hold(made, 0, 0).tell().last).toMatchObject({ gross: "1", fees: "0.25", net: "0.25" });
    expect(made.memory().totals.net).toBe(decimal("0.25"));
  });
});
