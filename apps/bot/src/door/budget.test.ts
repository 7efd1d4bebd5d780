import { describe, expect, it } from "vitest";
import { createBudget, quickMs } from "./budget.ts";

/** A clock, and a budget that is looked at as the feed does. */
function spending() {
  const budget = createBudget();
  let now = 5_000;
  /** @returns when frames were begun, ms from here */
  const draws = (forMs: number, tookMs: number, isWanted = true) => {
    const [from, until] = [now, now + forMs];
    const at: number[] = [];
    while (now < until) {
      if (budget.isDue(now, isWanted)) {
        at.push(now - from);
        now += tookMs;
        budget.drawn(now);
      }
      now += quickMs + 1; // as Node's timers come
    }
    return at;
  };
  return { draws };
}

/** The longest time between two. */
const gap = (at: readonly number[]) => Math.max(...at.slice(1).map((each, before) => each - (at[before] ?? 0)));

describe("createBudget", () => {
  it("draws thirty a second where somebody watches, and else one", () => {
    const { draws } = spending();
    expect(Math.round(draws(60_000, 0.5).length / 60)).toBe(30);
    expect(draws(60_000, 0.5, false).length).toBeOneOf([59, 60]);
  });

  it.for([3, 20, 60, 100])("spends no more than its share on frames of %i ms", (tookMs) => {
    for (const isWanted of [true, false]) {
      const spent = spending().draws(600_000, tookMs, isWanted).length * tookMs;
      expect(spent / 600_000).toBeLessThan(0.0505); // what was saved before comes on top
    }
  });

  it("spends all of it where more is wanted", () => {
    const spent = spending().draws(600_000, 20).length * 20;
    expect(spent / 600_000).toBeGreaterThan(0.045);
  });

  it("carries no debt: ten minutes of slow frames, or a single one of a minute, slow down the next two seconds alone", () => {
    for (const { forMs, tookMs } of [
      { forMs: 600_000, tookMs: 100 },
      { forMs: 600_000, tookMs: 400 },
      { forMs: 1, tookMs: 60_000 },
    ]) {
      const { draws } = spending();
      draws(forMs, tookMs);
      const [first = Number.NaN] = draws(2_100, 1);
      expect(first).toBeLessThan(2_100);
      expect(draws(10_000, 1).length).toBeGreaterThan(290);
    }
  });

  it("shows something every two seconds, however long it takes", () => {
    expect(gap(spending().draws(600_000, 400))).toBeLessThan(2_500);
  });
});
