// GET /api/v3/klines: candles.
import { candles, type Kline, klineWeight } from "../../../wire/kline.ts";
import { type CandleParams, candleParams } from "../../candles.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/**
 * `GET /api/v3/klines`, public, oldest first; the last one may still be open. Costs 1, 2, 5 or 10 by the limit. What it costs is not
 * stated: counted as on futures.
 */
export const klines: AsterEndpoint<CandleParams, Kline[]> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/klines",
  v1: "/api/v1/klines",
  v3: "/api/v3/klines",
  params: candleParams,
  answer: candles,
  lane: "read",
  weight: klineWeight,
};
