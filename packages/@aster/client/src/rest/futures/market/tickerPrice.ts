// GET /fapi/v3/ticker/price: last prices.
import { oneOrMore } from "../../../wire/shapes.ts";
import { type PriceTicker, priceTicker } from "../../../wire/ticker.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbolOrAll, ofSymbolOrAll, oneOr } from "../../params.ts";

/** `GET /fapi/v3/ticker/price`, public: of one market (1) or of all (2); always a list. */
export const tickerPrice: AsterEndpoint<OfSymbolOrAll, PriceTicker[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/ticker/price",
  v1: "/fapi/v1/ticker/price",
  v3: "/fapi/v3/ticker/price",
  params: ofSymbolOrAll,
  answer: oneOrMore(priceTicker),
  lane: "read",
  weight: oneOr(2),
};
