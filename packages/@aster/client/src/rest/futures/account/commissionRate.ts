// GET /fapi/v3/commissionRate: what this account pays on one market.
import { type CommissionRate, commissionRateAnswer } from "../../../wire/fees.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbol, ofSymbol } from "../../params.ts";

/** `GET /fapi/v3/commissionRate`. Read it at the start and daily; the venue's pages do not agree about fees. */
export const commissionRate: AsterEndpoint<OfSymbol, CommissionRate> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/commissionRate",
  v1: "/fapi/v1/commissionRate",
  v3: "/fapi/v3/commissionRate",
  params: ofSymbol,
  answer: commissionRateAnswer,
  lane: "read",
  weight: 20,
};
