// GET /api/v3/historicalTrades: older trades of everybody.
import * as z from "zod";
import { type SpotTrade, spotTrade } from "../../../wire/trade.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OlderParams, olderParams } from "../../trades.ts";

/** `GET /api/v3/historicalTrades`, public, oldest first. (Its old path wants the header of a V1 key; it is not used.) */
export const historicalTrades: AsterEndpoint<OlderParams, SpotTrade[]> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/historicalTrades",
  v1: "/api/v1/historicalTrades",
  v3: "/api/v3/historicalTrades",
  params: olderParams,
  answer: z.array(spotTrade),
  lane: "read",
  weight: 20,
};
