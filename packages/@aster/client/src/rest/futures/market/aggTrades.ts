// GET /fapi/v3/aggTrades: trades of everybody, fills of one taker order at one price as one.
import * as z from "zod";
import { type AggTrade, aggTrade } from "../../../wire/trade.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type AggParams, aggParams } from "../../trades.ts";

/** `GET /fapi/v3/aggTrades`, public, oldest first. */
export const aggTrades: AsterEndpoint<AggParams, AggTrade[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/aggTrades",
  v1: "/fapi/v1/aggTrades",
  v3: "/fapi/v3/aggTrades",
  params: aggParams,
  answer: z.array(aggTrade),
  lane: "read",
  weight: 20,
};
