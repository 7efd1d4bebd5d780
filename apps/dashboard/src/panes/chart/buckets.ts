// Points put into spans of equal length: candles of the mid, and the last value of the rest; a span with nothing stays a gap.
import type { Point } from "./points.ts";

/** One span. Left out: nothing was known in it. */
export interface Bucket {
  /** Its beginning, seconds since 1970. */
  readonly time: number;
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly close?: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly position?: number;
  readonly net?: number;
}

/** How much of the time is shown: its name, its length and that of a span, in seconds; `all` has what there is. */
export const ranges = [
  { name: "15m", seconds: 900, step: 2 },
  { name: "1h", seconds: 3_600, step: 6 },
  { name: "6h", seconds: 21_600, step: 30 },
  { name: "24h", seconds: 86_400, step: 120 },
  { name: "all", seconds: Number.POSITIVE_INFINITY, step: 0 },
] as const;

/** The name of one. */
export type RangeName = (typeof ranges)[number]["name"];

const steps = [2, 6, 30, 120, 600, 1_800, 7_200, 28_800, 86_400];

/** How long a span is, in seconds: never more than about a thousand of them. */
export function stepOf(name: RangeName, points: readonly Point[]): number {
  const step = ranges.find((range) => range.name === name)?.step ?? 0;
  if (step > 0) return step;
  const length = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  return steps.find((each) => length / each <= 1_000) ?? 86_400;
}

/** @param from - seconds since 1970: what is older is left out */
export function bucketsOf(points: readonly Point[], step: number, from: number): readonly Bucket[] {
  const buckets: Bucket[] = [];
  for (let index = firstAt(points, from); index < points.length; index++) {
    const point = points[index];
    if (point === undefined) break;
    const time = Math.floor(point.at / step) * step;
    const last = buckets.at(-1);
    if (last?.time === time) {
      buckets[buckets.length - 1] = withPoint(last, point);
      continue;
    }
    const missing = last === undefined ? 0 : Math.min(2_000, (time - last.time) / step - 1);
    for (let gap = missing; gap > 0; gap--) buckets.push({ time: time - gap * step });
    buckets.push(withPoint({ time }, point));
  }
  return buckets;
}

/** The span of the newest point alone. */
export function lastBucket(points: readonly Point[], step: number): Bucket | undefined {
  const newest = points.at(-1)?.at;
  return newest === undefined ? undefined : bucketsOf(points, step, Math.floor(newest / step) * step).at(-1);
}

function firstAt(points: readonly Point[], from: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function withPoint(bucket: Bucket, { mid, bid, ask, position, net }: Point): Bucket {
  const candle =
    mid === null
      ? {}
      : {
          open: bucket.open ?? mid,
          high: Math.max(bucket.high ?? mid, mid),
          low: Math.min(bucket.low ?? mid, mid),
          close: mid,
        };
  return {
    ...bucket,
    ...candle,
    ...(bid === null ? {} : { bid }),
    ...(ask === null ? {} : { ask }),
    ...(position === null ? {} : { position }),
    ...(net === null ? {} : { net }),
  };
}
