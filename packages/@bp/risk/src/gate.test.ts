import { type AnyRule, lots, type Pass, type RiskRule } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGate } from "./gate.ts";
import type { Hearing } from "./hearing.ts";
import { maxPosition } from "./rules/maxPosition.ts";
import { asking, hold, order, passed, perp, quote, told, viewOf, world } from "./scene.fixture.ts";

const rule = (name: string, check: RiskRule["check"]): AnyRule => ({ name, start: () => undefined, check });
const halving = rule("halving", (intent) =>
  intent.kind === "quote"
    ? { trim: { ...intent, size: lots(Math.floor(intent.size / 2)) }, why: "half is enough" }
    : { pass: intent },
);
/** Keeps what a rule was shown of each wish. */
const watching = () => {
  const seen: (Omit<Pass, "approved" | "committed"> & { readonly buys: number; readonly sells: number })[] = [];
  const watch = rule("watch", (intent, _view, pass) => {
    const { strategy, side, size, price, reduces, held, order, places, placing } = pass;
    const buys = pass.committed(intent.instrument, "buy");
    const sells = pass.committed(intent.instrument, "sell");
    seen.push({ strategy, side, size, price, reduces, held, order, places, placing, buys, sells });
    return { pass: intent };
  });
  return { seen, watch };
};

describe("createGate", () => {
  it("lets everything through without rules, with the full names of the slots", () => {
    const { judge } = asking([], world());
    const { approved, notes } = judge([quote("buy", 14_962, 50), hold(5)], [quote("sell", 15_038, 50)]);
    expect(approved.map(({ slot }) => slot)).toEqual([`a/hold:${perp.id}`, "a/buy.14962", "b/sell.15038"]);
    expect(notes).toEqual([]);
  });

  it("judges by the rules in order, a trimmed wish as it is then", () => {
    const { seen, watch } = watching();
    const judged = asking([halving, watch, halving], world()).judge([quote("buy", 14_962, 50)]);
    expect(seen.map(({ size }) => size)).toEqual([25]);
    expect(passed(judged)).toEqual(["buy 14962 x 12"]);
  });

  it("stops at the first refusal", () => {
    const no = rule("no", () => ({ refuse: "not today" }));
    const { seen, watch } = watching();
    const judged = asking([no, watch], world()).judge([quote("buy", 14_962, 50)]);
    expect([passed(judged), told(judged), seen]).toEqual([[], ["no: not today"], []]);
  });

  it("drops what was trimmed to nothing", () => {
    const judged = asking([halving], world()).judge([quote("buy", 14_962, 1)]);
    expect([passed(judged), told(judged)]).toEqual([[], ["halving: half is enough"]]);
  });

  it("tells a reason once, again when the answer changes, and again after it was gone", () => {
    let answer = "no funds";
    const moody = rule("moody", (intent) => (answer === "" ? { pass: intent } : { refuse: answer }));
    const { judge } = asking([moody, halving], world());
    const ask = () => told(judge([quote("buy", 14_962, 50)]));
    expect(ask()).toEqual(["moody: no funds"]);
    expect(ask()).toEqual([]);
    answer = "";
    expect(ask()).toEqual(["halving: half is enough"]);
    expect(ask()).toEqual([]);
    answer = "no funds";
    expect(ask()).toEqual(["moody: no funds"]);
    judge([]);
    expect(ask()).toEqual(["moody: no funds"]);
  });

  it("tells a trim again when it leaves another size, though its reason reads the same", () => {
    const { judge } = asking([halving], world());
    const ask = (size: number) => told(judge([quote("buy", 14_962, size, { slot: "one" })]));
    expect([ask(50), ask(50), ask(30)]).toEqual([["halving: half is enough"], [], ["halving: half is enough"]]);
  });

  it("judges reductions first, of whatever strategy", () => {
    const w = world();
    w.positions[perp.id] = 50;
    const judged = asking([], w).judge(
      [quote("buy", 14_962, 5)],
      [quote("sell", 15_038, 5, { reduceOnly: true }), hold(20)],
    );
    expect(passed(judged)).toEqual(["sell 15038 x 5", "hold 20", "buy 14962 x 5"]);
  });

  it("shows a hold as the order it may become", () => {
    const w = world();
    w.positions[perp.id] = 50;
    const { seen, watch } = watching();
    const { judge } = asking([watch], w);
    for (const position of [20, 0, -10, 80]) judge([hold(position)]);
    expect(seen.map(({ side, size, reduces, places }) => [side, size, reduces, places])).toEqual([
      ["sell", 30, true, true],
      ["sell", 50, true, true],
      ["sell", 60, false, true],
      ["buy", 30, false, true],
    ]);
  });

  it("passes a hold of what is held already without asking, and none while that is unknown", () => {
    const no = rule("no", () => ({ refuse: "not today" }));
    const w = world();
    w.positions[perp.id] = 50;
    const { judge } = asking([no], w);
    expect(passed(judge([hold(50)]))).toEqual(["hold 50"]);
    w.positions[perp.id] = undefined;
    const judged = judge([hold(50)]);
    expect([passed(judged), told(judged)]).toEqual([[], [`gate: what a holds of ${perp.id} is not known`]]);
  });

  it("judges a quote also while it is unknown what is held: that is for the rules to say", () => {
    const w = world();
    w.positions[perp.id] = undefined;
    expect(passed(asking([], w).judge([quote("buy", 14_962, 5)]))).toEqual(["buy 14962 x 5"]);
  });

  it("knows a quote that can only reduce: reduce-only, or covered by what is held", () => {
    const w = world();
    w.positions[perp.id] = 50;
    const { seen, watch } = watching();
    asking([watch], w).judge([
      quote("sell", 15_038, 30),
      quote("sell", 15_040, 20),
      quote("sell", 15_042, 1),
      quote("buy", 14_900, 1),
      quote("sell", 15_044, 9, { reduceOnly: true }),
    ]);
    expect(seen.map(({ size, reduces }) => [size, reduces])).toEqual([
      [9, true],
      [30, true],
      [20, false], // with the 30 and the 9 before it, more than is held
      [1, false],
      [1, false],
    ]);
  });

  it("counts as committed what works and what is approved, each slot once, without the one that is judged", () => {
    const w = world();
    const near = quote("buy", 14_962, 50);
    const far = quote("buy", 14_960, 50);
    w.orders.push(order(near, { filled: lots(20) }), order(quote("buy", 14_900, 7, { slot: "leaving" })));
    const { seen, watch } = watching();
    asking([watch], w).judge([near, far, quote("sell", 15_038, 4)]);
    expect(seen.map(({ buys, sells }) => [buys, sells])).toEqual([
      [7, 0], // only the one that is leaving: the 30 of its own slot are left out
      [57, 0], // and the first wish, whose order has 30 left but is wished with 50
      [107, 0],
    ]);
  });

  it("says whether a wish needs a new order, and how many the ones before it need", () => {
    const w = world();
    const stands = quote("buy", 14_962, 50);
    w.orders.push(order(stands));
    const { seen, watch } = watching();
    asking([watch], w).judge([stands, quote("buy", 14_960, 50), quote("sell", 15_038, 50)]);
    expect(seen.map(({ places, placing }) => [places, placing])).toEqual([
      [false, 0],
      [true, 0],
      [true, 1],
    ]);
  });

  it.each([
    ["another price", { price: 14_961 }],
    ["another side", { side: "sell" }],
    ["a smaller size than is left", { size: 49 }],
    ["not post-only any more", { postOnly: false }],
    ["reduce-only now", { reduceOnly: true }],
  ])("needs a new order for %s", (_, change) => {
    const w = world();
    w.orders.push(order(quote("buy", 14_962, 50)));
    const { seen, watch } = watching();
    asking([watch], w).judge([{ ...quote("buy", 14_962, 50), ...change } as ReturnType<typeof quote>]);
    expect(seen[0]?.places).toBe(true);
  });

  it("holds back what waits, but lets the others see it as approved", () => {
    const slow = rule("slow", (intent) =>
      intent.kind === "hold" ? { wait: "first the other one" } : { pass: intent },
    );
    const { seen, watch } = watching();
    const judged = asking([slow, watch], world()).judge([quote("buy", 14_900, 1), hold(-30)]);
    expect(passed(judged)).toEqual(["buy 14900 x 1"]);
    expect(told(judged)).toEqual(["slow: first the other one"]);
    expect(seen.at(-1)).toMatchObject({ sells: 30, placing: 1 });
  });

  it("refuses a slot that is wished twice, and a quote of nothing", () => {
    const { judge } = asking([], world());
    const twice = quote("buy", 14_962, 50, { slot: "one" });
    expect(() => judge([twice, quote("sell", 15_038, 5, { slot: "one" })])).toThrow("slot a/one is wished twice");
    expect(passed(judge([twice], [twice]))).toHaveLength(2);
    expect(() => judge([quote("buy", 14_962, 0)])).toThrow("a quote of size 0");
  });

  it("keeps each rule's memory, and names the rule that halts", () => {
    const counting: RiskRule<number> = {
      name: "counting",
      start: () => 0,
      remember: (seen) => seen + 1,
      check: (intent, _view, _pass, seen) => (seen > 1 ? { refuse: `${seen} events` } : { pass: intent }),
      halts: (_view, seen) => (seen > 1 ? "too many events" : undefined),
    };
    const { tell, judge, halted } = asking([counting], world());
    tell({ type: "timer.fired" });
    expect([passed(judge([hold(1)])), halted()]).toEqual([["hold 1"], undefined]);
    tell({ type: "timer.fired" });
    expect([told(judge([hold(1)])), halted()]).toEqual([["counting: 2 events"], "counting: too many events"]);
  });

  it("asks on past rules that cannot halt, and is halted by the first that does", () => {
    const stops = (name: string, why: string | undefined): AnyRule => ({
      ...rule(name, (intent) => ({ pass: intent })),
      halts: () => why,
    });
    const rules = [halving, stops("calm", undefined), stops("first", "enough"), stops("second", "also enough")];
    expect(asking(rules, world()).halted()).toBe("first: enough");
    expect(asking(rules.slice(0, 2), world()).halted()).toBeUndefined();
  });

  it("never lets more through than a limit, whatever is wished, works and is held", () => {
    const some = fc.record({
      side: fc.constantFrom("buy" as const, "sell" as const),
      size: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 8 }),
        fc.array(some, { maxLength: 4 }),
        fc.integer({ min: -100, max: 100 }),
        (wishes, works, held) => {
          const w = world();
          w.positions[perp.id] = held;
          for (const [at, { side, size }] of works.entries()) w.orders.push(order(quote(side, 100 + at, size)));
          const gate = createGate([maxPosition({ [perp.id]: "1" })]);
          const view = viewOf(w);
          const intents = wishes.map(({ side, size }, at) => quote(side, 200 + at, size));
          const { approved } = gate.judge([{ strategy: "a", intents, view }], view, { inSlot: () => undefined });
          const worst = (["buy", "sell"] as const).map((side) => {
            const sum = approved.reduce((total, each) => total + (each.side === side ? each.size : 0), 0);
            return sum === 0 ? 0 : (side === "buy" ? held : -held) + view.working(perp.id, side) + sum;
          });
          expect(Math.max(...worst)).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});

describe("a hearing", () => {
  it("has every rule's answer in order, up to the first refusal, and what became of the wish", () => {
    const waiting = rule("waiting", () => ({ wait: "an order is in the way" }));
    const record: Hearing[] = [];
    const view = viewOf(world());
    const gate = createGate([halving, waiting]);
    const wishes = [{ strategy: "a", intents: [quote("buy", 14_962, 50), quote("sell", 15_038, 1), hold(0)], view }];
    const judged = gate.judge(wishes, view, { inSlot: () => undefined }, record);
    expect(record.map(({ slot, outcome, said }) => [slot, outcome, said])).toEqual([
      [`a/hold:${perp.id}`, "held", []],
      [
        "a/buy.14962",
        "waits",
        [
          { rule: "halving", answer: "trim", why: "half is enough", size: 25 },
          { rule: "waiting", answer: "wait", why: "an order is in the way" },
        ],
      ],
      ["a/sell.15038", "refused", [{ rule: "halving", answer: "trim", why: "half is enough", size: 0 }]],
    ]);
    expect(judged).toEqual(createGate([halving, waiting]).judge(wishes, view, { inSlot: () => undefined }));
    expect(gate.memories()).toEqual([
      { rule: "halving", memory: undefined },
      { rule: "waiting", memory: undefined },
    ]);
  });
});
