// Marks of the perpetuals as the adapter tells them.
import type { Mark } from "@bp/adapter";
import type { MarkPriceUpdate } from "../streams/markPrice.ts";
import { fromMicros, fromMillisOrMicros } from "../wire/time.ts";

/** A frame of the mark stream. */
export function markOf({ p: price, i: index, f: fundingRate, n: next, T }: MarkPriceUpdate): Mark {
  const fundingAt = next === null || next === undefined ? 0 : fromMillisOrMicros(next);
  return { price, index, fundingRate, fundingAt, venueAt: fromMicros(T) };
}
