// A tape as a market: its levels, prints, marks and candles as they came, our orders among them.
import { BpError, type InstrumentId, lastOfMessage, type Millis, millis, type Tape, tapeRow } from "@bp/core";
import type { MarketHands, MarketSource, RowHands } from "../contract.ts";
import { wasPaid } from "../funding.ts";
import { checkRows } from "../tape/checkRows.ts";
import { createLevelPlayer, type LevelPlayer } from "../tape/playRows.ts";
import { type CandleOptions, createCandles } from "./candles.ts";

/** Which tape plays, and how. */
export interface TapeMarketOptions extends CandleOptions {
  readonly tape: Tape;
  /** `recorded` (default): at the moments of the tape. `now`: its first message happens when the exchange starts. */
  readonly when?: "recorded" | "now";
  /** How much faster than recorded; above 0, default 1. With `when: "now"` alone. */
  readonly speed?: number;
}

/** What a venue in memory has to know of recorded data: how late they were, and where they have gaps. */
export interface RecordedFeed {
  /** How much later than it happened the message that is played now was received, ms, 0 or more. */
  readonly delayMs: () => number;
  /** Hears of gaps: from `lost` to `whole` the book of that market is not known to anybody. */
  readonly onGap: (listener: (market: InstrumentId, what: "lost" | "whole") => void) => void;
}

/** A tape that plays. */
export interface TapeMarket extends MarketSource, RecordedFeed {
  /** Rows played so far. */
  readonly row: number;
}

const markEveryMs = 1_000;

/**
 * Plays a tape. Each message happens at once, at the moment that the venue said, or as soon after the one before it as can be; never
 * after it was received, however wrong the venue's clock is. Where the tape has no marks of a market, the middle of its book is the
 * mark, once a second and at each point of a candle.
 *
 * Orders of accounts join the recorded queues: what is in front of them leaves by prints (or by the exchange's queue model),
 * and recorded levels or prints beyond their price fill them. Size that they took comes back with the level's next change,
 * because a recording knows nothing of us. Candles are walked as `CandleOptions` says.
 *
 * In a gap of the recording the market is not known: its book is told as empty, what would take is refused, no mark is made of it.
 * Orders keep their places, prints fill them still, and the first book after the gap fills what it crosses.
 *
 * @throws BpError `sim/bad-market` for rows that cannot be
 */
export function tapeMarket(options: TapeMarketOptions): TapeMarket {
  const { tape, when = "recorded", speed = 1 } = options;
  if (!(speed > 0)) throw new BpError("sim/bad-market", { why: `a speed of ${speed}` });
  const { rows, kinds, markets, at, a, b, instruments } = tape;
  const ids = instruments.map(({ id }) => id);
  const { marked } = checkRows(tape);
  const lost = new Set<InstrumentId>();
  const listeners: Parameters<RecordedFeed["onGap"]>[0][] = [];
  const fundings = new Map<InstrumentId, { readonly rate: number; readonly at: Millis }>();
  let parts: Parts | undefined;
  let row = 0;
  let start = 0;
  let now = 0;
  let nextMark = 0;
  let late = 0;
  const first = momentOf(tape, 0);

  const timeOf = (which: number): Millis => {
    const moment = momentOf(tape, which);
    const due = when === "recorded" ? Math.floor(moment) : start + Math.max(0, Math.floor((moment - first) / speed));
    return (due < now ? now : due) as Millis; // whole by the rounding
  };
  const fundingTime = (moment: number): Millis =>
    millis(when === "recorded" ? Math.round(moment) : Math.round(start + (moment - first) / speed));
  const gap = (id: InstrumentId, hands: RowHands, what: "lost" | "whole") => {
    if ((what === "lost") === lost.has(id)) return;
    if (what === "lost") lost.add(id);
    else lost.delete(id);
    hands.lost(what === "lost");
    for (const listener of listeners) listener(id, what);
  };
  /** The rate that is told for the stamp to come. */
  const fundingOf = (id: InstrumentId) => {
    const told = fundings.get(id);
    return told === undefined || wasPaid(told.at, now) ? undefined : told;
  };
  const mark = (id: InstrumentId, { hands }: Parts, book: RowHands) => {
    const { bid, ask } = book;
    if (bid > 0 && ask > 0 && !lost.has(id)) hands.mark(id, (bid + ask) / 2, (bid + ask) / 2, fundingOf(id));
  };

  /** What is no level. */
  const other = (which: number, mine: Parts) => {
    const kind = (kinds[which] ?? 0) & 0x7f;
    const place = markets[which] ?? 0;
    const id = ids[place];
    const book = mine.books[place];
    if (id === undefined || book === undefined || kind === tapeRow.bid || kind === tapeRow.ask) return;
    const one = a[which] ?? 0;
    const two = b[which] ?? 0;
    switch (kind) {
      case tapeRow.bought:
      case tapeRow.sold:
        if (two > 0) book.print(one, two, kind === tapeRow.bought ? "buy" : "sell");
        return;
      case tapeRow.mark:
        return mine.hands.mark(id, one, two, fundingOf(id));
      case tapeRow.funding:
        return void fundings.set(id, { rate: one, at: fundingTime(two) });
      case tapeRow.lost:
        return gap(id, book, "lost");
      case tapeRow.reset:
        return gap(id, book, "whole");
      default: {
        const price = mine.candles.point(kind, id, one, two, mine.hands);
        if (marked[place] !== true && price > 0 && !lost.has(id)) mine.hands.mark(id, price, price, fundingOf(id));
      }
    }
  };

  return {
    instruments,
    get row() {
      return row;
    },
    delayMs: () => late,
    onGap: (listener) => void listeners.push(listener),
    attach: (hands) => {
      const books = ids.map((id) => hands.rows(id));
      parts = { hands, books, levels: createLevelPlayer(tape, books), candles: createCandles(ids, options) };
      start = hands.now();
      now = start;
      nextMark = start;
    },
    nextAt: () => (row >= rows || parts === undefined ? undefined : timeOf(row)),
    act: () => {
      if (parts === undefined || row >= rows) return;
      now = timeOf(row);
      let end = row + 1;
      while (end < rows && (kinds[end - 1] ?? 0) < lastOfMessage) end += 1;
      const received = when === "recorded" ? Math.floor(at[row] ?? 0) : now;
      late = received > now ? received - now : 0;
      if (parts.levels.play(row, end)) for (let each = row; each < end; each++) other(each, parts);
      row = end;
      if (now < nextMark) return;
      for (const [place, id] of ids.entries()) {
        const book = parts.books[place];
        if (marked[place] !== true && book !== undefined) mark(id, parts, book);
      }
      nextMark = now - ((now - start) % markEveryMs) + markEveryMs;
    },
  };
}

interface Parts {
  readonly hands: MarketHands;
  /** By the place of a market. */
  readonly books: readonly RowHands[];
  readonly levels: LevelPlayer;
  readonly candles: ReturnType<typeof createCandles>;
}

/** When a row happened: no later than it was received, whatever the venue's clock says. */
function momentOf({ venueAt, at }: Tape, row: number): number {
  const said = venueAt[row] ?? 0;
  const received = at[row] ?? 0;
  return said < received ? said : received;
}
