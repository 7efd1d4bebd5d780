// How far the rows of a table are apart, which rows are on no such distance, and where rows are missing.
import type { Reading } from "../file.ts";
import type { GrowingRows, RawRows } from "./rows.ts";

/** Funding stamps come some ms late. */
const second = (ms: number | undefined) => Math.round((ms ?? 0) / 1_000) * 1_000;
/** A distance that so few of all rows have is a mistake of theirs. */
const rare = 0.05;

/** The distance of the rows, ms; rows that are missing are counted and told. 0 where there are not two. */
export function stepOfRows(rows: RawRows, reading: Reading): number {
  const step = usualStep(rows);
  if (step === 0) return 0;
  const { ms, count } = rows;
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
  return step;
}

/**
 * Takes candles away that begin between two others: their time is wrong.
 *
 * @throws BpError `data/bad-line` as the reading was asked to
 */
export function dropBetween(rows: GrowingRows, reading: Reading): void {
  const step = usualStep(rows);
  if (step === 0) return;
  const { ms, lines } = rows;
  const here = reading.line;
  const phase = usual(rows.count, (at) => second(ms[at]) % step)?.value ?? 0;
  rows.keep((at) => {
    if (second(ms[at]) % step === phase) return true;
    reading.line = lines[at] ?? here;
    reading.spoilt(`its time, ${new Date(ms[at] ?? 0).toISOString()}, is between two candles of ${step / 1_000} s`);
    return false;
  });
  reading.line = here;
}

/** The shortest distance that more than a few have; 0 where there are not two rows. */
function usualStep({ ms, count }: RawRows): number {
  const distances = new Map<number, number>();
  for (let at = 1; at < count; at++) {
    const distance = second(ms[at]) - second(ms[at - 1]);
    if (distance > 0) distances.set(distance, (distances.get(distance) ?? 0) + 1);
  }
  const enough = Math.max(0, ...distances.values()) === 1 ? 1 : Math.max(2, rare * (count - 1));
  let step = Number.POSITIVE_INFINITY;
  for (const [distance, often] of distances) if (often >= enough && distance < step) step = distance;
  return Number.isFinite(step) ? step : (usual(count - 1, (at) => second(ms[at + 1]) - second(ms[at]))?.value ?? 0);
}

/** The value that most have. */
function usual(count: number, of: (at: number) => number): { readonly value: number } | undefined {
  const values = new Map<number, number>();
  for (let at = 0; at < count; at++) values.set(of(at), (values.get(of(at)) ?? 0) + 1);
  const [most] = [...values].toSorted((a, b) => b[1] - a[1]);
  return most === undefined ? undefined : { value: most[0] };
}
