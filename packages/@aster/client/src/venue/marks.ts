// Marks of the perpetuals as the adapter tells them.
import type { Mark } from "@bp/adapter";
import { millis } from "@bp/core";
import type { MarkPriceUpdate } from "../streams/markPrice.ts";

/** A frame of the mark stream. */
export function markOf({ p: price, i: index, r: fundingRate, T: fundingAt, E }: MarkPriceUpdate): Mark {
  return { price, index, fundingRate, fundingAt: fundingAt ?? 0, venueAt: millis(E) };
}
