import { describe, expect, it } from "vitest";
import { asking, far, hold, order, passed, perp, quote, told, world } from "../scene.fixture.ts";
import { maxNaked, type NakedLimits } from "./maxNaked.ts";

const start = (more: Partial<NakedLimits> = {}) => {
  const w = world();
  const limits = { pairs: [[perp.id, far.id]] as const, maxNakedMs: 10_000, haltMs: 30_000, ...more };
  const s = asking([maxNaked(limits)], w);
  /** The clock goes on, and nobody looks before it has. */
  const down = (ms: number) => {
    w.now += ms;
    s.tell({ type: "timer.fired" });
  };
  /** The same with a look each second. */
  const after = (ms: number) => {
    for (let left = ms; left > 1_000; left -= 1_000) down(1_000);
    down(ms % 1_000 === 0 ? Math.min(ms, 1_000) : ms % 1_000);
  };
  return { w, after, down, ...s };
};
/** In lots of 0.1 SOL. */
const hedge = (position: number) => hold(position, 15_076, { instrument: far.id });
const sell = quote("sell", 15_038, 10);

describe("maxNaked", () => {
  it("refuses what adds on either leg once the pair has been apart for longer than it may", () => {
    const { w, after, judge } = start();
    w.positions[perp.id] = -100;
    after(0);
    after(10_000);
    expect(passed(judge([sell]))).toHaveLength(1);
    after(1);
    const judged = judge([sell, quote("sell", 15_038, 1, { instrument: far.id, slot: "far" })]);
    expect(passed(judged)).toEqual([]);
    expect(told(judged)[0]).toBe(
      "max-naked: backpack:SOL_USDC_PERP and aster-futures:SOLUSDT are -1 SOL (150.00 USDC) apart for 10.0 s, at most 10 s: first bring them together",
    );
  });

  it("lets what brings them together pass, and what reduces", () => {
    const { w, after, judge } = start();
    w.positions[perp.id] = -100;
    after(0);
    after(10_001);
    expect(passed(judge([hedge(10)]))).toEqual(["hold 10"]);
    expect(passed(judge([hedge(11)]))).toEqual([]);
    expect(passed(judge([hold(0, 15_076)]))).toEqual(["hold 0"]);
    w.positions[perp.id] = -95; // the farther leg has lots of 0.1: 9.5 of them are hedged by 10
    after(0);
    expect(passed(judge([hedge(10)]))).toEqual(["hold 10"]);
  });

  it("lets quotes fill only what no order of either leg fills already", () => {
    const { w, after, judge } = start();
    w.positions[perp.id] = -100;
    w.orders.push(order(quote("buy", 14_990, 6, { instrument: far.id, slot: "hedge" })));
    after(0);
    after(10_001);
    const buy = (size: number) => quote("buy", 14_962, size, { instrument: far.id });
    expect(passed(judge([buy(4)]))).toHaveLength(1);
    expect(passed(judge([buy(5)]))).toHaveLength(0);
  });

  it("halts past the second bound, until a person resumes; then the time counts anew", () => {
    const { w, after, halted, tell } = start();
    w.positions[perp.id] = -100;
    after(0);
    after(30_000);
    expect(halted()).toBeUndefined();
    after(1);
    expect(halted()).toBe(
      "max-naked: backpack:SOL_USDC_PERP and aster-futures:SOLUSDT are -1 SOL (150.00 USDC) apart for 30.0 s, at most 30 s",
    );
    tell({ type: "operator.asked", ask: "resume" });
    expect(halted()).toBeUndefined();
    after(30_001);
    expect(halted()).toBeDefined();
    w.positions[far.id] = 10;
    after(0);
    expect(halted()).toBeUndefined();
  });

  it("begins anew after the pair was together", () => {
    const { w, after, judge } = start();
    w.positions[perp.id] = -100;
    after(0);
    after(9_000);
    w.positions[far.id] = 10;
    after(500);
    w.positions[far.id] = 9;
    after(500);
    after(9_000);
    expect(passed(judge([sell]))).toHaveLength(1);
    after(1_001);
    expect(passed(judge([sell]))).toHaveLength(0);
  });

  it("begins anew after a time in which nobody looked, known or not", () => {
    for (const known of [true, false]) {
      const { w, after, down, halted, judge } = start();
      w.positions[perp.id] = -100;
      after(0);
      after(9_000);
      w.positions[far.id] = known ? 0 : undefined;
      down(3_600_000);
      w.positions[far.id] = 0;
      after(9_000);
      expect([passed(judge([sell])).length, halted()]).toEqual([1, undefined]);
      after(1_001);
      expect(passed(judge([sell]))).toHaveLength(0);
    }
  });

  it("overlooks what neither leg could trade, or what it is told to", () => {
    const apart = (position: number, more: Partial<NakedLimits>) => {
      const { w, after, judge } = start(more);
      w.positions[perp.id] = position;
      after(0);
      after(60_000);
      return passed(judge([quote("buy", 14_962, 1), quote("sell", 15_038, 1)])).length === 2 ? "fine" : "naked";
    };
    expect([apart(9, {}), apart(10, {})]).toEqual(["fine", "naked"]); // the larger lot is 0.1
    expect([apart(50, { base: "0.5" }), apart(51, { base: "0.5" })]).toEqual(["fine", "naked"]);
    expect([apart(100, { notional: "150" }), apart(101, { notional: "150" })]).toEqual(["fine", "naked"]);
  });

  it("adds nothing while a leg is unknown, and its clock goes on", () => {
    const { w, after, judge } = start();
    w.positions[perp.id] = -100;
    after(0);
    w.positions[far.id] = undefined;
    expect(told(judge([sell]))).toEqual([
      "max-naked: what is held in backpack:SOL_USDC_PERP and aster-futures:SOLUSDT is not known",
    ]);
    after(10_001);
    w.positions[far.id] = 0;
    expect(told(judge([quote("sell", 15_040, 10)]))[0]).toContain("apart for 10.0 s");
  });

  it("counts what was unhedged, in quote times seconds", () => {
    const rule = maxNaked({ pairs: [[perp.id, far.id]], maxNakedMs: 10_000 });
    let memory = rule.start();
    const w = world();
    const counting = {
      ...rule,
      remember: (...args: Parameters<NonNullable<typeof rule.remember>>) => {
        memory = rule.remember?.(...args) ?? memory;
        return memory;
      },
    };
    const { tell } = asking([counting], w);
    const at = (ms: number, held: number) => {
      w.now += ms;
      w.positions[perp.id] = held;
      tell({ type: "timer.fired" });
    };
    at(0, -100); // 150 USDC
    at(2_000, -100);
    at(1_000, -50); // 75 USDC from here on
    at(4_000, 0);
    at(9_000, 0);
    expect(memory[0]?.quoteSeconds).toBe(3 * 150 + 4 * 75);
  });

  it("has nothing to say of other markets", () => {
    const { w, after, judge } = start({ pairs: [] });
    w.positions[perp.id] = -100;
    after(0);
    after(60_000);
    expect(passed(judge([sell]))).toHaveLength(1);
  });
});
