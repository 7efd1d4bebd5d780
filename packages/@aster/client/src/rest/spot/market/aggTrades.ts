// GET /api/v3/aggTrades: trades of everybody, fills of one taker order at one price as one.
import * as z from "zod";
import { type AggTrade, aggTrade } from "../../../wire/trade.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type AggParams, aggParams } from "../../trades.ts";

/** `GET /api/v3/aggTrades`, public, oldest first. */
export const aggTrades: AsterEndpoint<AggParams, AggTrade[]> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/aggTrades",
  v1: "/api/v1/aggTrades",
  v3: "/api/v3/aggTrades",
  params: aggParams,
  answer: z.array(aggTrade),
  lane: "read",
  weight: 20,
};
