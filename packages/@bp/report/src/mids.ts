// The mid of one market over time, and what it was when a fill happened and a while later.
import type { Millis } from "@bp/core";

/** Milliseconds after a fill at which a tally looks at the mid again. */
export const markoutHorizons = [1_000, 10_000, 60_000] as const;

/** How far back a fill may lie when it reaches us (it may come with a snapshot), in ms. */
const memoryMs = 120_000;
/**
 * How long after its moment a look is taken without a newer book, for clocks differ and books come late; and with the first book
 * after a time in which none was known. Beyond that nobody knows what it was then.
 */
const patienceMs = 5_000;

/** Mids in ticks by venue time. */
export interface Mids<T> {
  /** The mid from `at` on; `undefined` while the book is unknown. */
  set(at: Millis, mid: number | undefined): void;
  /** Lets time pass without news of the book. */
  pass(at: Millis): void;
  /**
   * Asks for the mid just before a fill and after each horizon. Each answer comes once, now or later: where the book is
   * unknown at the moment, with the next mid that is known, unless that comes more than 5 s later: then without one, 10 s later
   * also where no book comes at all. What the end of the log leaves open is never answered.
   */
  watch(at: Millis, fill: T): void;
  /** The market's tick is another one now: old ticks × ratio are new ones. */
  rescale(ratio: number): void;
  /** Now; `undefined` while it is not known. */
  readonly mid: number | undefined;
}

/** Fills that wait for one look and came out of order, by due. What lies before `first` was answered. */
interface Row<T> {
  due: number[];
  fills: T[];
  first: number;
}

/**
 * A market whose mid is not known yet.
 *
 * @param after - horizons, ms, the shortest first
 * @param take - told of a fill and a mid: `look` 0 is just before the fill, 1 the first horizon, and so on, of one fill in this
 *   order; `undefined`: nobody will know what it was then
 */
export function createMids<T>(
  after: readonly number[],
  take: (look: number, fill: T, mid: number | undefined) => void,
): Mids<T> {
  let times: number[] = [];
  let mids: number[] = []; // NaN: not known
  let current = Number.NaN;
  const waits = [0, ...after];
  const all = 2 ** waits.length - 1;
  // Fills in order, which wait for all looks in one line: each look has its place in it. `answers` has a bit for each look.
  let dates: number[] = [];
  let line: T[] = [];
  let answers: number[] = [];
  const places = waits.map(() => 0);
  const late: readonly Row<T>[] = waits.map(() => ({ due: [], fills: [], first: 0 }));
  /** No wish is due before this. */
  let earliest = Number.POSITIVE_INFINITY;

  const give = (look: number, fill: T, mid: number) => {
    take(look, fill, Number.isNaN(mid) ? undefined : mid);
  };
  /** All that is due before `until` is answered; with NaN, given up. */
  const grant = (until: number, mid: number) => {
    if (earliest >= until) return;
    earliest = Number.POSITIVE_INFINITY;
    for (let look = 0; look < waits.length; look++) {
      const wait = waits[look] ?? 0;
      let place = places[look] ?? 0;
      for (; place < line.length && (dates[place] ?? 0) + wait < until; place++) {
        const fill = line[place];
        if (fill !== undefined && ((answers[place] ?? 0) & (1 << look)) === 0) give(look, fill, mid);
      }
      places[look] = place;
      if (place < line.length) earliest = Math.min(earliest, (dates[place] ?? 0) + wait);
      const row = late[look];
      if (row !== undefined && row.first < row.due.length) grantLate(row, look, until, mid);
    }
    const done = places.at(-1) ?? 0; // the longest look is the last one to be answered
    if (done > 64 && done * 2 > line.length) {
      dates = dates.slice(done);
      line = line.slice(done);
      answers = answers.slice(done);
      for (let look = 0; look < places.length; look++) places[look] = (places[look] ?? done) - done;
    }
  };
  const grantLate = (row: Row<T>, look: number, until: number, mid: number) => {
    const { due, fills } = row;
    while (row.first < due.length && (due[row.first] ?? 0) < until) {
      const fill = fills[row.first];
      row.first += 1;
      if (fill !== undefined) give(look, fill, mid);
    }
    if (row.first > 64 && row.first * 2 > due.length) {
      row.due = due.slice(row.first);
      row.fills = fills.slice(row.first);
      row.first = 0;
    }
    earliest = Math.min(earliest, row.due[row.first] ?? Number.POSITIVE_INFINITY);
  };
  const wish = (row: Row<T>, due: number, fill: T) => {
    let at = row.due.length;
    while (at > row.first && (row.due[at - 1] ?? 0) > due) at -= 1;
    row.due.splice(at, 0, due);
    row.fills.splice(at, 0, fill);
  };
  /** In effect at a moment, or where none was known then, the next one: NaN where that came too late, `undefined` while it is to come. */
  const found = (moment: number): number | undefined => {
    for (let at = times.length - 1; at >= 0; at--) {
      if ((times[at] ?? 0) > moment) continue;
      const mid = mids[at] ?? Number.NaN;
      if (!Number.isNaN(mid)) return mid;
      return (times[at + 1] ?? moment) - moment > patienceMs ? Number.NaN : mids[at + 1];
    }
    return (times[0] ?? moment) - moment > patienceMs ? Number.NaN : mids[0]; // from before all that is remembered
  };
  /** A mid of the past: the one in effect when `due` has passed. NaN: nobody knows it; `undefined`: it is to be waited for. */
  const knownAt = (due: number, look: number): number | undefined => {
    if (look > 0) return (times[times.length - 1] ?? 0) > due ? found(due) : undefined;
    return found(due - 1) ?? (Number.isNaN(current) ? undefined : current);
  };

  const market: Mids<T> & { mid: number | undefined } = {
    mid: undefined,
    set: (at, told) => {
      const mid = told ?? Number.NaN;
      const last = times[times.length - 1] ?? 0;
      const moment = at < last ? last : at;
      if (!Number.isNaN(current))
        grant(moment, current); // it was in effect until now
      else if (told !== undefined) grant(moment - patienceMs, Number.NaN);
      if (mid === current || (Number.isNaN(mid) && Number.isNaN(current))) return;
      current = mid;
      market.mid = told;
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
      // A book that still comes for a moment within patience of now is itself too late for what was due more than patience before that.
      grant(at - (Number.isNaN(current) ? 2 * patienceMs : patienceMs), current);
    },
    watch: (at, fill) => {
      const inOrder = line.length === 0 || at >= (dates[line.length - 1] ?? 0);
      let answered = 0;
      for (let look = 0; look < waits.length; look++) {
        const due = at + (waits[look] ?? 0);
        const known = knownAt(due, look);
        const row = late[look];
        if (known !== undefined) {
          answered |= 1 << look;
          give(look, fill, known);
        } else {
          if (due < earliest) earliest = due;
          if (!inOrder && row !== undefined) wish(row, due, fill);
        }
      }
      if (!inOrder || answered === all) return;
      dates.push(at);
      line.push(fill);
      answers.push(answered);
    },
    rescale: (ratio) => {
      current *= ratio;
      if (market.mid !== undefined) market.mid = current;
      mids = mids.map((mid) => mid * ratio);
    },
  };
  return market;
}
