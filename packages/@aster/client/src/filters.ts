// The rules of a market in one shape for both services, which name the same things differently.
import { decimalOrNull } from "@bp/adapter";
import type { Decimal } from "@bp/core";
import type { Filter } from "./wire/filters.ts";

/** From, to and in steps of; `null` where the venue names none. A step of zero means that any value goes. */
export interface StepRule {
  readonly min: Decimal | null;
  readonly max: Decimal | null;
  readonly step: Decimal;
}

/** How far from the reference price orders may be, as factors: 1.02 is 2 % above. */
export interface PercentRule {
  readonly up: Decimal;
  readonly down: Decimal;
}

/** The rules of a market. What the venue does not name, or names in a way that cannot be read, is `null`. */
export interface MarketFilters {
  /** Quote per base; also for `stopPrice`. The step is the tick. Do not trade without. */
  readonly price: StepRule | null;
  /** Base; limit orders. Do not trade without. */
  readonly lot: StepRule | null;
  /** Base; market orders, whose `max` is much smaller. */
  readonly marketLot: StepRule | null;
  /** Quote; reduce-only orders are exempt. */
  readonly minNotional: Decimal | null;
  /** Quote; spot. */
  readonly maxNotional: Decimal | null;
  /**
   * Futures, by the mark price: a purchase not above mark × `up`, a sale not below mark × `down`. Spot, by the index price: both bounds
   * for both sides.
   */
  readonly percentPrice: PercentRule | null;
  /** Open orders, conditional ones among them. 0 is seen on a few markets: take it for "do not trade". */
  readonly maxOrders: number | null;
  /** Conditional orders; futures. */
  readonly maxAlgoOrders: number | null;
}

/**
 * Reads the rules of a market, of either service.
 *
 * @example
 * const { symbols } = await aster.futures.rest.market.exchangeInfo();
 * for (const symbol of symbols) if (filtersOf(symbol).price === null) console.log(symbol.symbol, "cannot be traded");
 */
export function filtersOf({ filters }: { readonly filters: readonly Filter[] }): MarketFilters {
  const find = (name: string) => filters.find(({ filterType }) => filterType === name);
  const notional = find("NOTIONAL");
  const minNotional = find("MIN_NOTIONAL");
  return {
    price: steps(find("PRICE_FILTER"), "minPrice", "maxPrice", "tickSize"),
    lot: steps(find("LOT_SIZE"), "minQty", "maxQty", "stepSize"),
    marketLot: steps(find("MARKET_LOT_SIZE"), "minQty", "maxQty", "stepSize"),
    minNotional:
      textOf(minNotional?.["notional"]) ?? textOf(minNotional?.["minNotional"]) ?? textOf(notional?.["minNotional"]),
    maxNotional: textOf(find("MAX_NOTIONAL")?.["maxNotional"]) ?? textOf(notional?.["maxNotional"]),
    percentPrice: percent(find("PERCENT_PRICE")),
    maxOrders: countOf(find("MAX_NUM_ORDERS")),
    maxAlgoOrders: countOf(find("MAX_NUM_ALGO_ORDERS")),
  };
}

function steps(filter: Filter | undefined, min: string, max: string, step: string): StepRule | null {
  const size = textOf(filter?.[step]);
  return size === null ? null : { min: limit(filter?.[min]), max: limit(filter?.[max]), step: size };
}

/** A bound of zero is none. */
function limit(value: unknown): Decimal | null {
  const text = textOf(value);
  return text === null || /^-?[0.]+$/.test(text) ? null : text;
}

function percent(filter: Filter | undefined): PercentRule | null {
  const up = textOf(filter?.["multiplierUp"]);
  const down = textOf(filter?.["multiplierDown"]);
  return up === null || down === null ? null : { up, down };
}

function countOf(filter: Filter | undefined): number | null {
  const text = textOf(filter?.["limit"]) ?? textOf(filter?.["maxNumOrders"]) ?? textOf(filter?.["maxNumAlgoOrders"]);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function textOf(value: unknown): Decimal | null {
  const found = decimalOrNull.safeParse(value);
  return found.success ? found.data : null;
}
