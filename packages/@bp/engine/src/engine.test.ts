// The whole step: what a fact leads to, what is never done, and what is said about it.
import {
  type AnyRule,
  type AnyStrategy,
  Big,
  decimal,
  type Event,
  isBpError,
  lots,
  millis,
  type News,
  ticks,
} from "@bp/core";
import { maxPosition, staleMarket, whenHalted } from "@bp/risk";
import { describe, expect, it } from "vitest";
import { createEngine } from "./engine.ts";
import { book, fill, hold, listed, nth, open, perp, quote, type Scene, scene, spot, start } from "./scene.fixture.ts";

const tick: News = { type: "timer.fired", name: "x" };
const accepted = (count: number): News => ({ type: "order.accepted", clientId: nth(count), venueOrderId: `v${count}` });
const cancelled = (count: number): News => ({
  type: "order.cancelled",
  clientId: nth(count),
  venueOrderId: `v${count}`,
});
const ask = (what: "halt" | "resume" | "pause" | "stop" | "flatten"): News => ({
  type: "operator.asked",
  ask: what,
  by: "test",
});
const link = (type: "link.lost" | "link.restored", stream: "market" | "account"): News => ({
  type,
  venue: "v",
  stream,
  why: "test",
});
const changed = (bid: number, size: number): News => ({
  type: "book.changed",
  instrument: perp.id,
  bids: [[ticks(bid), lots(size)]],
  asks: [],
});

/** A bid at 149.90 rests, order 1. */
function quoting(options: Parameters<typeof scene>[0] = {}): Scene {
  const made = scene(options);
  made.wants["a"] = [quote("buy", 14_990, 10)];
  made.tell(tick);
  made.tell(accepted(1));
  return made;
}

describe("createEngine", () => {
  it("refuses two strategies of one name, a run that cannot be, and parameters that the strategy refuses", () => {
    expect(() => scene({ names: ["a", "a"] })).toThrowError(/two strategies have one name/);
    for (const name of ["external", "a/b"]) expect(() => scene({ names: [name] })).toThrowError(/a name without/);
    expect(() => scene({ run: 256 })).toThrowError(/no order number/);
    const strategy: AnyStrategy = {
      name: "strict",
      params: {
        parse: () => {
          throw new TypeError("no");
        },
      },
      instruments: () => [],
      start: () => undefined,
      want: () => [],
    };
    expect(() =>
      createEngine({ run: 1, instruments: [perp], rules: [], strategies: [{ strategy, params: {} }] }),
    ).toThrowError("no");
  });

  it("knows its strategies by name", () => {
    const { engine } = scene();
    expect(engine.viewOf("a").position(perp.id)).toBe(0);
    expect(() => engine.viewOf("b")).toThrowError(/there is no such strategy/);
  });

  it("says where a strategy is wrong", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10), quote("buy", 14_980, 10)];
    expect(() => made.tell(tick)).toThrowError(/a\/buy/);
    const other = scene();
    other.wants["a"] = [quote("buy", 14_990, 10, { instrument: "v:NO_SUCH" })];
    let error: unknown;
    try {
      other.tell(tick);
    } catch (thrown) {
      error = thrown;
    }
    expect(isBpError(error, "engine/unknown-instrument")).toBe(true);
  });
});

describe("step: blindness", () => {
  it("does nothing before the first snapshot, and nothing without a book", () => {
    const made = scene({ bare: true });
    made.wants["a"] = [quote("buy", 14_990, 10)];
    expect(made.tell(book())).toEqual([]);
    expect(made.tell(link("link.restored", "account"))).toEqual([]);
    expect(made.truth()).toEqual(["place 1 a/buy buy 14990 x 10 gtx"]);
  });

  it("takes every quote away when the account stream is lost, and comes back only with a new snapshot", () => {
    const made = quoting();
    expect(made.tell(link("link.lost", "account"))).toEqual(["cancel 1"]);
    expect([
      made.engine.view.position(perp.id),
      made.engine.view.balance("v", "USDC"),
      made.engine.view.link("v"),
    ]).toEqual([undefined, undefined, "down"]);
    made.tell(cancelled(1));
    expect(made.tell(link("link.restored", "account"))).toEqual([]);
    made.now += 10;
    expect(made.truth()).toEqual(["place 2 a/buy buy 14990 x 10 gtx"]);
  });

  it("takes quotes away when the book has a gap, is crossed, or its stream is gone", () => {
    const crossing: News = { type: "book.changed", instrument: perp.id, bids: [[ticks(15_005), lots(1)]], asks: [] };
    const lost: News = { type: "book.lost", instrument: perp.id, why: "gap" };
    for (const news of [crossing, lost, link("link.lost", "market")]) {
      const made = quoting();
      expect(made.tell(news)).toEqual(["cancel 1"]);
      made.tell(cancelled(1));
      expect(made.tell(changed(14_990, 5))).toEqual([]); // a change without the whole is no book
      expect(made.tell(book())).toEqual(["place 2 a/buy buy 14990 x 10 gtx"]);
    }
  });

  it("never reads an unknown market as flat", () => {
    const { engine } = scene();
    expect(() => engine.view.position("v:NO_SUCH")).toThrowError(/no instrument/);
  });
});

describe("step: unexplained positions", () => {
  it("blocks what adds, asks at once, and halts when the next snapshot shows it too", () => {
    const made = quoting();
    made.now += 60_000;
    expect(made.truth({ position: 7, orders: [open(nth(1), "buy", 14_990, 10)] })).toEqual(["ask v"]);
    made.wants["a"] = [quote("buy", 14_990, 10), quote("sell", 15_010, 10)];
    expect(made.tell(tick)).toEqual([]);
    expect(made.said.at(-1)).toBe("unknown: a/sell: waits until the position is explained");
    made.now += 1_000;
    expect(made.truth({ position: 7, orders: [open(nth(1), "buy", 14_990, 10)] })).toEqual(["cancel 1"]);
    expect(made.engine.view.halted).toBe(
      `the position in ${perp.id} changed by 0.07 SOL without a trade that we know of`,
    );
    expect([made.engine.view.external(perp.id), made.engine.view.position(perp.id)]).toEqual([7, 0]);
  });

  it("does not halt when the trade was only late", () => {
    const made = quoting();
    made.now += 60_000;
    made.truth({ position: 4, orders: [open(nth(1), "buy", 14_990, 10, 4)] });
    made.tell(fill(nth(1), "buy", 14_990, 4), made.now - 100);
    made.now += 1_000;
    made.truth({ position: 4, orders: [open(nth(1), "buy", 14_990, 10, 4)] });
    expect([made.engine.view.halted, made.engine.view.position(perp.id), made.engine.view.external(perp.id)]).toEqual([
      undefined,
      4,
      0,
    ]);
    made.wants["a"] = [quote("buy", 14_990, 10), quote("sell", 15_010, 10)];
    expect(made.tell(tick)).toEqual(["place 2 a/sell sell 15010 x 10 gtx"]);
  });

  it("lets pass what is below the limit", () => {
    const made = scene({ unexplainedLots: 7 });
    for (let snapshots = 0; snapshots < 2; snapshots++) {
      made.now += 60_000;
      made.truth({ position: 7 });
    }
    expect(made.engine.view.halted).toBe(undefined);
  });

  it("counts what was there before as the user's, or takes it over when asked to", () => {
    const ignoring = scene({ bare: true });
    ignoring.truth({ position: 80, cost: "120" });
    expect([
      ignoring.engine.view.position(perp.id),
      ignoring.engine.view.external(perp.id),
      ignoring.engine.view.halted,
    ]).toEqual([0, 80, undefined]);
    const adopting = scene({ bare: true, existing: "adopt" });
    adopting.truth({ position: 80, cost: "120" });
    expect([adopting.engine.viewOf("a").position(perp.id), adopting.engine.view.external(perp.id)]).toEqual([80, 0]);
    expect(adopting.said).toEqual([`adopt: took over a position of 0.80 SOL in ${perp.id}`]);
  });

  it("does not count trades from before its time, and tells nothing of each", () => {
    const made = scene({ bare: true });
    const old = [1, 2, 3].map((id) => listed(fill(undefined, "buy", 15_000, 10, { tradeId: `t${id}` }), start - id));
    made.truth({ position: 30, fills: old });
    expect([made.engine.view.position(perp.id), made.engine.view.external(perp.id)]).toEqual([0, 30]);
    expect(made.said).toEqual([`external: the account holds 0.30 SOL in ${perp.id} that is not ours`]);
  });

  it("halts when somebody trades our own position away: a liquidation, or another hand", () => {
    const made = quoting();
    made.tell(fill(nth(1), "buy", 14_990, 10));
    made.now += 10;
    made.tell(fill(undefined, "sell", 14_000, 6, { tradeId: "liq" }));
    expect(made.engine.view.halted).toBe(
      `a trade that nobody here ordered took 0.06 SOL out of our position in ${perp.id}`,
    );
  });

  it("does not halt for the user's own trades beside ours", () => {
    const made = quoting();
    made.tell(fill(nth(1), "buy", 14_990, 10));
    made.tell(fill(undefined, "buy", 15_000, 6, { tradeId: "x" }));
    made.tell(fill(undefined, "sell", 15_000, 6, { tradeId: "y" }));
    expect([made.engine.view.halted, made.engine.view.external(perp.id)]).toEqual([undefined, 0]);
  });
});

describe("step: a person", () => {
  it("halts until resumed: what rests goes, and nothing is placed, not even what reduces", () => {
    const made = quoting();
    expect(made.tell(ask("halt"))).toEqual(["cancel 1"]);
    expect(made.engine.view.halted).toBe("test asked for it");
    made.now += 10;
    made.tell(fill(nth(1), "buy", 14_990, 10));
    made.wants["a"] = [hold(0, 14_900)];
    expect(made.tell(tick)).toEqual([]);
    expect(made.tell(ask("resume"))).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14900 x 10 ioc reduce"]);
  });

  it("is halted by a rule: what adds goes, what reduces goes on, and the rule of halts need not be named", () => {
    let why: string | undefined;
    const alarm: AnyRule = {
      name: "alarm",
      start: () => undefined,
      check: (intent) => ({ pass: intent }),
      halts: () => why,
    };
    for (const rules of [[alarm], [whenHalted() as AnyRule, alarm]]) {
      why = undefined;
      const made = quoting({ rules });
      why = "too much";
      expect(made.tell(tick)).toEqual(["cancel 1"]);
      expect(made.said.filter((each) => each.startsWith("when-halted"))).toHaveLength(1);
      made.now += 10;
      made.tell(fill(nth(1), "buy", 14_990, 10));
      made.wants["a"] = [hold(0, 14_900)];
      expect(made.tell(tick)).toEqual(["place 2 a/hold:v:SOL_USDC_PERP sell 14900 x 10 ioc reduce"]);
    }
  });

  it("pauses and resumes", () => {
    const made = quoting();
    expect(made.tell(ask("pause"))).toEqual(["cancel 1"]);
    made.tell(cancelled(1));
    expect(made.tell(tick)).toEqual([]);
    expect(made.tell(ask("resume"))).toEqual(["place 2 a/buy buy 14990 x 10 gtx"]);
  });

  it("stops for good: neither a resume nor a pause brings it back", () => {
    const made = quoting();
    expect(made.tell(ask("stop"))).toEqual(["cancel 1"]);
    made.tell(cancelled(1));
    made.tell(ask("pause"));
    expect(made.tell(ask("resume"))).toEqual([]);
  });

  it("stops an order that is accepted only afterwards", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell(tick);
    expect(made.tell(ask("stop"))).toEqual([]);
    expect(made.tell(accepted(1))).toEqual(["cancel 1"]);
  });

  it("flattens own inventory within a cap and nothing of the user's, then rests", () => {
    const made = quoting();
    made.tell(fill(nth(1), "buy", 14_990, 10));
    made.tell(fill(undefined, "buy", 15_000, 30, { tradeId: "user" }));
    made.tell(accepted(2));
    expect(made.tell(ask("flatten"))).toEqual(["cancel 2"]); // a bid at 149.90 could meet a sale down to 149.25
    expect(made.tell(cancelled(2))).toEqual(["place 3 a/hold:v:SOL_USDC_PERP sell 14925 x 10 ioc reduce"]);
    expect(made.tell(fill(nth(3), "sell", 14_999, 10))).toEqual([]);
    expect([made.tell(tick), made.engine.view.position(perp.id), made.engine.view.external(perp.id)]).toEqual([
      [],
      0,
      30,
    ]);
  });

  it("hears what is asked each time", () => {
    const made = scene();
    for (const what of ["pause", "resume", "pause", "resume"] as const) made.tell(ask(what));
    expect(made.said).toEqual([
      "operator: pause by test",
      "operator: resume by test",
      "operator: pause by test",
      "operator: resume by test",
    ]);
  });
});

describe("step: rules", () => {
  it("halts when a rule says so after a fact that changes what we are worth", () => {
    const rule: AnyRule = {
      name: "loss",
      start: () => undefined,
      check: (intent) => ({ pass: intent }),
      halts: (view) => (view.profit().lt("-1") ? "too much" : undefined),
    };
    const made = quoting({ rules: [rule] });
    made.tell(fill(nth(1), "buy", 14_990, 10));
    const mark = (price: number): News => ({
      type: "mark.changed",
      instrument: perp.id,
      mark: price,
      index: price,
      fundingRate: 0,
      fundingAt: millis(start),
    });
    made.tell(mark(14_000));
    expect(made.engine.view.halted).toBe(undefined); // 10 lots at 149.90: -0.99
    made.tell(mark(13_989));
    expect(made.engine.view.halted).toBe("loss: too much");
    expect(made.engine.view.profit().toFixed()).toBe(new Big(13_989 - 14_990).times(10).times("0.0001").toFixed());
  });

  it("counts what works on a side, so that a limit of 1 SOL never becomes 1.03", () => {
    const made = scene({ rules: [maxPosition({ [perp.id]: "0.25" })] as AnyRule[] });
    made.wants["a"] = [
      quote("buy", 14_990, 10),
      quote("buy", 14_980, 10, { slot: "two" }),
      quote("buy", 14_970, 10, { slot: "three" }),
    ];
    expect(made.tell(tick)).toEqual([
      "place 1 a/buy buy 14990 x 10 gtx",
      "place 2 a/two buy 14980 x 10 gtx",
      "place 3 a/three buy 14970 x 5 gtx",
    ]);
  });

  it("tells a refusal once until it changes", () => {
    const made = scene({ rules: [maxPosition({ [perp.id]: "0.01" })] as AnyRule[] });
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.tell(tick);
    made.tell(tick);
    expect(made.said).toHaveLength(1);
  });

  it("judges a market that only moves anew after 100 ms at the latest", () => {
    const made = quoting({ rules: [staleMarket(5_000)] as AnyRule[] });
    const other: News = {
      type: "trade.printed",
      instrument: spot.id,
      price: ticks(15_000),
      size: lots(1),
      taker: "buy",
    };
    made.now += 4_990;
    expect(made.tell(other)).toEqual([]);
    made.now += 20;
    expect(made.tell(other)).toEqual([]); // the book is 10 ms too old
    made.now += 90;
    expect(made.tell(other)).toEqual(["cancel 1"]);
  });

  it("judges a changed wish at once, also when only the market moved", () => {
    const made = quoting();
    made.wants["a"] = [quote("buy", 14_991, 10)];
    expect(made.tell(changed(14_980, 5))).toEqual(["cancel 1"]);
  });
});

describe("step: the world", () => {
  it("takes new filters at once, and halts when prices are counted in other steps", () => {
    const made = quoting();
    made.tell({
      type: "instrument.changed",
      instrument: { ...perp, fees: { maker: decimal("0"), taker: decimal("0") } },
    });
    expect([made.engine.view.instrument(perp.id).fees.maker, made.engine.view.halted]).toEqual(["0", undefined]);
    expect(made.tell({ type: "instrument.changed", instrument: { ...perp, tickSize: decimal("0.001") } })).toEqual([
      "cancel 1",
    ]);
    expect(made.engine.view.halted).toMatch(/counts in other steps now/);
    expect(made.engine.view.book(perp.id).valid).toBe(false);
  });

  it("shows each strategy its own inventory and orders, and the rules the sum", () => {
    const made = scene({ names: ["a", "b"] });
    made.wants["a"] = [quote("buy", 14_990, 10)];
    made.wants["b"] = [quote("buy", 14_980, 20)];
    made.tell(tick);
    made.tell(fill(nth(1), "buy", 14_990, 4));
    made.tell(fill(nth(2), "buy", 14_980, 5));
    const { view } = made.engine;
    const [a, b] = [made.engine.viewOf("a"), made.engine.viewOf("b")];
    expect([a.position(perp.id), b.position(perp.id), view.position(perp.id)]).toEqual([4, 5, 9]);
    expect([
      [...a.orders()].length,
      [...b.orders(perp.id)].length,
      [...view.orders()].length,
      [...view.orders(spot.id)].length,
    ]).toEqual([1, 1, 2, 0]);
    expect([a.working(perp.id, "buy"), view.working(perp.id, "sell")]).toEqual([21, 0]);
    expect([a.holding(perp.id)?.cost.toFixed(), b.unrealized(perp.id)?.toFixed()]).toEqual(["5.996", "0.0105"]);
    expect([view.last(perp.id), view.mark(perp.id), view.balance("v", "USDC")?.total.toFixed()]).toEqual([
      undefined,
      undefined,
      "10000",
    ]);
  });

  it("ignores trades of markets that it does not know, and trades of others with a number of ours", () => {
    const made = quoting();
    made.tell(fill(nth(1), "buy", 14_990, 10, { instrument: "v:OTHER" }));
    made.tell(fill(nth(1), "sell", 14_990, 10));
    expect([made.engine.view.position(perp.id), made.engine.orders.size]).toEqual([0, 1]);
  });

  it("lets a strategy remember, and asks it after every fact", () => {
    const seen: Event["type"][] = [];
    const strategy: AnyStrategy = {
      name: "counting",
      params: { parse: (input) => input },
      instruments: () => [perp.id],
      start: () => 0,
      remember: (memory, event) => {
        seen.push(event.type);
        return Number(memory) + 1;
      },
      want: (_, memory) => (memory === 3 ? [quote("buy", 14_990, 10)] : []),
    };
    const engine = createEngine({ run: 1, instruments: [perp], rules: [], strategies: [{ strategy, params: {} }] });
    const step = (news: News) =>
      engine.step({ ...news, at: millis(start), venueAt: millis(start), seq: seen.length + 1 });
    step({
      type: "account.snapshot",
      venue: "v",
      asOf: millis(start),
      orders: [],
      positions: [],
      balances: [],
      fills: [],
    });
    expect(step(book())).toEqual([]);
    expect(step(changed(14_990, 1))).toHaveLength(1);
    expect(seen).toEqual(["account.snapshot", "book.reset", "book.changed"]);
  });

  it("does not grow with what it hears", () => {
    const made = scene();
    for (let day = 0; day < 200; day++) {
      made.now += 1_000;
      made.tell(fill(undefined, "buy", 15_000, 1, { tradeId: `x${day}` }));
      made.tell(fill(undefined, "sell", 15_000, 1, { tradeId: `y${day}` }));
      made.truth();
    }
    expect([made.engine.orders.size, made.engine.view.external(perp.id), made.engine.view.halted]).toEqual([
      0,
      0,
      undefined,
    ]);
  });
});
