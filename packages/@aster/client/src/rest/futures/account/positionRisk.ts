// GET /fapi/v3/positionRisk: positions with their liquidation prices.

import { decimal, decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { flagOrNull } from "../../../wire/flag.ts";
import { oneOrMore, orNull, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll } from "../../params.ts";

/** A position. */
export const positionRiskAnswer = z.object({
  symbol: z.string(),
  positionSide: orNull(words.positionSide),
  positionAmt: decimal, // base, below 0 for a short
  entryPrice: decimalOrNull, // quote per base
  markPrice: decimalOrNull,
  unRealizedProfit: decimalOrNull, // with this capital R
  liquidationPrice: decimalOrNull, // 0: none
  leverage: decimalOrNull,
  maxNotionalValue: decimalOrNull, // quote
  marginType: orNull(words.marginType), // lower case here: `isIsolated` compares
  isolatedMargin: decimalOrNull,
  isAutoAddMargin: flagOrNull, // text on the wire
  notional: decimalOrNull, // quote, seen live
  isolatedWallet: decimalOrNull, // seen live
  updateTime: wholeOrNull, // ms
});
/** A position: `positionAmt` base, below 0 for a short. */
export type PositionRisk = z.infer<typeof positionRiskAnswer>;

/**
 * `GET /fapi/v3/positionRisk`; always a list. Rows without a position are normal. Hedge mode: a row for LONG and one for SHORT.
 */
export const positionRisk: AsterEndpoint<OfSymbolOrAll, PositionRisk[]> = {
  service: "futures",
  security: "signed",
  method: "GET",
  path: "/fapi/v3/positionRisk",
  v1: "/fapi/v2/positionRisk",
  v3: "/fapi/v3/positionRisk",
  params: ofSymbolOrAll,
  answer: oneOrMore(positionRiskAnswer),
  lane: "read",
  weight: 5,
};
