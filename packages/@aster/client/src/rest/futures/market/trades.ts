// GET /fapi/v3/trades: the latest trades of everybody.
import * as z from "zod";
import { type FuturesTrade, futuresTrade } from "../../../wire/trade.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type RecentParams, recentParams } from "../../trades.ts";

/** `GET /fapi/v3/trades`, public, oldest first. */
export const trades: AsterEndpoint<RecentParams, FuturesTrade[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/trades",
  v1: "/fapi/v1/trades",
  v3: "/fapi/v3/trades",
  params: recentParams,
  answer: z.array(futuresTrade),
  lane: "read",
  weight: 1,
};
