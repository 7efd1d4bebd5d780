// The points of a space, in order or drawn, one at a time: nothing holds ten million of them.
import { random } from "@bp/core";
import type { Space } from "./space.ts";
import type { SweepValue, SweepValues } from "./trial.ts";

/** Draws in a row that the constraints may refuse before the space is taken to be empty or exhausted. */
const patience = 100_000;

/** The values of a place on each dimension. */
export function valuesAt({ dimensions }: Space, places: readonly number[]): SweepValues {
  const values: Record<string, SweepValue> = {};
  for (const [place, dimension] of dimensions.entries()) values[dimension.path] = dimension.at(places[place] ?? 0);
  return values;
}

/** Every point that the constraints allow; the last dimension changes quickest. */
export function* gridTrials(space: Space): Generator<SweepValues, void> {
  const places = space.dimensions.map(() => 0);
  for (;;) {
    const values = valuesAt(space, places);
    if (space.allows(values)) yield values;
    let at = places.length - 1;
    for (; at >= 0; at--) {
      const next = (places[at] ?? 0) + 1;
      if (next < (space.dimensions[at]?.count ?? 0)) {
        places[at] = next;
        break;
      }
      places[at] = 0;
    }
    if (at < 0) return;
  }
}

/**
 * Points drawn without putting back, each as likely as any other; the same seed draws the same ones in the same order.
 *
 * @param count - at most so many: fewer where the constraints allow fewer
 */
export function* randomTrials(space: Space, seed: number, count: number): Generator<SweepValues, void> {
  const chance = random(seed);
  const seen = new Set<string>();
  let misses = 0;
  for (let given = 0; given < count && misses < patience && seen.size < space.size; ) {
    const places = space.dimensions.map((dimension) => chance.whole(0, dimension.count - 1));
    const name = places.join(",");
    misses += 1;
    if (seen.has(name)) continue;
    seen.add(name);
    const values = valuesAt(space, places);
    if (!space.allows(values)) continue;
    misses = 0;
    given += 1;
    yield values;
  }
}

/** How many points there are. */
export interface Counted {
  readonly points: number;
  /** Whether the constraints were heard; else it is the most that they leave. */
  readonly exact: boolean;
}

const mostCounted = 200_000;

/** Counts the points of a grid; of a large one only without its constraints. */
export function countPoints(space: Space): Counted {
  if (space.constraints.length === 0) return { points: space.size, exact: true };
  if (space.size > mostCounted) return { points: space.size, exact: false };
  let points = 0;
  for (const _ of gridTrials(space)) points += 1;
  return { points, exact: true };
}
