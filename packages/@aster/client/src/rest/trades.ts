// Parameters of everything that gives trades of everybody.
import * as z from "zod";
import { idParam, limitParam, period, symbolParam } from "./params.ts";

/** The latest: 500 if no limit is named, at most 1000. */
export const recentParams = z.strictObject({ symbol: symbolParam, limit: limitParam(1000) });
/** Parameters of the latest trades. */
export type RecentParams = z.infer<typeof recentParams>;

/** From an id on. */
export const olderParams = z.strictObject({ symbol: symbolParam, limit: limitParam(1000), fromId: idParam.optional() });
/** Parameters of older trades. */
export type OlderParams = z.infer<typeof olderParams>;

/** From an id on, or within less than an hour where both times are named. */
export const aggParams = z.strictObject({
  symbol: symbolParam,
  fromId: idParam.optional(),
  ...period,
  limit: limitParam(1000),
});
/** Parameters of aggregated trades. */
export type AggParams = z.infer<typeof aggParams>;
