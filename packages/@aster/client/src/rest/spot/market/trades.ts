// GET /api/v3/trades: the latest trades of everybody.
import * as z from "zod";
import { type SpotTrade, spotTrade } from "../../../wire/trade.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type RecentParams, recentParams } from "../../trades.ts";

/** `GET /api/v3/trades`, public, oldest first. */
export const trades: AsterEndpoint<RecentParams, SpotTrade[]> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/trades",
  v1: "/api/v1/trades",
  v3: "/api/v3/trades",
  params: recentParams,
  answer: z.array(spotTrade),
  lane: "read",
  weight: 1,
};
