// GET /fapi/v1/continuousKlines: candles of a pair's contract of one kind.
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { candles, type Kline, klineWeight } from "../../../wire/kline.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { limitParam, period, symbolParam } from "../../params.ts";

/** Which candles: times are ms. */
export const continuousKlinesParams = z.strictObject({
  pair: symbolParam,
  contractType: z.enum(["PERPETUAL"]),
  interval: words.klineInterval,
  ...period,
  limit: limitParam(1500),
});
/** Parameters of `rest.market.continuousKlines`. */
export type ContinuousKlinesParams = z.infer<typeof continuousKlinesParams>;

/**
 * `GET /fapi/v1/continuousKlines`, public, oldest first. **Not documented by the venue**; it has been seen to answer, on the old path alone.
 * What it costs is not known: counted like other candles.
 */
export const continuousKlines: AsterEndpoint<ContinuousKlinesParams, Kline[]> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v1/continuousKlines",
  v1: "/fapi/v1/continuousKlines",
  params: continuousKlinesParams,
  answer: candles,
  lane: "read",
  weight: klineWeight,
};
