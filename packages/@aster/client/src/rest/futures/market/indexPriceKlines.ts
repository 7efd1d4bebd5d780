// GET /fapi/v3/indexPriceKlines: candles of the index price.
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { candles, type Kline, klineWeight } from "../../../wire/kline.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { limitParam, period, symbolParam } from "../../params.ts";

/** Which candles: times are ms. */
export const indexPriceKlinesParams = z.strictObject({
  pair: symbolParam,
  interval: words.klineInterval,
  ...period,
  limit: limitParam(1500),
});
/** Parameters of `rest.market.indexPriceKlines`. */
export type IndexPriceKlinesParams = z.infer<typeof indexPriceKlinesParams>;

/** `GET /fapi/v3/indexPriceKlines`, public, oldest first. It asks for a `pair`; volumes and trades mean nothing. */
export const indexPriceKlines: AsterEndpoint<IndexPriceKlinesParams, Kline[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/indexPriceKlines",
  v1: "/fapi/v1/indexPriceKlines",
  v3: "/fapi/v3/indexPriceKlines",
  params: indexPriceKlinesParams,
  answer: candles,
  lane: "read",
  weight: klineWeight,
};
