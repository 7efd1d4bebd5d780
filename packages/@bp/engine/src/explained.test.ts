// One step whole: the same commands as a step, and everything that led to them.
import { type AnyRule, Big, lots, type News } from "@bp/core";
import { describe, expect, it } from "vitest";
import { plainData } from "./plainData.ts";
import { book, fill, hold, line, nth, perp, quote, type Scene, scene, start } from "./scene.fixture.ts";

const halving: AnyRule = {
  name: "halving",
  start: () => ({ seen: 0 }),
  remember: () => ({ seen: 1 }),
  check: (intent) =>
    intent.kind === "quote" && intent.size > 50
      ? { trim: { ...intent, size: lots(50) }, why: "50 are enough" }
      : { pass: intent },
};
const noSales: AnyRule = {
  name: "no-sales",
  start: () => undefined,
  check: (intent) => (intent.kind === "quote" && intent.side === "sell" ? { refuse: "not today" } : { pass: intent }),
};

/** Explains what a scene would be told next. */
function explain(made: Scene, news: News) {
  const at = made.engine.view.now;
  return made.engine.explain({ ...news, at, venueAt: at, seq: made.log.length + 1 });
}

describe("explain", () => {
  it("tells each rule's verdict on each wish, and what came of it", () => {
    const made = scene({ rules: [halving, noSales] });
    made.wants["a"] = [quote("buy", 14_990, 100), quote("sell", 15_010, 10)];
    const told = explain(made, book());
    expect(told.hearings).toMatchObject([
      {
        slot: "a/buy",
        said: [
          { rule: "when-halted", answer: "pass" },
          { rule: "halving", answer: "trim", why: "50 are enough", size: 50 },
          { rule: "no-sales", answer: "pass" },
        ],
        outcome: "trimmed",
        approved: { size: 50 },
      },
      { slot: "a/sell", outcome: "refused", said: [{}, {}, { rule: "no-sales", answer: "refuse", why: "not today" }] },
    ]);
    expect(told.plan).toEqual([
      {
        slot: "a/buy",
        action: "place",
        instrument: perp.id,
        why: "its slot is free",
        clientId: nth(1),
        side: "buy",
        price: 14_990,
        size: 50,
      },
    ]);
    expect(told.commands.map(line)).toEqual(["place 1 a/buy buy 14990 x 50 gtx"]);
    expect(told.rules.find(({ rule }) => rule === "halving")?.memory).toEqual({ seen: 1 });
  });

  it("shows the world as it was before the decision: no order that the decision itself has placed", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 100)];
    const told = explain(made, book());
    expect(told.view.orders).toEqual([]);
    expect(told.view.markets[0]).toMatchObject({ bid: [15_000, 100], ask: [15_002, 100], position: 0, seen: true });
    expect(told.view.balances).toContainEqual({ venue: "v", asset: "USDC", total: "10000", free: "10000" });
    expect(told.strategies).toMatchObject([{ name: "a", voice: "own", wish: [{ slot: "buy" }] }]);
  });

  it("says why an order stays, goes, or waits for its slot", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 100), quote("sell", 15_010, 100)];
    made.tell(book());
    made.tell({ type: "order.accepted", clientId: nth(1), venueOrderId: "1" });
    made.wants["a"] = [quote("buy", 14_980, 100), quote("sell", 15_020, 100)];
    const { plan } = explain(made, book());
    expect(plan.map(({ slot, action, why }) => [slot, action, why])).toEqual([
      ["a/buy", "cancel", "another price is wished: 149.80 instead of 149.90"],
      ["a/sell", "leave", "it is on its way, and not answered yet"],
      ["a/buy", "wait", `its slot is busy until order ${nth(1)} (cancelling) is gone`],
      ["a/sell", "wait", `its slot is busy until order ${nth(2)} (placing) is gone`],
    ]);
  });

  it("says that a refused slot rests, that a hold is in the way, and that a hold is reached", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 100)];
    made.tell(book());
    made.tell({ type: "order.rejected", clientId: nth(1), reason: "no-funds", text: "" });
    expect(explain(made, book()).plan).toMatchObject([
      { action: "wait", why: "it rests after a refusal or a try that ended" },
    ]);
    made.wants["a"] = [hold(-10, 14_900), quote("buy", 14_990, 100)];
    const { plan } = explain(made, book());
    expect(plan.filter(({ action }) => action === "place")).toMatchObject([{ side: "sell", size: 10 }]);
    made.wants["a"] = [hold(0, 15_100)];
    const reached = explain(made, book());
    expect(reached.hearings).toMatchObject([{ outcome: "held", said: [] }]);
    expect(reached.plan).toContainEqual(expect.objectContaining({ action: "wait", why: "it is held already" }));
  });

  it("says that nothing was judged while nothing counts", () => {
    const made = scene();
    made.wants["a"] = [];
    made.tell(book());
    const mark = { type: "mark.changed", instrument: perp.id, mark: 1, index: 1, fundingRate: 0 } as const;
    const told = explain(made, { ...mark, fundingAt: made.engine.view.now });
    expect(told.judged.done).toBe(false);
    expect(told.hearings).toEqual([]);
  });

  it("gives the same commands as steps do, event for event, and is plain data", () => {
    const [stepped, explained] = [scene({ bare: true }), scene({ bare: true })];
    const wish = (made: Scene) => {
      const held = made.engine.view.position(perp.id) ?? 0;
      return [quote("buy", 14_990 - held, 10), quote("sell", 15_010 - held, 10)];
    };
    const facts: readonly News[] = [
      { type: "link.restored", venue: "v", stream: "account", why: "opened" },
      {
        type: "account.snapshot",
        venue: "v",
        asOf: stepped.engine.view.now,
        orders: [],
        positions: [],
        balances: [],
        fills: [],
      },
      book(),
      { type: "order.accepted", clientId: nth(1), venueOrderId: "1" },
      fill(nth(1), "buy", 14_990, 4),
      { type: "order.doubted", clientId: nth(2), request: "place", text: "no answer" },
      { type: "timer.fired", name: "beat" },
      { type: "operator.asked", ask: "flatten", by: "a test" },
      { type: "operator.asked", ask: "halt", by: "a test" },
    ];
    for (const [at, news] of facts.entries()) {
      const event = { ...news, at: start + at * 1_000, venueAt: start + at * 1_000, seq: at + 1 } as Parameters<
        Scene["engine"]["step"]
      >[0]; // whole numbers
      for (const made of [stepped, explained]) made.wants["a"] = wish(made);
      const commands = stepped.engine.step(event);
      const told = explained.engine.explain(event);
      expect(told.commands).toEqual(commands);
      expect(told.notes).toEqual(stepped.engine.notes());
      expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    }
    expect(stepped.log).toEqual(explained.log);
  });

  it("is over when a strategy throws: the next step is an ordinary one", () => {
    const made = scene();
    made.wants["a"] = [quote("buy", 14_990, 1), quote("buy", 14_980, 1)];
    expect(() => explain(made, book())).toThrow(/slot/);
    made.wants["a"] = [quote("buy", 14_990, 1)];
    expect(made.tell(book())).toEqual(["place 1 a/buy buy 14990 x 1 gtx"]);
  });
});

describe("plainData", () => {
  it("keeps what JSON would lose", () => {
    const odd = {
      a: new Big("0.1"),
      b: new Map([["k", new Set([1])]]),
      c: undefined,
      d: Number.NaN,
      e: new Uint8Array(2),
    };
    expect(plainData(odd)).toEqual({ a: "0.1", b: { k: [1] }, d: "NaN", e: [0, 0] });
  });

  it("ends in what refers to itself", () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(JSON.stringify(plainData(loop))).toContain("…");
  });
});
