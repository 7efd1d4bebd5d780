// The order book of REST, equal in both services.
import { levels, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { wholeOrNull } from "./shapes.ts";

/** A book at one moment. Bids descend by price and asks ascend: **the best one is the first on both sides**. */
export const depthAnswer = z.object({
  lastUpdateId: wholeNumber, // same sequence as `U`, `u` and `pu` of the depth stream
  E: wholeOrNull, // when it was sent, ms
  T: wholeOrNull, // engine time, ms
  bids: levels, // price, size
  asks: levels,
});
/** An order book: the best level is the first on both sides, prices quote per base, sizes base. */
export type Depth = z.infer<typeof depthAnswer>;

/** Depths that may be asked for. */
export const depthLimit = z.union([5, 10, 20, 50, 100, 500, 1000].map((each) => z.literal(each))).optional();

/** What a depth of so many levels costs. */
export function depthWeight(limit: number): number {
  return limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20;
}
