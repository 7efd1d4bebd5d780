// How much a sweep is, before it begins.
import { countPoints, type Fold, type Space } from "@bp/backtest";
import { BpError } from "@bp/core";

/** How much it is. */
export interface Amount {
  /** Points of one part of the data, at the most. */
  readonly points: number;
  /** Whether there may be fewer: the constraints of a large grid are heard as it goes. */
  readonly exact: boolean;
  /** Trials of all parts together, those of values that were chosen included. */
  readonly trials: number;
}

/** A search that chooses for itself stops here unless it is told how many. */
const usualSearch = 300;
/** More trials, or a longer time (ms), want a yes. */
const mostTrials = 10_000;
const mostMs = 3_600_000;

/**
 * Counts.
 *
 * @param folds - what values are chosen on, and tested on
 * @param top - how many are tested where there is one fold; of several only the first of each
 * @throws BpError `config/invalid` for a space without a point
 */
export function amountOf(space: Space, folds: readonly Fold[], top: number): Amount {
  const { points: all, exact } = countPoints(space);
  if (all === 0)
    throw new BpError("config/invalid", {
      path: "sweep.constraints",
      found: `${space.size} points, none of which they allow`,
      expected: "constraints that leave at least one",
    });
  const wanted = space.trials ?? (space.search === "direct" ? usualSearch : all);
  const points = Math.min(all, wanted);
  const tested =
    folds.filter(({ test }) => test !== undefined).length * (folds.length === 1 ? Math.min(top, points) : 1);
  return { points, exact: exact || points < all, trials: points * folds.length + tested };
}

/**
 * Refuses what is more than a person may have meant.
 *
 * @param msEach - of one trial as it was measured
 * @param hands - how many are made at once
 * @throws BpError `config/conflict` with the numbers, and what to do
 */
export function checkAmount({ trials, exact }: Amount, msEach: number, hands: number, isYes: boolean): void {
  const ms = (trials * msEach) / hands;
  if (isYes || (trials <= mostTrials && ms <= mostMs)) return;
  throw new BpError("config/conflict", {
    what: `${exact ? "" : "up to "}${countText(trials)} trials of about ${durationText(msEach)} each would take about ${durationText(ms)}, ${hands} at once`,
    hint: "say --yes to do it all the same, --search random --trials 1000 for a part of them, or make the ranges coarser",
  });
}

/** A count as a person reads it. */
export const countText = (count: number): string =>
  count < 1e15 ? String(count).replace(/\B(?=(\d{3})+$)/g, ",") : count.toExponential(1);

/** A time as a person reads it, from ms to years. */
export function durationText(ms: number): string {
  const units: readonly (readonly [number, string])[] = [
    [31_557_600_000, "years"],
    [86_400_000, "days"],
    [3_600_000, "hours"],
    [60_000, "minutes"],
    [1_000, "s"],
  ];
  const [size, name] = units.find(([each]) => ms >= 2 * each) ?? [1, "ms"];
  const count = ms / size;
  return `${count < 10 && size > 1 ? count.toFixed(1) : countText(Math.round(count))} ${name}`;
}
