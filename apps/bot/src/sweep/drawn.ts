// Whether a search finds points at all: constraints that hardly anything meets are said before anything runs.
import { randomTrials, type Space, type SweepValues } from "@bp/backtest";
import type { BpError } from "@bp/core";
import { invalid } from "../config/complaint.ts";
import { countText } from "./plan.ts";

/** Points of a random search that are looked for at the most: more trials want a yes in any case. */
const mostWanted = 10_000;
/** Draws after which a search that still finds points is let go on: it may find all of them. */
const enoughDraws = 300_000;
/** A space of which so much was drawn is drawn to its end: the last points of a large one are hardly drawn again. */
const nearlyAll = 0.99;
/** Draws between two looks at whoever else wants to be heard. */
const breath = 20_000;
const shownConstraints = 5;
/** Points that a grid looks at within seconds. */
const quickGrid = 1_000_000;

/**
 * Draws the points of a random search as it will, without running one, until it ends or has shown that it finds some. For DIRECT one point will do: where none meets the
 * constraints it divides the space for minutes. A grid sees them all.
 *
 * @param only - the same space with one of its constraints
 * @throws BpError `config/invalid` where the search ends with fewer points than were asked for although the space is not exhausted, or
 *   with none: which constraint, how many were drawn, how many of them met it, and what to do
 */
export async function checkDraws(space: Space, only: (constraint: string) => Space): Promise<void> {
  const { search, trials = 1, constraints, seed, size } = space;
  if (search === "grid" || constraints.length === 0) return;
  const wanted = search === "direct" ? 1 : Math.min(trials, mostWanted);
  const alone = constraints.map((text) => ({ text, space: only(text) }));
  const met = new Map(constraints.map((text) => [text, 0]));
  let [drawn, found, heard] = [0, 0, 0];
  const allows = (values: SweepValues): boolean => {
    drawn += 1;
    let all = true;
    for (const each of alone)
      if (each.space.allows(values)) met.set(each.text, (met.get(each.text) ?? 0) + 1);
      else all = false;
    return all;
  };
  for (const _ of randomTrials({ ...space, allows }, seed, wanted)) {
    found += 1;
    if (drawn > enoughDraws) return;
    if (drawn - heard < breath) continue;
    heard = drawn;
    await new Promise((resolve) => setImmediate(resolve)); // Ctrl+C wants to be heard
  }
  if (found === wanted || (found > 0 && drawn > nearlyAll * size)) return;
  throw hardlyMet(wanted, drawn, found, met);
}

/**
 * What is said of a random search that ended before its number, as very long ones may. `undefined`: it did not.
 *
 * @param points - that it was to try
 * @param trials - that it tried
 */
export function shortDraw({ search, size }: Space, points: number, trials: number): string | undefined {
  if (search !== "random" || trials >= points) return undefined;
  const advice =
    size <= quickGrid
      ? "--search grid tries every one"
      : "loosen the constraints, or narrow the ranges to where they hold";
  return `${countText(trials)} of ${countText(points)} points were found by drawing, the others hardly: ${advice}`;
}

function hardlyMet(wanted: number, drawn: number, found: number, met: ReadonlyMap<string, number>): BpError {
  const rarest = [...met].toSorted(([, a], [, b]) => a - b).slice(0, shownConstraints);
  const each = rarest.map(([text, count]) => `${JSON.stringify(text)} was met by ${countText(count)}`);
  const together = met.size === 1 ? "" : `, all together by ${countText(found)}`;
  const some = found === 0 ? "" : `; --trials ${found} makes those that were found`;
  return invalid(
    "sweep.constraints",
    `${countText(drawn)} points drawn, of which ${each.join(", ")}${together}`,
    wanted === 1 ? "constraints that leave at least one" : `constraints that ${countText(wanted)} points meet`,
    `loosen the constraint that the fewest meet, or narrow the ranges to where it holds${some}`,
  );
}
