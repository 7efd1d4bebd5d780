// GET /fapi/v3/historicalTrades: older trades of everybody.
import * as z from "zod";
import { type FuturesTrade, futuresTrade } from "../../../wire/trade.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OlderParams, olderParams } from "../../trades.ts";

/** `GET /fapi/v3/historicalTrades`, public, oldest first. (Its old path wants the header of a V1 key; it is not used.) */
export const historicalTrades: AsterEndpoint<OlderParams, FuturesTrade[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/historicalTrades",
  v1: "/fapi/v1/historicalTrades",
  v3: "/fapi/v3/historicalTrades",
  params: olderParams,
  answer: z.array(futuresTrade),
  lane: "read",
  weight: 20,
};
