// GET /api/v3/depth: the order book.
import * as z from "zod";
import { type Depth, depthAnswer, depthLimit, depthWeight } from "../../../wire/depth.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { symbolParam } from "../../params.ts";

/** Which book, and how deep: 100 levels a side if left out. */
export const depthParams = z.strictObject({ symbol: symbolParam, limit: depthLimit });
/** Parameters of `rest.market.depth`. */
export type DepthParams = z.infer<typeof depthParams>;

/** `GET /api/v3/depth`, public. The best level is the first on both sides. Costs 2 (up to 50 levels), 5, 10 or 20. */
export const depth: AsterEndpoint<DepthParams, Depth> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/depth",
  v1: "/api/v1/depth",
  v3: "/api/v3/depth",
  params: depthParams,
  answer: depthAnswer,
  lane: "read",
  weight: ({ limit = 100 }) => depthWeight(limit),
};
