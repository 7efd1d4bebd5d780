// GET /api/v1/depth: the order book.

import { levels, wholeNumber } from "@bp/adapter";
import * as z from "zod";
import { microseconds } from "../../wire/time.ts";
import type { Endpoint } from "../endpoint.ts";

/** A book. **Both sides ascend by price**: the best bid is the last one, the best ask the first. */
export const depthAnswer = z.object({
  bids: levels,
  asks: levels,
  lastUpdateId: wholeNumber, // text on the wire; same sequence as `U` and `u` of the depth stream
  timestamp: microseconds, // engine time, µs
});
/** An order book at one moment. Best bid is the last of `bids`, best ask the first of `asks`. */
export type Depth = z.infer<typeof depthAnswer>;

/** Which book, and how deep. */
export const depthParams = z.strictObject({
  symbol: z.string().min(1),
  /** Levels a side. The venue's default has changed before: say it. */
  limit: z.union([5, 10, 20, 50, 100, 500, 1000].map((each) => z.literal(each))).optional(),
});
/** Parameters of `rest.markets.depth`. */
export type DepthParams = z.infer<typeof depthParams>;

/**
 * `GET /api/v1/depth`, public, not cached. It may be behind or ahead of the depth stream: see `createDepthSync` in @bp/core.
 *
 * @see https://docs.backpack.exchange/#tag/Markets/operation/get_depth
 */
export const depth: Endpoint<DepthParams, Depth> = {
  method: "GET",
  path: "/api/v1/depth",
  params: depthParams,
  answer: depthAnswer,
  lane: "read",
};
