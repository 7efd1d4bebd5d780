// Parameters that many endpoints share.
import { type Instrument, type InstrumentId, symbolOf } from "@bp/core";
import { refuse } from "../answer.ts";
import type { Fields } from "../fields.ts";
import type { House } from "../house.ts";

/** A market by its symbol. Unknown assets do not parse; known assets without such a market are `INVALID_MARKET`. */
export function readMarket(fields: Fields, house: House, key = "symbol"): Instrument | undefined {
  const symbol = fields.text(key);
  if (symbol === undefined) return undefined;
  const found = house.market(symbol);
  if (found !== undefined) return found;
  const assets = new Set(house.markets().flatMap((market) => [market.base, market.quote]));
  const [base = "", quote = ""] = symbol.split("_");
  if (!assets.has(base) || !assets.has(quote)) return fields.wrong(key, "MarketSymbol", "Invalid market symbol");
  return refuse("INVALID_MARKET", "Invalid market");
}

/** The same, required. */
export function needMarket(fields: Fields, house: House): Instrument {
  return fields.need("symbol", readMarket(fields, house), "MarketSymbol");
}

const marketTypes = ["SPOT", "PERP", "IPERP", "DATED", "PREDICTION", "RFQ"] as const;
export type MarketType = (typeof marketTypes)[number];

export const readMarketType = (fields: Fields): MarketType | undefined =>
  fields.word("marketType", "MarketType", marketTypes);

export const isType = (market: Instrument, type: MarketType | undefined): boolean =>
  type === undefined || (market.kind === "perp" ? "PERP" : "SPOT") === type;

/** Several market types, the key repeated. */
export function readMarketTypes(query: URLSearchParams, fields: Fields): readonly MarketType[] {
  return query
    .getAll("marketType")
    .map(
      (word) =>
        marketTypes.find((type) => type === word) ??
        fields.wrong("marketType", "MarketType", "Expect a valid enumeration value."),
    );
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** @param most - the largest `limit` */
export function readPage(fields: Fields, most = 1000): Page {
  const limit = fields.whole("limit", Number.MAX_SAFE_INTEGER) ?? 100;
  const offset = fields.whole("offset", Number.MAX_SAFE_INTEGER) ?? 0;
  if (limit > most || limit < 1) return refuse("INVALID_CLIENT_REQUEST", `Limit must be between 1 and ${most}`);
  return { limit, offset };
}

/** A page of rows and the headers that say which one it is. */
export function paged<T>(
  rows: readonly T[],
  { limit, offset }: Page,
): { readonly rows: readonly T[]; readonly headers: Record<string, string> } {
  return {
    rows: rows.slice(offset, offset + limit),
    headers: {
      "x-current-page": String(Math.floor(offset / limit) + 1),
      "x-page-count": String(Math.ceil(rows.length / limit)),
      "x-page-size": String(limit),
      "x-total": String(rows.length),
    },
  };
}

/** Newest first unless asked otherwise. */
export const readDirection = (fields: Fields): "Asc" | "Desc" =>
  fields.word("sortDirection", "SortDirection", ["Asc", "Desc"] as const) ?? "Desc";

/** The id of a symbol even when no such market exists any more. */
export const isSymbol = (id: InstrumentId, symbol: string | undefined): boolean =>
  symbol === undefined || symbolOf(id) === symbol;
