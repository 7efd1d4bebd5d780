// Looks at every row of a tape once, so that nothing has to be checked while it plays.
import { BpError, type Tape, tapeRow } from "@bp/core";
import { MAX_PRICE } from "../matching.ts";

/** What is said by the rows of each market, by its place. */
export interface TapeContents {
  /** Has marks of its own. */
  readonly marked: readonly boolean[];
}

const { mark, funding, reset, lost, swing1, swing2 } = tapeRow;

/**
 * Checks columns: known kinds and markets, prices that are whole and within a market's bounds, sizes that are whole and not below
 * 0, moments that are numbers, received in order.
 *
 * @throws BpError `sim/bad-market` for the first row that is wrong
 */
export function checkRows(tape: Tape): TapeContents {
  const { rows, kinds, markets, venueAt, at, a, b, instruments } = tape;
  const marked = instruments.map(() => false);
  let before = -Infinity;
  for (let row = 0; row < rows; row++) {
    const kind = (kinds[row] ?? 255) & 0x7f;
    const market = markets[row] ?? 255;
    const received = at[row] ?? Number.NaN;
    const why =
      market >= instruments.length
        ? `market ${market} of ${instruments.length}`
        : received >= before && Math.abs(venueAt[row] ?? Number.NaN) < Infinity
          ? wrongIn(kind, a[row] ?? Number.NaN, b[row] ?? Number.NaN)
          : `received at ${received}, after a row of ${before}`;
    if (why !== undefined) throw new BpError("sim/bad-market", { why: `row ${row} of the tape: ${why}` });
    if (kind === mark) marked[market] = true;
    before = received;
  }
  return { marked };
}

function wrongIn(kind: number, a: number, b: number): string | undefined {
  switch (kind) {
    case mark:
      return a > 0 && b > 0 && a + b < Infinity ? undefined : `mark ${a}, index ${b}`;
    case funding:
      return Math.abs(a) < 1 && Math.abs(b) < Infinity ? undefined : `a funding rate of ${a}, paid at ${b}`;
    case reset:
    case lost:
      return undefined;
    case swing1:
    case swing2:
      return isPrice(a) && isPrice(b) && a >= b ? undefined : `a candle from ${b} to ${a}`;
    default:
      if (kind > tapeRow.close) return `kind ${kind}`;
      if (!isPrice(a)) return `a price of ${a} ticks`;
      return Number.isSafeInteger(b) && b >= 0 ? undefined : `a size of ${b} lots`;
  }
}

const isPrice = (price: number): boolean => Number.isInteger(price) && price > 0 && price <= MAX_PRICE;
