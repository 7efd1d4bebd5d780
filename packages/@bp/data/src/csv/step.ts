// How far the rows of a table are apart, and where rows are missing.
import type { Reading } from "../file.ts";
import type { RawRows } from "./rows.ts";

/** The shortest distance of two rows, ms; rows that are missing are counted and told. 0 where there are not two. */
export function stepOfRows({ ms, count }: RawRows, reading: Reading): number {
  const second = (at: number) => Math.round((ms[at] ?? 0) / 1_000) * 1_000; // funding stamps come some ms late
  let step = Number.POSITIVE_INFINITY;
  for (let at = 1; at < count; at++) step = Math.min(step, second(at) - second(at - 1));
  if (!Number.isFinite(step) || step <= 0) return 0;
  let missing = 0;
  let first: number | undefined;
  for (let at = 1; at < count; at++) {
    const between = Math.round((second(at) - second(at - 1)) / step) - 1;
    if (between <= 0) continue;
    first ??= second(at - 1);
    reading.gaps += 1;
    missing += between;
  }
  if (missing > 0)
    reading.warnings.push(
      `${missing} rows are missing in ${reading.gaps} places, the first after ${new Date(first ?? 0).toISOString()}`,
    );
  return step;
}
