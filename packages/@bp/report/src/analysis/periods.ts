// Equity by the calendar, in UTC.
import type { Samples } from "./sampler.ts";
import type { Period } from "./tables.ts";

/** What was traded on one day. */
export interface DayTraded {
  fills: number;
  volume: number;
  fees: number;
}

const dayMs = 86_400_000;

/** `2026-11-20` of a day's number since 1970. */
const nameOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** One row a day, from the day of the first sample to that of the last. @param traded - by the day's number since 1970 */
export function daysOf(samples: Samples, capital: number, traded: ReadonlyMap<number, DayTraded>): readonly Period[] {
  const { at, earned } = samples;
  const ends = new Map<number, number>(); // what was earned at the end of each day
  for (let row = 1; row < at.length; row++) ends.set(Math.floor(((at[row] ?? 0) - 1) / dayMs), earned[row] ?? 0);
  for (const day of traded.keys()) if (!ends.has(day)) ends.set(day, Number.NaN); // the venue's clock is another one
  let before = earned[0] ?? 0;
  return [...ends]
    .toSorted(([a], [b]) => a - b)
    .map(([day, value]) => {
      const end = Number.isNaN(value) ? before : value;
      const period = { period: nameOfDay(day), ...change(before, end, capital), ...(traded.get(day) ?? idle) };
      before = end;
      return period;
    });
}

const idle: Readonly<DayTraded> = { fills: 0, volume: 0, fees: 0 };

/** Days put together. @param keyOf - of a day's name */
export function joined(days: readonly Period[], keyOf: (day: string) => string): readonly Period[] {
  const groups = new Map<string, Period>();
  for (const day of days) {
    const key = keyOf(day.period);
    const sum = groups.get(key);
    groups.set(key, {
      period: key,
      profit: (sum?.profit ?? 0) + day.profit,
      return: sum === undefined ? day.return : both(sum.return, day.return),
      fills: (sum?.fills ?? 0) + day.fills,
      volume: (sum?.volume ?? 0) + day.volume,
      fees: (sum?.fees ?? 0) + day.fees,
    });
  }
  return [...groups.values()];
}

/** The Monday that a day's week begins with. */
export function weekOf(day: string): string {
  const at = Date.parse(day);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10);
}

function both(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : (1 + a) * (1 + b) - 1;
}

function change(before: number, end: number, capital: number): Pick<Period, "profit" | "return"> {
  const start = capital + before;
  return { profit: end - before, return: capital > 0 && start > 0 ? (end - before) / start : null };
}
