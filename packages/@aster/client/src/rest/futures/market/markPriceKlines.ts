// GET /fapi/v3/markPriceKlines: candles of the mark price.
import { candles, type Kline, klineWeight } from "../../../wire/kline.ts";
import { type CandleParams, candleParams } from "../../candles.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `GET /fapi/v3/markPriceKlines`, public, oldest first. Volumes and trades mean nothing. */
export const markPriceKlines: AsterEndpoint<CandleParams, Kline[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/markPriceKlines",
  v1: "/fapi/v1/markPriceKlines",
  v3: "/fapi/v3/markPriceKlines",
  params: candleParams,
  answer: candles,
  lane: "read",
  weight: klineWeight,
};
