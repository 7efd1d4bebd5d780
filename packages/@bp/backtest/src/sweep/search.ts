// A search that asks for the points it wants to know: DIRECT, of ml-direct, over the places of a grid.
import direct from "ml-direct";
import { valuesAt } from "./points.ts";
import type { Space } from "./space.ts";
import type { SweepValues } from "./trial.ts";

/** A search, question by question. Equal answers make it ask the same. */
export interface Search {
  /** Points whose scores it wants before it goes on, none of them asked before; empty: it has seen all that it will. */
  ask(): readonly SweepValues[];
  /**
   * Answers all of `ask`, in its order.
   *
   * @param scores - more is better; -Infinity for what is not defined or could not be run
   */
  tell(scores: readonly number[]): void;
}

/** Iterations in a row that may divide the space without a point that is new. */
const idle = 200;

/**
 * Divides rectangles where the score is good or little is known: no seed, no gradient.
 *
 * The library takes a function that answers at once. Each iteration is therefore made twice on the same state: first with no
 * answers, to learn which points it wants (they do not depend on the answers), then with them.
 *
 * @see Jones, Perttunen & Stuckman (1993), Lipschitzian optimization without the Lipschitz constant
 */
export function directSearch(space: Space): Search {
  const low = space.dimensions.map(() => 0);
  const high = space.dimensions.map(() => 1);
  const costs = new Map<string, number>();
  let state: unknown = {};
  let asked: readonly string[] = [];
  let points = new Map<string, SweepValues>();
  let worst: number | undefined;

  const placesAt = (unit: ArrayLike<number>) =>
    space.dimensions.map(({ count }, at) => Math.min(count - 1, Math.max(0, Math.floor((unit[at] ?? 0) * count))));
  /** One iteration. The library writes into the state that it is given. */
  const iterate = (cost: (places: readonly number[]) => number): unknown =>
    direct((unit: ArrayLike<number>) => cost(placesAt(unit)), low, high, {
      iterations: 1,
      initialState: structuredClone(state),
    }).finalState;
  const wanted = () => {
    const missing = new Map<string, SweepValues>();
    iterate((places) => {
      const name = places.join(",");
      if (costs.has(name) || missing.has(name)) return 0;
      missing.set(name, valuesAt(space, places));
      return 0;
    });
    return missing;
  };
  /** Worse than all that was known then; infinity would make the library's slopes no numbers. */
  const penalty = () => (worst === undefined ? 1 : worst + Math.max(1, Math.abs(worst)));
  const settle = (name: string, score: number) => {
    if (Number.isFinite(score)) worst = worst === undefined ? -score : Math.max(worst, -score);
    costs.set(name, Number.isFinite(score) ? -score : penalty());
  };

  return {
    ask: () => {
      for (let turn = 0; turn < idle && costs.size < space.size; turn++) {
        const missing = wanted();
        for (const [name, values] of missing)
          if (!space.allows(values)) {
            settle(name, Number.NEGATIVE_INFINITY);
            missing.delete(name);
          }
        if (missing.size > 0) {
          points = missing;
          asked = [...missing.keys()];
          return [...points.values()];
        }
        state = iterate((places) => costs.get(places.join(",")) ?? penalty());
      }
      return [];
    },
    tell: (scores) => {
      for (const [at, name] of asked.entries()) settle(name, scores[at] ?? Number.NEGATIVE_INFINITY);
      asked = [];
      state = iterate((places) => costs.get(places.join(",")) ?? penalty());
    },
  };
}
