// Parameters of everything that gives candles.
import * as z from "zod";
import { klineInterval } from "../wire/enums.ts";
import { limitParam, period, symbolParam } from "./params.ts";

/** Which candles: times are ms, 500 if no limit is named, at most 1500. */
export const candleParams = z.strictObject({
  symbol: symbolParam,
  interval: klineInterval,
  ...period,
  limit: limitParam(1500),
});
/** Parameters of candles: times are ms. */
export type CandleParams = z.infer<typeof candleParams>;
