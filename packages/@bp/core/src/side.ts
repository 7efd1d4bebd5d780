// The two sides of a market, and one price of a book.
import type { Lots, Ticks } from "./units.ts";

/** What an order does. Prices have sides too: bids are those of buyers, asks those of sellers. */
export type Side = "buy" | "sell";

/** One price of a book. Size 0 in `book.changed` removes the level. */
export type Level = readonly [price: Ticks, size: Lots];
