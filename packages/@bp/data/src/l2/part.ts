// One recorded symbol: its book, and its prints and marks beside it.
import { type Instrument, tapeRow, toLots, toTicks } from "@bp/core";
import type { Reading } from "../file.ts";
import type { TapeWriter } from "../writer.ts";
import { createRecordedBook, type RecordedBook } from "./book.ts";
import type { Line, MarkLine, TradeLine } from "./line.ts";
import { inTicks } from "./mark.ts";
import { createRecent } from "./recent.ts";
import { rowsOf } from "./rows.ts";

/** One symbol while it is read. */
export interface Part {
  readonly symbol: string;
  readonly instrument: Instrument;
  readonly book: RecordedBook;
  /** @throws BpError `grid/*`, RangeError for values that cannot be: nothing of the line was taken */
  hear(line: Line, reading: Reading): void;
}

/** Numbers of trades: what comes twice comes soon. */
const remembered = 4_096;

/** @param place - of its instrument in the writer */
export function createPart(
  symbol: string,
  instruments: readonly Instrument[],
  place: number,
  instrument: Instrument,
  writer: TapeWriter,
): Part {
  const book = createRecordedBook(instruments, place, instrument, writer);
  let now: Reading;
  const put = rowsOf(writer, place, () => now);
  const seen = { single: createRecent(remembered), aggregated: createRecent(remembered) };
  let singles = false; // trades one by one are there: aggregated ones would count twice
  let funding = "";

  const trade = ({ us, venueUs, id, price, size, taker, aggregated }: TradeLine) => {
    if (aggregated && singles) return;
    const [at, count] = [toTicks(instrument, price), toLots(instrument, size)];
    if (at < 0 || count < 0) throw new RangeError(`a trade of ${size} at ${price}`);
    singles ||= !aggregated;
    if (id !== undefined && seen[aggregated ? "aggregated" : "single"](id)) {
      now.duplicates += 1;
      return;
    }
    if (count === 0 || at === 0) return; // exchanges print such: nothing changed hands
    put(taker === "buy" ? tapeRow.bought : tapeRow.sold, us, venueUs, at, count);
    writer.end();
  };
  const mark = (line: MarkLine) => {
    const { us, venueUs, rate, fundingAt } = line;
    const [marked, index] = [inTicks(line.mark, instrument), inTicks(line.index, instrument)];
    if (rate !== undefined && fundingAt !== undefined && funding !== `${rate} ${fundingAt}`) {
      funding = `${rate} ${fundingAt}`;
      put(tapeRow.funding, us, venueUs, rate, fundingAt);
    }
    put(tapeRow.mark, us, venueUs, marked, index);
    writer.end();
  };

  return {
    symbol,
    instrument,
    book,
    hear: (line, reading) => {
      now = reading;
      switch (line.kind) {
        case "trade":
          return trade(line);
        case "mark":
          return mark(line);
        case "depth":
        case "snapshot":
          try {
            book.hear(line, reading);
          } catch (error) {
            book.spoil(line.us, reading);
            throw error;
          }
      }
    },
  };
}
