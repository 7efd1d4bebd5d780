// GET /fapi/v3/klines: candles.
import { candles, type Kline, klineWeight } from "../../../wire/kline.ts";
import { type CandleParams, candleParams } from "../../candles.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `GET /fapi/v3/klines`, public, oldest first; the last one may still be open. Costs 1, 2, 5 or 10 by the limit. */
export const klines: AsterEndpoint<CandleParams, Kline[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/klines",
  v1: "/fapi/v1/klines",
  v3: "/fapi/v3/klines",
  params: candleParams,
  answer: candles,
  lane: "read",
  weight: klineWeight,
};
