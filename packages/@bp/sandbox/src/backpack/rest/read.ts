// Parameters that many endpoints share.
import { type Instrument, type InstrumentId, symbolOf } from "@bp/core";
import { type Answer, ok } from "../../answer.ts";
import { type RfqMarket, rfqMarket } from "../desks/rfqMarkets.ts";
import { vaultTerms } from "../desks/vault.ts";
import { assetsOf } from "../desks/worth.ts";
import type { Fields } from "../fields.ts";
import type { BackpackHouse } from "../house.ts";
import { refuse } from "../refuse.ts";

/** A market by its symbol. Unknown assets do not parse; known assets without such a market are `INVALID_MARKET`. */
export function readMarket(fields: Fields, house: BackpackHouse, key = "symbol"): Instrument | undefined {
  const symbol = fields.text(key);
  if (symbol === undefined) return undefined;
  const found = house.market(symbol);
  if (found !== undefined) return found;
  const assets = new Set(assetsOf(house));
  const [base = "", quote = ""] = symbol.split("_");
  if (!assets.has(base) || !assets.has(quote)) return fields.wrong(key, "MarketSymbol", "Invalid market symbol");
  return refuse("INVALID_MARKET", "Invalid market");
}

/** The same, required. */
export function needMarket(fields: Fields, house: BackpackHouse): Instrument {
  return fields.need("symbol", readMarket(fields, house), "MarketSymbol");
}

/** A market for requests for quotes. */
export function readRfqMarket(fields: Fields, house: BackpackHouse): RfqMarket | undefined {
  const symbol = fields.text("symbol");
  if (symbol === undefined) return undefined;
  return rfqMarket(house, symbol) ?? refuse("INVALID_MARKET", "Invalid market");
}

/** An asset by its symbol. */
export function readAsset(fields: Fields, house: BackpackHouse, key = "symbol"): string | undefined {
  const asset = fields.text(key);
  if (asset === undefined || assetsOf(house).includes(asset) || asset === vaultTerms.token) return asset;
  return fields.wrong(key, "Asset", "Invalid asset");
}

/** The same, required. */
export function needAsset(fields: Fields, house: BackpackHouse): string {
  return fields.need("symbol", readAsset(fields, house), "Asset");
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

/** What every history takes. */
export interface Paging {
  readonly page: Page;
  readonly direction: "Asc" | "Desc";
}

export const readPaging = (fields: Fields): Paging => ({ page: readPage(fields), direction: readDirection(fields) });

/** A page of a history. @param rows - oldest first */
export function pageOf<T>(rows: readonly T[], { page, direction }: Paging, row: (each: T) => unknown): Answer {
  const { rows: shown, headers } = paged(direction === "Asc" ? rows : rows.toReversed(), page);
  return { ...ok(shown.map(row)), headers };
}
