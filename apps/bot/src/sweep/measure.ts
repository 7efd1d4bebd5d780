// One trial before all others: how long a sweep will take is known before it begins.
import { directSearch, gridTrials, randomTrials, type Space, type SweepPart, type SweepValues } from "@bp/backtest";
import type { OpenSweep } from "@bp/journal";
import { invalid } from "../config/complaint.ts";
import type { Executor } from "./executor.ts";
import { countText } from "./plan.ts";
import { type Spec, trialOf } from "./spec.ts";

/** What it showed. */
export interface Measured {
  /** How long it took, ms. */
  readonly ms: number;
  /** Why it failed; `undefined`: it did not. */
  readonly failed: string | undefined;
  /** Whether it was made now; else it was known. */
  readonly isNew: boolean;
}

/**
 * Makes the first trial of a sweep, or takes what is known of it. It is kept: nothing is made for nothing.
 *
 * @throws BpError `config/invalid` where the search finds no point that the constraints allow
 */
export async function measureFirst(
  space: Space,
  spec: Spec,
  part: SweepPart,
  kept: OpenSweep,
  executor: Executor,
): Promise<Measured> {
  const values = firstOf(space);
  if (values === undefined) throw nothingMet(space);
  const trial = trialOf(spec, values, part);
  const known = kept.take(trial.key);
  if (known !== undefined) return { ms: known.ms, failed: known.failed, isNew: false };
  const made = await executor.run(trial);
  kept.put([{ ...trial, ...made }]);
  return { ms: made.ms, failed: made.failed, isNew: true };
}

function nothingMet({ constraints, search, size }: Space) {
  return invalid(
    "sweep.constraints",
    `${constraints.map((each) => JSON.stringify(each)).join(", ")}: met by none of the points that ${search} looked at, of ${countText(size)}`,
    "constraints that leave at least one",
    "loosen them, or narrow the ranges to where they hold",
  );
}

function firstOf(space: Space): SweepValues | undefined {
  const points =
    space.search === "grid"
      ? gridTrials(space)
      : space.search === "random"
        ? randomTrials(space, space.seed, 1)
        : directSearch(space).ask();
  for (const values of points) return values;
  return undefined;
}
