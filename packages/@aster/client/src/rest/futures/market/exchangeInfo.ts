// GET /fapi/v3/exchangeInfo: markets, their rules, and the limits of requests.

import { decimalOrNull } from "@bp/adapter";
import * as z from "zod";
import * as words from "../../../wire/enums.ts";
import { filters, orderTypesOf } from "../../../wire/filters.ts";
import { flagOrNull } from "../../../wire/flag.ts";
import { rateLimits } from "../../../wire/limits.ts";
import { readableRows, type Skipped } from "../../../wire/rows.ts";
import { orNull, wholeOrNull } from "../../../wire/shapes.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** A market. `pricePrecision` and `quantityPrecision` are the most decimals and **not** tick and step: those are in the filters. */
export const futuresSymbol = z
  .object({
    symbol: z.string(), // upper case, but for letters of other scripts
    pair: orNull(z.string()),
    contractType: orNull(words.contractType), // trade PERPETUAL
    status: words.symbolStatus, // trade TRADING
    baseAsset: z.string().min(1), // some rows have none: they are left out
    quoteAsset: z.string().min(1),
    marginAsset: orNull(z.string()),
    pricePrecision: wholeOrNull,
    quantityPrecision: wholeOrNull,
    deliveryDate: wholeOrNull, // ms
    onboardDate: wholeOrNull, // ms
    underlyingType: orNull(z.string()),
    underlyingSubType: orNull(z.array(z.string())), // RWA: metals
    symbolType: wholeOrNull, // seen live: 0 coins, 1 stocks, metals, indices, which have narrow bands outside of hours
    triggerProtect: decimalOrNull, // a fraction, for `priceProtect`
    liquidationFee: decimalOrNull, // a fraction
    marketTakeBound: decimalOrNull, // a fraction: how far from the mark price a market order may trade
    filters,
    orderTypes: z.array(z.string()).nullish(),
    OrderType: z.array(z.string()).nullish(), // the documents' key
    timeInForce: orNull(z.array(words.timeInForce)),
  })
  .transform(({ OrderType, ...row }) => ({ ...row, orderTypes: orderTypesOf({ ...row, OrderType }) }));
/** A market of the futures. Tick and step are in `filters`: see `filtersOf`. */
export type FuturesSymbol = z.infer<typeof futuresSymbol>;

/** Everything that the venue says of itself. */
export const exchangeInfoAnswer = z
  .object({
    timezone: orNull(z.string()),
    rateLimits,
    assets: z
      .array(
        z.object({
          asset: z.string(),
          marginAvailable: flagOrNull, // counts as margin in multi-assets mode
          autoAssetExchange: decimalOrNull, // below this it is sold to cover a debt
        }),
      )
      .nullish()
      .transform((list) => list ?? []),
    symbols: readableRows(futuresSymbol),
  })
  .transform(({ symbols, ...rest }): ExchangeInfo => ({ ...rest, symbols: symbols.rows, skipped: symbols.skipped }));
/** Markets, assets and limits; `skipped` are the markets that could not be read, with the reason. */
export interface ExchangeInfo {
  readonly timezone: string | null;
  readonly rateLimits: z.infer<typeof rateLimits>;
  readonly assets: readonly {
    readonly asset: string;
    readonly marginAvailable: boolean | null;
    readonly autoAssetExchange: string | null;
  }[];
  readonly symbols: readonly FuturesSymbol[];
  readonly skipped: readonly Skipped[];
}

/**
 * `GET /fapi/v3/exchangeInfo`, public. Read it at least hourly: markets come and go. Its `serverTime` is no clock. Give the answer to
 * `applyLimits`, and each market to `filtersOf`.
 */
export const exchangeInfo: AsterEndpoint<undefined, ExchangeInfo> = {
  service: "futures",
  security: "none",
  method: "GET",
  path: "/fapi/v3/exchangeInfo",
  v1: "/fapi/v1/exchangeInfo",
  v3: "/fapi/v3/exchangeInfo",
  answer: exchangeInfoAnswer,
  lane: "read",
  weight: 1,
};
