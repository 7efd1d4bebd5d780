// Our trades of a stretch of time, page after page.
import type { Bound, CallOptions } from "@bp/adapter";
import type { FillsParams, fills as fillsEndpoint, PastFill } from "./fills.ts";

/** Whose trades, and from when to when (ms, `from` inclusive, `to` exclusive: a fixed end keeps the pages from shifting). */
export type AllFillsParams = Omit<FillsParams, "limit" | "offset" | "sortDirection"> & {
  readonly from: number;
  readonly to: number;
};

/** As a page says it, every trade once. */
export type AllFills = (params: AllFillsParams, options?: CallOptions) => AsyncGenerator<PastFill, void, undefined>;

/** The most that the venue gives in one page. */
const page = 1000;

/** Makes the reader of all pages, oldest first, from the reader of one. Rows that shifted into a second page are left out. */
export function allFills(fills: Bound<{ fills: typeof fillsEndpoint }>["fills"]): AllFills {
  return async function* (params, options) {
    const seen = new Set<string>();
    for (let offset = 0; ; offset += page) {
      const rows = await fills({ ...params, limit: page, offset, sortDirection: "Asc" }, options);
      for (const row of rows) {
        const key = `${row.symbol} ${row.orderId} ${row.tradeId ?? ""} ${row.timestamp} ${row.price} ${row.quantity}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield row;
      }
      if (rows.length < page) return;
    }
  };
}
