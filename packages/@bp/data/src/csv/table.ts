// A table of candles, trades or funding rates, kept as it was read until the grid of its market is known.
import type { Instrument } from "@bp/core";
import type { Reading } from "../file.ts";
import { isSpotName } from "../name.ts";
import { oneStampMs } from "../overlap.ts";
import type { TapeWriter } from "../writer.ts";
import type { Table } from "./columns.ts";
import { digitsOf, momentOf, readNumber, type TimeUnit, unitOf } from "./number.ts";
import { createRows } from "./rows.ts";
import { dropBetween, tellMissing, usualStep } from "./step.ts";
import { writeCandles, writeFunding, writeMarks, writeTrades } from "./write.ts";

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
  /** Writes its rows. @param lacks - what it cannot show is added */
  write(writer: TapeWriter, place: number, instrument: Instrument, lacks: string[]): void;
}

/** Reads a table row by row. */
export interface TableReader {
  readonly line: (text: string) => void;
  finish(): RawTable;
}

const dayMs = 86_400_000;
/** Of so many rows, those that go back are left out; where it is more, the file is not in order. */
const disorder = 0.05;
const few = 10;

/** Begins with a table that is understood. */
export function createTableReader(reading: Reading, table: Table): TableReader {
  const { at, width, kind } = table;
  const place = (name: string) => at[name] ?? -1;
  const places = { time: place("time"), received: place("received"), id: place("id"), symbol: place("symbol") };
  const columns = ["open", "high", "low", "close", "volume", "rate", "price", "size", "buyerRested", "side"] as const;
  const [open, high, low, close, volume, rateAt, priceAt, sizeAt, restedAt, sideAt] = columns.map(place);
  const rows = createRows(kind === "candles" ? 5 : kind === "trades" ? 3 : 1);
  let unit: TimeUnit | undefined;
  let last = Number.NEGATIVE_INFINITY; // moments of the last row that was kept, and of the one before it
  let before = Number.NEGATIVE_INFINITY;
  let lastLine = 0;
  let firstBack = 0;
  const ids = new Map<string, number>(); // of the trades of the last moment: their rows
  let symbol: string | undefined;
  let volumes = 0;
  const digits = { price: 0, size: 0 };

  const number = (text: string | undefined, what: "price" | "size"): number => {
    const value = readNumber(text);
    // only what is longer than all before can have more digits that matter
    if (text !== undefined && text.length - text.indexOf(".") - 1 > digits[what] && text.includes("."))
      digits[what] = Math.max(digits[what], digitsOf(text));
    return value;
  };
  const moment = (fields: readonly string[], where: number): number | undefined => {
    const ms = momentOf(fields[where]);
    if (Number.isNaN(ms)) {
      reading.spoilt(`no moment in column ${where + 1}: ${JSON.stringify(fields[where] ?? "")}`);
      return undefined;
    }
    if (where !== places.time) return ms;
    const found = unitOf(fields[where]);
    unit ??= found;
    if (found === unit) return ms;
    reading.spoilt(`a time in ${found} among times in ${unit}`);
    return undefined;
  };
  /** Takes back a row that leaps days ahead of the rows on both of its sides: its time is wrong, not theirs. */
  const unleap = (ms: number) => {
    if (ms >= last || ms < before || last - ms < 2 * dayMs || last - before < 2 * dayMs) return;
    reading.spoilt(`its time, ${new Date(last).toISOString()}, is that of no line around it`, lastLine);
    if (rows.count > 0 && rows.lines[rows.count - 1] === lastLine) rows.drop();
    ids.clear(); // their rows are others now
    last = before;
  };
  /** Whether a row at this moment is to be kept. */
  const follows = (ms: number, isTwice: boolean): boolean => {
    unleap(ms);
    if (isTwice) reading.duplicates += 1;
    else if (ms < last) {
      if (reading.backwards === 0) firstBack = reading.line;
      reading.backwards += 1;
    }
    if (isTwice || ms < last) return false;
    before = last;
    last = ms;
    lastLine = reading.line;
    return true; // all of it is kept: a time is cut out of the tape
  };
  /** Whether the last row, where it was kept, has other values. */
  const differs = (...values: readonly number[]): boolean => {
    const row = rows.count - 1;
    return row >= 0 && rows.lines[row] === lastLine && values.some((value, at) => rows.values[at]?.[row] !== value);
  };
  const candle = (fields: readonly string[], ms: number) => {
    const [one, two] = [number(fields[open ?? -1], "price"), number(fields[high ?? -1], "price")];
    const [three, four] = [number(fields[low ?? -1], "price"), number(fields[close ?? -1], "price")];
    const said = fields[volume ?? -1] ?? "";
    const traded = said.trim() === "" ? 0 : number(said, "size");
    if (Number.isNaN(one + two + three + four + traded))
      return reading.spoilt("a candle with a value that is no number");
    if (!(three > 0 && three <= Math.min(one, four) && two >= Math.max(one, four) && traded >= 0))
      return reading.spoilt(`no candle: open ${one}, high ${two}, low ${three}, close ${four}, volume ${traded}`);
    if (ms === last && differs(one, two, three, four, traded))
      return reading.spoilt("a second candle of the same moment, with other values");
    if (!follows(ms, ms === last)) return;
    volumes += traded;
    rows.add(reading.line, ms, ms, one, two, three, four, traded);
  };
  const funding = (fields: readonly string[], ms: number) => {
    const rate = readRate(fields[rateAt ?? -1]);
    if (rate === undefined || Math.abs(rate) > 0.1)
      return reading.spoilt(`no funding rate: ${fields[rateAt ?? -1] ?? ""}`);
    const isTwice = ms >= last && ms - last < oneStampMs;
    if (isTwice && differs(rate)) return reading.spoilt("a second funding rate of the same stamp, with another value");
    if (follows(ms, isTwice)) rows.add(reading.line, ms, ms, rate);
  };
  const trade = (fields: readonly string[], ms: number) => {
    const price = number(fields[priceAt ?? -1], "price");
    const size = number(fields[sizeAt ?? -1], "size");
    if (size === 0) return; // exchanges print such: nothing changed hands
    const sold = soldIn(fields[restedAt ?? -1] ?? fields[sideAt ?? -1]);
    if (sold === undefined || !(price > 0) || !(size > 0))
      return reading.spoilt("a trade without a price, a size or a side");
    const told = fields[places.symbol]?.trim() ?? "";
    if (told !== "" && symbol !== undefined && symbol !== told)
      return reading.spoilt(`a trade of ${told} among trades of ${symbol}`);
    if (told !== "") symbol = told;
    const received = places.received < 0 ? ms : moment(fields, places.received);
    const id = fields[places.id]?.trim() ?? "";
    const twin = id === "" ? undefined : ids.get(id);
    if (twin !== undefined && [price, size, sold ? 1 : 0].some((value, at) => rows.values[at]?.[twin] !== value))
      return reading.spoilt(`a second trade of the id ${id}, with other values`);
    if (received === undefined || !follows(received, twin !== undefined)) return;
    if (received !== before) ids.clear();
    if (id !== "") ids.set(id, rows.count);
    rows.add(reading.line, ms, received, price, size, sold ? 1 : 0);
  };

  return {
    line: (text) => {
      const fields = (text.endsWith("\r") ? text.slice(0, -1) : text).split(",");
      if (fields.length !== width) {
        if (text.trim() === "") return;
        return reading.spoilt(
          `${fields.length} columns where there are ${width} in others: it is cut or not of this table`,
        );
      }
      const ms = moment(fields, places.time);
      if (ms === undefined) return;
      if (kind === "candles") candle(fields, ms);
      else if (kind === "funding") funding(fields, ms);
      else trade(fields, ms);
    },
    finish: () => {
      const isMarks = kind === "candles" && volumes === 0;
      const { backwards } = reading;
      if (backwards > Math.max(few, disorder * (rows.count + backwards)))
        reading.spoilt(
          `${backwards} rows are dated before one above them, this is the first: sort them by time`,
          firstBack,
        );
      const stepMs = kind === "trades" ? 0 : usualStep(rows);
      if (kind === "candles") dropBetween(rows, stepMs, reading);
      tellMissing(rows, stepMs, reading);
      const found = isMarks ? "marks" : kind === "levels" ? "trades" : kind;
      reading.format = formatOf(found, stepMs, rows.count);
      const isFree = found === "marks" || found === "funding"; // of any grid
      const all = { reading, rows, digits };
      return {
        reading,
        kind: found,
        symbol,
        isSpot: isSpotName(reading.file),
        priceDigits: isFree ? 0 : digits.price,
        sizeDigits: isFree ? 0 : digits.size,
        stepMs,
        write: (writer, market, instrument, lacks) => {
          if (reading.backwards > 0)
            lacks.push(`${reading.backwards} lines that are dated before the line above them were left out`);
          if (found === "marks") writeMarks(all, stepMs, writer, market, instrument);
          else if (found === "candles") writeCandles(all, stepMs, writer, market, instrument, lacks);
          else if (found === "funding") writeFunding(all, writer, market);
          else writeTrades(all, writer, market, instrument);
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

/** Whether the taker sold: the buyer rested, or the side says so. */
function soldIn(text: string | undefined): boolean | undefined {
  if (text === "true" || text === "1") return true; // by far the most frequent
  if (text === "false" || text === "0") return false;
  const flag = text?.trim().toLowerCase();
  if (flag === "true" || flag === "1" || flag === "sell") return true;
  return flag === "false" || flag === "0" || flag === "buy" ? false : undefined;
}

function formatOf(kind: RawTable["kind"], stepMs: number, count: number): string {
  if (count === 0) return "a table without a row that can be read";
  if (kind === "trades") return "trades";
  if (stepMs === 0) return (count === 1 ? alone : unknown)[kind];
  const length =
    stepMs % 3_600_000 === 0
      ? `${stepMs / 3_600_000} h`
      : stepMs % 60_000 === 0
        ? `${stepMs / 60_000} min`
        : `${stepMs / 1_000} s`;
  return kind === "funding" ? `funding rates every ${length}` : `${kind} of ${length}`;
}

/** Of tables whose rows do not say how far they are apart. */
const alone = {
  candles: "one candle of unknown length",
  marks: "marks of one candle of unknown length",
  funding: "one funding rate",
} as const;
const unknown = {
  candles: "candles of unknown length",
  marks: "marks of unknown length",
  funding: "funding rates",
} as const;
