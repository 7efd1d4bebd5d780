// How far the rows of a table are apart, which rows are on no such distance, and where rows are missing.
import type { Reading } from "../file.ts";
import type { GrowingRows, RawRows } from "./rows.ts";

/** Funding stamps come some ms late. */
const second = (ms: number | undefined) => Math.round((ms ?? 0) / 1_000) * 1_000;
/** A distance that so few of all rows have is a mistake of theirs. */
const rare = 0.05;

/** The shortest distance of rows that more than a few have, ms; 0 where there are not two. */
export function usualStep({ ms, count }: RawRows): number {
  const distances = counted(count - 1, (at) => second(ms[at + 1]) - second(ms[at]));
  distances.delete(0);
  const most = Math.max(0, ...distances.values());
  const enough = most === 1 ? 1 : Math.min(most, Math.max(2, rare * (count - 1)));
  let step = Number.POSITIVE_INFINITY;
  for (const [distance, often] of distances) if (often >= enough && distance < step) step = distance;
  return Number.isFinite(step) ? step : 0;
}

/**
 * Takes candles away that begin between two others: their time is wrong.
 *
 * @param step - ms
 * @throws BpError `data/bad-line` as the reading was asked to
 */
export function dropBetween(rows: GrowingRows, step: number, reading: Reading): void {
  if (step === 0) return;
  const { ms, lines } = rows;
  const phases = counted(rows.count, (at) => second(ms[at]) % step);
  const [phase] = [...phases].toSorted((a, b) => b[1] - a[1])[0] ?? [0];
  rows.keep((at) => {
    if (second(ms[at]) % step === phase) return true;
    const moment = new Date(ms[at] ?? 0).toISOString();
    reading.spoilt(`its time, ${moment}, is between two candles of ${step / 1_000} s`, lines[at]);
    return false;
  });
}

/** Counts rows that are missing, and tells of them. @param step - ms; 0: nobody knows */
export function tellMissing({ ms, count }: RawRows, step: number, reading: Reading): void {
  if (step === 0) return;
  let missing = 0;
  let first: number | undefined;
  for (let at = 1; at < count; at++) {
    const between = Math.round((second(ms[at]) - second(ms[at - 1])) / step) - 1;
    if (between <= 0) continue;
    first ??= second(ms[at - 1]);
    reading.gaps += 1;
    missing += between;
  }
  if (missing > 0)
    reading.warnings.push(
      `${missing} rows are missing in ${reading.gaps} places, the first after ${new Date(first ?? 0).toISOString()}`,
    );
}

/** How often each value is there. */
function counted(count: number, of: (at: number) => number): Map<number, number> {
  const values = new Map<number, number>();
  for (let at = 0; at < count; at++) values.set(of(at), (values.get(of(at)) ?? 0) + 1);
  return values;
}
