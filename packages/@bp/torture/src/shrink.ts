// The shortest list of faults that still breaks the same promise.
import type { Fault } from "./fault.ts";
import { type Outcome, planOf, type TrialOptions, tryIt } from "./trial.ts";

/** A violation made as small as it gets. */
export interface Shrunk {
  /** Places of the faults that are left in the plan of the seed, from 0. */
  readonly kept: readonly number[];
  readonly outcome: Outcome;
  readonly trials: number;
}

/**
 * Leaves out faults as long as the same invariant breaks: halves first, then single ones (delta debugging).
 *
 * @param mostTrials - how many trials it may cost; default 100
 * @see Zeller & Hildebrandt (2002), Simplifying and isolating failure-inducing input
 */
export function shrink(options: Omit<TrialOptions, "plan">, invariant: number, mostTrials = 100): Shrunk {
  const whole = planOf(options);
  const { watch: _, ...quiet } = options;
  let trials = 0;
  const breaks = (kept: readonly number[]): Outcome | undefined => {
    if (trials >= mostTrials) return undefined;
    trials += 1;
    const outcome = tryIt({ ...quiet, plan: at(whole, kept) });
    return outcome.violations.some((each) => each.invariant === invariant) ? outcome : undefined;
  };
  let kept: readonly number[] = whole.map((_each, index) => index);
  let outcome = breaks(kept) ?? tryIt({ ...quiet, plan: whole });
  let parts = 2;
  while (kept.length > 0 && parts <= Math.max(2, kept.length)) {
    const size = Math.ceil(kept.length / parts);
    let smaller: readonly number[] | undefined;
    for (let from = 0; from < kept.length; from += size) {
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      const found = breaks(rest);
      if (found === undefined) continue;
      smaller = rest;
      outcome = found;
      break;
    }
    if (smaller === undefined) {
      if (parts >= kept.length) break;
      parts = Math.min(kept.length, parts * 2);
    } else {
      kept = smaller;
      parts = Math.max(2, parts - 1);
    }
  }
  return { kept, outcome, trials };
}

/** The faults at these places. */
export function at(plan: readonly Fault[], places: readonly number[]): readonly Fault[] {
  return plan.filter((_, index) => places.includes(index));
}
