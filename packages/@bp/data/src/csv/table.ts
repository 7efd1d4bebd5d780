// A table of candles, trades or funding rates, kept as it was read until the grid of its market is known.
import { gridPairOf, type Instrument, isBpError, tapeRow } from "@bp/core";
import { candlesLack, writeBar } from "../bars.ts";
import { isSpotName, type Reading } from "../file.ts";
import { stampOf, toldAt } from "../funding.ts";
import type { TapeWriter } from "../writer.ts";
import type { Table } from "./columns.ts";
import { momentOf, onGrid, readNumber } from "./number.ts";

/** What was read of a table. */
export interface RawTable {
  readonly reading: Reading;
  readonly kind: "candles" | "marks" | "trades" | "funding";
  /** As its rows say; `undefined`: the file's name must. */
  readonly symbol: string | undefined;
  readonly isSpot: boolean;
  /** After the point, at most, of all prices and sizes that must be on a grid. */
  readonly priceDigits: number;
  readonly sizeDigits: number;
  /** Length of a candle, or the time between two fundings, ms; 0 where one row alone is there. */
  readonly stepMs: number;
  /** First and last moment, ms. */
  readonly from: number;
  readonly to: number;
  /** Writes its rows. @param lacks - what it cannot show is added */
  write(writer: TapeWriter, place: number, instrument: Instrument, lacks: string[]): void;
}

/** Reads a table row by row. */
export interface TableReader {
  readonly line: (text: string) => void;
  finish(): RawTable;
}

/** Columns that grow. */
interface Columns {
  readonly venueMs: number[];
  readonly ms: number[];
  readonly a: number[];
  readonly b: number[];
  readonly c: number[];
  readonly d: number[];
  readonly e: number[];
}

/** Marks of before hold at the first moment that is wanted. */
const markLeadMs = 86_400_000;

/** Begins with a table that is understood. */
export function createTableReader(reading: Reading, table: Table): TableReader {
  const { at, width, kind } = table;
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = reading.options;
  const columns: Columns = { venueMs: [], ms: [], a: [], b: [], c: [], d: [], e: [] };
  let unit: string | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let lastId: string | undefined;
  let symbol: string | undefined;
  let volumes = 0;
  const digits = { price: 0, size: 0 };

  const number = (fields: readonly string[], name: string, what?: "price" | "size"): number | undefined => {
    const found = readNumber(fields[at[name] ?? -1]);
    if (found === undefined) return undefined;
    if (what !== undefined && found.digits > digits[what]) digits[what] = found.digits;
    return found.value;
  };
  const moment = (fields: readonly string[], name: string): number | undefined => {
    const found = momentOf(fields[at[name] ?? -1]);
    if (found === undefined) {
      reading.spoilt(`no moment in column ${(at[name] ?? -1) + 1}: ${JSON.stringify(fields[at[name] ?? -1] ?? "")}`);
      return undefined;
    }
    if (name === "time") {
      if (unit !== undefined && unit !== found.unit) {
        reading.spoilt(`a time in ${found.unit} among times in ${unit}`);
        return undefined;
      }
      unit = found.unit;
    }
    return found.ms;
  };
  /** Whether a row at this moment is to be kept. */
  const follows = (ms: number, isTwice: boolean): boolean => {
    if (isTwice) reading.duplicates += 1;
    else if (ms < last) reading.backwards += 1;
    if (isTwice || ms < last) return false;
    last = ms;
    return kind === "funding" || (ms >= from - markLeadMs && ms < to); // the rest is cut by the slice of the tape
  };
  const keep = (venueMs: number, ms: number, ...values: readonly number[]) => {
    columns.venueMs.push(venueMs);
    columns.ms.push(ms);
    for (const [place, column] of [columns.a, columns.b, columns.c, columns.d, columns.e].entries())
      column.push(values[place] ?? 0);
  };
  const row = (fields: readonly string[]) => {
    const ms = moment(fields, "time");
    if (ms === undefined) return;
    if (kind === "candles") {
      const [open, high, low, close] = ["open", "high", "low", "close"].map((each) => number(fields, each, "price"));
      const volume = (fields[at["volume"] ?? -1] ?? "").trim() === "" ? 0 : number(fields, "volume", "size");
      if (open === undefined || high === undefined || low === undefined || close === undefined || volume === undefined)
        return reading.spoilt("a candle with a value that is no number");
      if (!(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close) && volume >= 0))
        return reading.spoilt(`no candle: open ${open}, high ${high}, low ${low}, close ${close}, volume ${volume}`);
      if (!follows(ms, ms === last)) return;
      volumes += volume;
      return keep(ms, ms, open, high, low, close, volume);
    }
    if (kind === "funding") {
      const rate = readRate(fields[at["rate"] ?? -1]);
      if (rate === undefined || Math.abs(rate) > 0.1)
        return reading.spoilt(`no funding rate: ${fields[at["rate"] ?? -1] ?? ""}`);
      return follows(ms, ms === last) ? keep(ms, ms, rate) : undefined;
    }
    const price = number(fields, "price", "price");
    const size = number(fields, "size", "size");
    if (size === 0) return; // exchanges print such: nothing changed hands
    const sold = soldIn(fields[at["buyerRested"] ?? -1], fields[at["side"] ?? -1]);
    if (price === undefined || size === undefined || sold === undefined || !(price > 0) || size < 0)
      return reading.spoilt("a trade without a price, a size or a side");
    const told = fields[at["symbol"] ?? -1]?.trim();
    if (told !== undefined && told !== "") {
      if (symbol !== undefined && symbol !== told)
        return reading.spoilt(`a trade of ${told} among trades of ${symbol}`);
      symbol = told;
    }
    const received = at["received"] === undefined ? ms : moment(fields, "received");
    const id = fields[at["id"] ?? -1]?.trim();
    const isTwice = id !== undefined && id !== "" && id === lastId;
    lastId = id;
    if (received === undefined || !follows(received, isTwice)) return;
    keep(ms, received, price, size, sold ? 1 : 0);
  };

  return {
    line: (text) => {
      const fields = text.replace(/\r$/, "").split(",");
      if (text.trim() === "") return;
      if (fields.length !== width)
        return reading.spoilt(
          `${fields.length} columns where there are ${width} in others: it is cut or not of this table`,
        );
      row(fields);
    },
    finish: () => {
      const isMarks = kind === "candles" && volumes === 0;
      const stepMs = kind === "trades" ? 0 : stepOfTimes(columns.ms, reading);
      reading.format = formatOf(isMarks ? "marks" : kind, stepMs);
      return {
        reading,
        kind: isMarks ? "marks" : kind === "levels" ? "trades" : kind,
        symbol,
        isSpot: isSpotName(reading.file),
        priceDigits: isMarks || kind === "funding" ? 0 : digits.price,
        sizeDigits: isMarks || kind === "funding" ? 0 : digits.size,
        stepMs,
        from: columns.ms[0] ?? 0,
        to: (columns.ms.at(-1) ?? 0) + stepMs,
        write: (writer, place, instrument, lacks) => {
          if (isMarks) writeMarks(columns, stepMs, writer, place, instrument);
          else if (kind === "candles")
            writeCandles({ reading, columns, digits, stepMs }, writer, place, instrument, lacks);
          else if (kind === "funding") writeFunding(columns, writer, place);
          else writeTrades({ reading, columns, digits }, writer, place, instrument);
        },
      };
    },
  };
}

/** A rate is no price: it may be written with an exponent. */
function readRate(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? "";
  return /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(trimmed) ? Number(trimmed) : undefined;
}

function soldIn(buyerRested: string | undefined, side: string | undefined): boolean | undefined {
  const flag = (buyerRested ?? side)?.trim().toLowerCase();
  if (flag === "1" || flag === "true" || flag === "sell") return true;
  return flag === "0" || flag === "false" || flag === "buy" ? false : undefined;
}

/** The usual distance of two rows; where rows are missing, the gap is counted and told. */
function stepOfTimes(times: readonly number[], reading: Reading): number {
  let step = Number.POSITIVE_INFINITY;
  const rounded = times.map((each) => Math.round(each / 1_000) * 1_000); // funding stamps come some ms late
  for (let at = 1; at < rounded.length; at++) step = Math.min(step, (rounded[at] ?? 0) - (rounded[at - 1] ?? 0));
  if (!Number.isFinite(step) || step <= 0) return 0;
  let missing = 0;
  let first: number | undefined;
  for (let at = 1; at < rounded.length; at++) {
    const between = Math.round(((rounded[at] ?? 0) - (rounded[at - 1] ?? 0)) / step) - 1;
    if (between > 0) first ??= rounded[at - 1];
    if (between > 0) reading.gaps += 1;
    missing += Math.max(0, between);
  }
  if (missing > 0)
    reading.warnings.push(
      `${missing} rows are missing in ${reading.gaps} places, the first after ${new Date(first ?? 0).toISOString()}`,
    );
  return step;
}

function formatOf(kind: string, stepMs: number): string {
  const length =
    stepMs % 3_600_000 === 0
      ? `${stepMs / 3_600_000} h`
      : stepMs % 60_000 === 0
        ? `${stepMs / 60_000} min`
        : `${stepMs / 1_000} s`;
  if (kind === "candles") return `candles of ${length}`;
  if (kind === "marks") return `marks of ${length}`;
  return kind === "funding" ? `funding rates every ${length}` : "trades";
}

interface Gridded {
  readonly reading: Reading;
  readonly columns: Columns;
  readonly digits: { readonly price: number; readonly size: number };
}

/** Puts a row on the market's grid; what does not fit spoils its line. */
function gridder({ reading, digits }: Gridded, instrument: Instrument) {
  const { price, size } = gridPairOf(instrument);
  return (row: number, prices: readonly number[], amount: number): readonly number[] | undefined => {
    try {
      return [...prices.map((each) => onGrid(each, digits.price, price)), onGrid(amount, digits.size, size)];
    } catch (error) {
      if (!isBpError(error)) throw error;
      reading.line = row + 1;
      reading.spoilt(error.message);
      return undefined;
    }
  };
}

function writeCandles(
  table: Gridded & { readonly stepMs: number },
  writer: TapeWriter,
  place: number,
  instrument: Instrument,
  lacks: string[],
): void {
  const { columns, stepMs, reading } = table;
  const grid = gridder(table, instrument);
  for (let row = 0; row < columns.ms.length; row++) {
    const at = columns.ms[row] ?? 0;
    const found = grid(
      row,
      [columns.a, columns.b, columns.c, columns.d].map((each) => each[row] ?? 0),
      columns.e[row] ?? 0,
    );
    if (found === undefined) continue;
    const [open = 0, high = 0, low = 0, close = 0, volume = 0] = found;
    writeBar(writer, place, { at, open, high, low, close, volume }, stepMs || 60_000);
  }
  lacks.push(candlesLack);
  if (reading.gaps > 0) lacks.push(`candles are missing in ${reading.gaps} places: nothing happens there`);
}

function writeMarks(columns: Columns, stepMs: number, writer: TapeWriter, place: number, instrument: Instrument): void {
  const tick = Number(instrument.tickSize);
  const put = (at: number, price: number) => {
    writer.row(tapeRow.mark, place, at, at, price / tick, price / tick); // marks are finer than ticks: fractions
    writer.end();
  };
  for (let row = 0; row < columns.ms.length; row++) {
    const at = columns.ms[row] ?? 0;
    put(at, columns.a[row] ?? 0);
    if (stepMs > 0) put(at + stepMs - 1, columns.d[row] ?? 0);
  }
}

function writeFunding(columns: Columns, writer: TapeWriter, place: number): void {
  for (let row = 0; row < columns.ms.length; row++) {
    const stamp = stampOf(columns.ms[row] ?? 0);
    writer.row(tapeRow.funding, place, toldAt(stamp), toldAt(stamp), columns.a[row] ?? 0, stamp);
    writer.end();
  }
}

function writeTrades(table: Gridded, writer: TapeWriter, place: number, instrument: Instrument): void {
  const { columns } = table;
  const grid = gridder(table, instrument);
  for (let row = 0; row < columns.ms.length; row++) {
    const found = grid(row, [columns.a[row] ?? 0], columns.b[row] ?? 0);
    if (found === undefined) continue;
    const [price = 0, size = 0] = found;
    if (size === 0) continue;
    writer.row(
      (columns.c[row] ?? 0) === 1 ? tapeRow.sold : tapeRow.bought,
      place,
      columns.venueMs[row] ?? 0,
      columns.ms[row] ?? 0,
      price,
      size,
    );
    writer.end();
  }
}
