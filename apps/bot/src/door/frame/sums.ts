// What a picture adds up over a run, that of before a restart among it: markouts, the fall below the best, what was naked.
import { type Event, weighs } from "@bp/core";
import type { CountedFill } from "@bp/report";
import type { RunState } from "../../session.ts";
import { createMarkouts, type Markouts } from "./markouts.ts";
import { createFall, type Fall } from "./money.ts";
import { createPairs, type PairLimits, type Pairs } from "./pairs.ts";

/** They. */
export interface Sums {
  readonly markouts: Markouts;
  readonly fall: Fall;
  readonly pairs: Pairs;
  /** Told after each event of the run, with the fills that it has brought. */
  step(event: Event, fills: readonly CountedFill[], state: Pick<RunState, "engine" | "tally">): void;
}

/** Of a run that begins. @param limits - of its recipe */
export function createSums(limits: PairLimits): Sums {
  const [markouts, fall, pairs] = [createMarkouts(), createFall(), createPairs(limits)];
  return {
    markouts,
    fall,
    pairs,
    step: (event, fills, { engine: { view }, tally }) => {
      markouts.step(event, fills, view);
      pairs.step(event, view);
      if (weighs(event)) fall.step(tally.equityChange()); // as the rules that halt a run look at it
    },
  };
}
