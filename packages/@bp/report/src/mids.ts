// The mid of one market over time, and what it was when a fill happened and a while later.
import type { Millis } from "@bp/core";

/** Milliseconds after a fill at which a tally looks at the mid again. */
export const horizons = [1_000, 10_000, 60_000] as const;

/** How far back a fill may lie when it reaches us (it may come with a snapshot), in ms. */
const memoryMs = 120_000;
/** How long after its moment a look is taken without a newer book: clocks differ, and books come late. */
const patienceMs = 5_000;

/** Mids in ticks by venue time. */
export interface Mids<T> {
  /** The mid from `at` on; `undefined` while the book is unknown. */
  set(at: Millis, mid: number | undefined): void;
  /** Lets time pass without news of the book. */
  pass(at: Millis): void;
  /**
   * Asks for the mid just before a fill and after each horizon. Each answer comes once, now or later: where the book is
   * unknown at the moment, with the next mid that is known; after the end of the log, never.
   */
  watch(at: Millis, fill: T): void;
  /** The market's tick is another one now: old ticks × ratio are new ones. */
  rescale(ratio: number): void;
  readonly mid: number | undefined;
}

/** Fills that wait for one look, by due: new ones go (nearly) to the end. What lies before `first` was answered. */
interface Row<T> {
  due: number[];
  fills: T[];
  first: number;
}

/**
 * A market whose mid is not known yet.
 *
 * @param after - horizons, ms
 * @param take - told of a fill and a mid: `look` 0 is just before the fill, 1 the first horizon, and so on
 */
export function createMids<T>(after: readonly number[], take: (look: number, fill: T, mid: number) => void): Mids<T> {
  let times: number[] = [];
  let mids: (number | undefined)[] = [];
  let current: number | undefined;
  const rows: readonly Row<T>[] = [0, ...after].map(() => ({ due: [], fills: [], first: 0 }));
  /** No wish is due before this. */
  let earliest = Number.POSITIVE_INFINITY;

  const grant = (until: number, mid: number) => {
    if (earliest >= until) return;
    earliest = Number.POSITIVE_INFINITY;
    for (let look = 0; look < rows.length; look++) {
      const row = rows[look];
      if (row === undefined) continue;
      const { due, fills } = row;
      while (row.first < due.length && (due[row.first] ?? 0) < until) {
        const fill = fills[row.first];
        row.first += 1;
        if (fill !== undefined) take(look, fill, mid);
      }
      if (row.first > 64 && row.first * 2 > due.length) {
        row.due = due.slice(row.first);
        row.fills = fills.slice(row.first);
        row.first = 0;
      }
      earliest = Math.min(earliest, row.due[row.first] ?? Number.POSITIVE_INFINITY);
    }
  };
  const wish = (row: Row<T>, due: number, fill: T) => {
    let at = row.due.length;
    while (at > row.first && (row.due[at - 1] ?? 0) > due) at -= 1;
    if (at === row.due.length) {
      row.due.push(due);
      row.fills.push(fill);
    } else {
      row.due.splice(at, 0, due);
      row.fills.splice(at, 0, fill);
    }
    earliest = Math.min(earliest, due);
  };
  const found = (moment: number): number | undefined => {
    for (let at = times.length - 1; at >= 0; at--) if ((times[at] ?? 0) <= moment) return mids[at];
    return undefined;
  };

  return {
    get mid() {
      return current;
    },
    set: (at, mid) => {
      const last = times.at(-1) ?? 0;
      const moment = at < last ? last : at;
      if (current !== undefined) grant(moment, current); // it was in effect until now
      if (mid === current) return;
      current = mid;
      times.push(moment);
      mids.push(mid);
      if (times.length > 4_096 || moment - (times[0] ?? moment) > 2 * memoryMs) {
        const from = times.findIndex((each) => each >= moment - memoryMs);
        const cut = Math.max(from, times.length - 2_048);
        times = times.slice(cut);
        mids = mids.slice(cut);
      }
    },
    pass: (at) => {
      if (current !== undefined) grant(at - patienceMs, current);
    },
    watch: (at, fill) => {
      const newest = times.at(-1);
      for (let look = 0; look < rows.length; look++) {
        const row = rows[look];
        if (row === undefined) continue;
        const due = look === 0 ? at : at + (after[look - 1] ?? 0);
        // a mid of the past if it is known, otherwise the one in effect when `due` has passed
        const known =
          look === 0 ? (found(at - 1) ?? current) : newest !== undefined && newest > due ? found(due) : undefined;
        if (known === undefined) wish(row, due, fill);
        else take(look, fill, known);
      }
    },
    rescale: (ratio) => {
      if (current !== undefined) current *= ratio;
      mids = mids.map((mid) => (mid === undefined ? undefined : mid * ratio));
    },
  };
}
