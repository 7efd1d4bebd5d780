// GET /api/v3/exchangeInfo: markets, their rules, and the limits of requests.
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { filters, orderTypesOf } from "../../../wire/filters.ts";
import { flagOrNull } from "../../../wire/flag.ts";
import { rateLimits } from "../../../wire/limits.ts";
import { readableRows, type Skipped } from "../../../wire/rows.ts";
import { orNull, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** A market. `pricePrecision` and `quantityPrecision` are the most decimals and **not** tick and step: those are in the filters. */
export const spotSymbol = z
  .object({
    symbol: z.string(),
    status: words.symbolStatus, // trade TRADING
    baseAsset: z.string().min(1), // rows without are left out
    quoteAsset: z.string().min(1),
    pricePrecision: wholeOrNull,
    quantityPrecision: wholeOrNull,
    ocoAllowed: flagOrNull,
    listingTime: wholeOrNull, // ms, seen live
    baseAssetAddress: orNull(z.string()), // on the chain, seen live
    filters,
    orderTypes: z.array(z.string()).nullish(),
    OrderType: z.array(z.string()).nullish(),
    timeInForce: orNull(z.array(words.timeInForce)), // send HIDDEN only where it is listed here
  })
  .transform(({ OrderType, ...row }) => ({ ...row, orderTypes: orderTypesOf({ ...row, OrderType }) }));
/** A spot market. Tick and step are in `filters`: see `filtersOf`. */
export type SpotSymbol = z.infer<typeof spotSymbol>;

/** Everything that the venue says of itself. */
export const exchangeInfoAnswer = z
  .object({
    timezone: orNull(z.string()),
    rateLimits,
    assets: z
      .array(z.object({ asset: z.string() }))
      .nullish()
      .transform((list) => list ?? []),
    symbols: readableRows(spotSymbol),
  })
  .transform(({ symbols, ...rest }): ExchangeInfo => ({ ...rest, symbols: symbols.rows, skipped: symbols.skipped }));
/** Markets, assets and limits; `skipped` are the markets that could not be read, with the reason. */
export interface ExchangeInfo {
  readonly timezone: string | null;
  readonly rateLimits: z.infer<typeof rateLimits>;
  readonly assets: readonly { readonly asset: string }[];
  readonly symbols: readonly SpotSymbol[];
  readonly skipped: readonly Skipped[];
}

/**
 * `GET /api/v3/exchangeInfo`, public. Read it at least hourly. **Never trade the markets whose name starts with `TEST`**: the money is real.
 * Its `serverTime` is no clock. Give the answer to `applyLimits`, and each market to `filtersOf`.
 */
export const exchangeInfo: AsterEndpoint<undefined, ExchangeInfo> = {
  service: "spot",
  security: "none",
  method: "GET",
  path: "/api/v3/exchangeInfo",
  v1: "/api/v1/exchangeInfo",
  v3: "/api/v3/exchangeInfo",
  answer: exchangeInfoAnswer,
  lane: "read",
  weight: 1,
};
