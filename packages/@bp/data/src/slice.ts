// A part of a tape, by time.
import { lastOfMessage, type Tape, tapeRow } from "@bp/core";
import { createTapeWriter } from "./writer.ts";

/**
 * What reached us from one moment to another. Where it begins in the middle, each book that is known there is told whole first,
 * and the newest mark and funding rate with it; a candle that had begun is left out.
 *
 * @param from - first moment that is kept, ms since 1970; default: the beginning
 * @param to - the end, not kept itself; default: the end
 */
export function sliceTape(tape: Tape, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): Tape {
  const { instruments } = tape;
  const writer = createTapeWriter(instruments);
  const books = instruments.map(() => ({
    bids: new Map<number, number>(),
    asks: new Map<number, number>(),
    whole: false,
    newest: new Map<number, readonly [number, number]>(),
  }));
  let row = 0;
  for (; row < tape.rows && (tape.at[row] ?? 0) < from; row++) {
    const book = books[tape.markets[row] ?? 0];
    const kind = (tape.kinds[row] ?? 0) & 0x7f;
    const [a, b] = [tape.a[row] ?? 0, tape.b[row] ?? 0];
    if (book === undefined) continue;
    if (kind === tapeRow.reset || kind === tapeRow.lost) {
      book.bids.clear();
      book.asks.clear();
      book.whole = kind === tapeRow.reset;
    } else if (kind === tapeRow.bid || kind === tapeRow.ask) {
      const side = kind === tapeRow.bid ? book.bids : book.asks;
      if (b === 0) side.delete(a);
      else side.set(a, b);
    } else if (kind === tapeRow.mark || kind === tapeRow.funding) book.newest.set(kind, [a, b]);
  }
  const isCut = instruments.map(() => row > 0); // the first candle may have begun before
  const start = Math.max(from, row < tape.rows ? Math.min(from, tape.at[row] ?? from) : from);
  if (row > 0 && row < tape.rows)
    for (const [place, { bids, asks, whole, newest }] of books.entries()) {
      if (whole) {
        writer.row(tapeRow.reset, place, start, start, 0, 0);
        for (const [price, size] of bids) writer.row(tapeRow.bid, place, start, start, price, size);
        for (const [price, size] of asks) writer.row(tapeRow.ask, place, start, start, price, size);
        writer.end();
      }
      for (const kind of [tapeRow.funding, tapeRow.mark]) {
        const values = newest.get(kind);
        if (values !== undefined) writer.row(kind, place, start, start, ...values);
        writer.end();
      }
    }
  for (; row < tape.rows && (tape.at[row] ?? 0) < to; row++) {
    const kind = tape.kinds[row] ?? 0;
    const at = tape.at[row] ?? 0;
    const market = tape.markets[row] ?? 0;
    const what = kind & 0x7f;
    if (what === tapeRow.open) isCut[market] = false;
    if (isCut[market] === true && (what === tapeRow.swing1 || what === tapeRow.swing2 || what === tapeRow.close)) {
      if (kind >= lastOfMessage) writer.end();
      continue;
    }
    writer.row(
      what,
      market,
      Math.max(tape.venueAt[row] ?? 0, Math.min(start, at)),
      at,
      tape.a[row] ?? 0,
      tape.b[row] ?? 0,
    );
    if (kind >= lastOfMessage) writer.end();
  }
  return writer.finish(tape.lacks);
}
