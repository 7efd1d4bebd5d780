// Prices and quantities of requests on the grid of their market, or the venue's words for what does not fit.
import { type Grid, gridsOf, type Instrument, isBpError, type Lots, lots, type Ticks, ticks, toGrid } from "@bp/core";
import { digits, plain } from "../../text.ts";
import { refuse } from "../refuse.ts";

/** @throws Refused when it is off the grid */
export function readPrice(market: Instrument, text: string): Ticks {
  return ticks(onGrid(gridsOf(market).price, text, "Price decimal too long", "INVALID_PRICE", "Invalid price"));
}

/** @throws Refused when it is off the grid or 0 */
export function readSize(market: Instrument, text: string): Lots {
  const size = onGrid(gridsOf(market).size, text, "Quantity decimal too long", "INVALID_QUANTITY", "Invalid quantity");
  if (size === 0) return refuse("INVALID_QUANTITY", "Invalid quantity");
  return lots(size);
}

function onGrid(grid: Grid, text: string, tooLong: string, code: string, words: string): number {
  if (digits(plain(text)) > grid.digits) return refuse("INVALID_CLIENT_REQUEST", tooLong);
  try {
    return toGrid(text, grid);
  } catch (error) {
    if (isBpError(error)) return refuse(code, words);
    throw error;
  }
}
