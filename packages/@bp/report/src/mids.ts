// The mid of one market over time, and what it was when a fill happened and a while later.
import type { Millis } from "@bp/core";

/** Milliseconds after a fill at which the mid is looked at again. */
export const horizons = [1_000, 10_000, 60_000] as const;

/** How far back a fill may lie when it reaches us (it may come with a snapshot), in ms. */
const memoryMs = 120_000;
/** How long after its moment a look is taken without a newer book: clocks differ, and books come late. */
const patienceMs = 5_000;

interface Wish {
  readonly due: number;
  readonly take: (mid: number) => void;
}

/** Mids in ticks by venue time. */
export interface Mids {
  /** The mid from `at` on; `undefined` while the book is unknown. */
  set(at: Millis, mid: number | undefined): void;
  /** Lets time pass without news of the book. */
  pass(at: Millis): void;
  /**
   * Asks for the mid just before a fill and after each horizon. Each answer comes once, now or later: where the book is
   * unknown at the moment, with the next mid that is known; after the end of the log, never.
   */
  watch(at: Millis, before: (mid: number) => void, later: (horizon: number, mid: number) => void): void;
  readonly mid: number | undefined;
}

/** A market whose mid is not known yet. */
export function createMids(): Mids {
  let times: number[] = [];
  let mids: (number | undefined)[] = [];
  let current: number | undefined;
  /** One row for each horizon and one for the fill itself, each by due: new wishes go (nearly) to the end. */
  const rows: readonly Wish[][] = [[], ...horizons.map(() => [])];

  const grant = (until: number, mid: number) => {
    for (const row of rows) {
      if ((row[0]?.due ?? until) >= until) continue;
      let granted = 0;
      for (const wish of row) {
        if (wish.due >= until) break;
        wish.take(mid);
        granted += 1;
      }
      row.splice(0, granted);
    }
  };
  const wish = (row: Wish[], due: number, take: (mid: number) => void) => {
    let at = row.length;
    while (at > 0 && (row[at - 1]?.due ?? 0) > due) at -= 1;
    row.splice(at, 0, { due, take });
  };
  const found = (moment: number): number | undefined => {
    for (let at = times.length - 1; at >= 0; at--) if ((times[at] ?? 0) <= moment) return mids[at];
    return undefined;
  };
  /** A mid of the past if it is known, otherwise the one in effect when `due` has passed. */
  const ask = (row: Wish[], due: number, take: (mid: number) => void) => {
    const newest = times.at(-1);
    const known = newest !== undefined && newest > due ? found(due) : undefined;
    if (known === undefined) wish(row, due, take);
    else take(known);
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
    watch: (at, before, later) => {
      const [first = [], ...others] = rows;
      const earlier = found(at - 1) ?? current;
      if (earlier === undefined) wish(first, at, before);
      else before(earlier);
      for (const [index, horizon] of horizons.entries())
        ask(others[index] ?? [], at + horizon, (mid) => later(horizon, mid));
    },
  };
}
