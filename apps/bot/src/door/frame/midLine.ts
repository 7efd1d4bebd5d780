// The mid of one market over time, for whoever waits to know what it is a while after a moment of the past.

/** Mids by the venue's time, and those who wait for one. */
export interface MidLine<T> {
  /** The mid from `at` on; `undefined`: not known. */
  set(at: number, mid: number | undefined): void;
  /** Time passes without news of the book. @param at - our clock */
  pass(at: number): void;
  /** Asks for the mid at each wait after a moment; where it is not known then, for the next one that is. */
  watch(at: number, what: T): void;
}

/** How long after its moment a wait is over without a newer book, ms: clocks differ, and books come late. */
const patienceMs = 5_000;
/** Most that wait, and most mids of the past: an answer that never comes must not fill the memory. */
const most = 4_096;

interface Waiting<T> {
  readonly due: number;
  readonly what: T;
}

/** @param waits - ms; @param take - told once for each wait: its place, what waited, and the mid */
export function createMidLine<T>(
  waits: readonly number[],
  take: (look: number, what: T, mid: number) => void,
): MidLine<T> {
  const rows: readonly Waiting<T>[][] = waits.map(() => []);
  let past: { readonly at: number; readonly mid: number | undefined }[] = [];
  let current: number | undefined;
  /** Nothing is due before it. */
  let earliest = Number.POSITIVE_INFINITY;

  const grant = (until: number, mid: number) => {
    if (earliest >= until) return;
    earliest = Number.POSITIVE_INFINITY;
    for (const [look, row] of rows.entries()) {
      let count = 0;
      for (const { due, what } of row) {
        if (due >= until) break;
        take(look, what, mid);
        count += 1;
      }
      if (count > 0) row.splice(0, count);
      earliest = Math.min(earliest, row[0]?.due ?? Number.POSITIVE_INFINITY);
    }
  };
  /** What was in effect at a moment, if a later mid was told already. */
  const known = (moment: number): number | undefined => {
    if ((past.at(-1)?.at ?? 0) <= moment) return undefined;
    return past.findLast(({ at }) => at <= moment)?.mid;
  };
  return {
    set: (told, mid) => {
      const at = Math.max(told, past.at(-1)?.at ?? 0);
      if (current !== undefined) grant(at, current); // it was in effect until now
      if (mid === current) return;
      current = mid;
      past.push({ at, mid });
      if (past.length > most) past = past.slice(most / 2);
    },
    pass: (at) => {
      if (current !== undefined) grant(at - patienceMs, current);
    },
    watch: (at, what) => {
      for (const [look, row] of rows.entries()) {
        const due = at + (waits[look] ?? 0);
        const mid = known(due);
        if (mid !== undefined) {
          take(look, what, mid);
          continue;
        }
        const place = row.findLastIndex((each) => each.due <= due) + 1;
        row.splice(place, 0, { due, what });
        if (row.length > most) row.shift();
        earliest = Math.min(earliest, due);
      }
    },
  };
}
