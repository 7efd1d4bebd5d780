// The rows of a table on the tape of their market.
import { gridPairOf, type Instrument, isBpError, tapeRow } from "@bp/core";
import { candlesLack, writeBar } from "../bars.ts";
import type { Reading } from "../file.ts";
import { stampOf, toldAt } from "../funding.ts";
import type { TapeWriter } from "../writer.ts";
import { onGrid } from "./number.ts";
import type { RawRows } from "./rows.ts";

/** What is to be written. */
export interface Gridded {
  readonly reading: Reading;
  readonly rows: RawRows;
  readonly digits: { readonly price: number; readonly size: number };
}

/** Runs for each row; one that is not on the market's grid spoils its line. */
function eachRow({ rows, reading }: Gridded, write: (row: number) => void): void {
  for (let row = 0; row < rows.count; row++)
    try {
      write(row);
    } catch (error) {
      if (!isBpError(error) || !error.code.startsWith("grid/")) throw error;
      reading.spoilt(`${error.message}; say the market's tick and lot where they are finer`, rows.lines[row]);
    }
}

/** @param stepMs - length of a candle; 0 where it is not known */
export function writeCandles(
  table: Gridded,
  stepMs: number,
  writer: TapeWriter,
  place: number,
  instrument: Instrument,
  lacks: string[],
): void {
  const { rows, digits, reading } = table;
  const [opens, highs, lows, closes, volumes] = rows.values;
  const grids = gridPairOf(instrument);
  const price = onGrid(digits.price, grids.price);
  const size = onGrid(digits.size, grids.size);
  eachRow(table, (row) => {
    const bar = {
      at: rows.ms[row] ?? 0,
      open: price(opens[row] ?? 0),
      high: price(highs[row] ?? 0),
      low: price(lows[row] ?? 0),
      close: price(closes[row] ?? 0),
      volume: size(volumes[row] ?? 0),
    };
    writeBar(writer, place, bar, stepMs || 60_000);
  });
  lacks.push(candlesLack);
  if (stepMs === 0) lacks.push("nothing says how long a candle lasts: it is played as one of a minute");
  if (reading.gaps > 0) lacks.push(`candles are missing in ${reading.gaps} places: nothing happens there`);
}

/** Marks at the open and at the close of each row. */
export function writeMarks(
  { rows }: Gridded,
  stepMs: number,
  writer: TapeWriter,
  place: number,
  instrument: Instrument,
): void {
  const tick = Number(instrument.tickSize);
  const put = (at: number, price: number) => {
    writer.row(tapeRow.mark, place, at, at, price / tick, price / tick); // marks are finer than ticks: fractions
    writer.end();
  };
  for (let row = 0; row < rows.count; row++) {
    const at = rows.ms[row] ?? 0;
    put(at, rows.values[0][row] ?? 0);
    if (stepMs > 0) put(at + stepMs - 1, rows.values[3][row] ?? 0);
  }
}

/** Funding rates, each told before it is paid. */
export function writeFunding({ rows }: Gridded, writer: TapeWriter, place: number): void {
  for (let row = 0; row < rows.count; row++) {
    const stamp = stampOf(rows.ms[row] ?? 0);
    writer.row(tapeRow.funding, place, toldAt(stamp), toldAt(stamp), rows.values[0][row] ?? 0, stamp);
    writer.end();
  }
}

/** Prints. */
export function writeTrades(table: Gridded, writer: TapeWriter, place: number, instrument: Instrument): void {
  const { rows, digits } = table;
  const [prices, sizes, sides] = rows.values;
  const grids = gridPairOf(instrument);
  const price = onGrid(digits.price, grids.price);
  const size = onGrid(digits.size, grids.size);
  eachRow(table, (row) => {
    const [at, count] = [price(prices[row] ?? 0), size(sizes[row] ?? 0)];
    const kind = sides[row] === 1 ? tapeRow.sold : tapeRow.bought;
    writer.row(kind, place, rows.venueMs[row] ?? 0, rows.ms[row] ?? 0, at, count);
    writer.end();
  });
}
