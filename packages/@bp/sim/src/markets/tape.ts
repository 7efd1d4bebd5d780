// A tape as a market: its levels, prints, marks and candles as they came, our orders among them.
import { type InstrumentId, lastOfMessage, lots, type Millis, millis, type Tape, tapeRow, ticks } from "@bp/core";
import type { MarketHands, MarketSource } from "../contract.ts";
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
  delayMs(): number;
  /** Hears of gaps: from `lost` to `whole` the book of that market is not known to anybody. */
  onGap(listener: (market: InstrumentId, what: "lost" | "whole") => void): void;
}

/** A tape that plays. */
export interface TapeMarket extends MarketSource, RecordedFeed {
  /** Rows played so far. */
  readonly row: number;
}

const markEveryMs = 1_000;

/**
 * Plays a tape. Each message happens at once, at the moment that the venue said, or as soon after the one before it as can be.
 * Where the tape has no marks of a market, the middle of its book is the mark, once a second.
 *
 * Orders of accounts join the recorded queues: what is in front of them leaves by prints (or by the exchange's queue model),
 * and recorded levels or prints beyond their price fill them. Size that they took comes back with the level's next change,
 * because a recording knows nothing of us. Candles are walked as `CandleOptions` says.
 */
export function tapeMarket(options: TapeMarketOptions): TapeMarket {
  const { tape, when = "recorded", speed = 1 } = options;
  const { rows, kinds, markets, venueAt, at, a, b, instruments } = tape;
  const ids = instruments.map(({ id }) => id);
  const candles = createCandles(ids, options);
  const told = marksTold(tape);
  const lost = new Set<InstrumentId>();
  const listeners: Parameters<RecordedFeed["onGap"]>[0][] = [];
  let hands: MarketHands | undefined;
  let row = 0;
  let start = 0;
  let now = 0;
  let nextMark = 0;
  let late = 0;
  const first = venueAt[0] ?? 0;

  const timeOf = (at: number): Millis => {
    const due = when === "recorded" ? Math.floor(at) : start + Math.max(0, Math.floor((at - first) / speed));
    return millis(due < now ? now : due);
  };
  const gap = (market: InstrumentId, what: "lost" | "whole") => {
    for (const listener of listeners) listener(market, what);
  };

  /** Plays the rows of one message. Takes away first, so that nothing crosses that did not. */
  const play = (from: number, to: number, mine: MarketHands) => {
    let levels = false;
    for (let each = from; each < to; each++) {
      const kind = (kinds[each] ?? 0) & 0x7f;
      const id = ids[markets[each] ?? 0];
      if (id === undefined) continue;
      if (kind === tapeRow.bid || kind === tapeRow.ask) {
        levels = true;
        if ((b[each] ?? 0) === 0) setLevel(mine, id, kind, a[each] ?? 0, 0);
      } else if (kind === tapeRow.reset) clearOthers(mine, id, from, to);
    }
    if (levels)
      for (let each = from; each < to; each++) {
        const kind = (kinds[each] ?? 0) & 0x7f;
        const size = b[each] ?? 0;
        const id = ids[markets[each] ?? 0];
        if (size > 0 && id !== undefined && (kind === tapeRow.bid || kind === tapeRow.ask))
          setLevel(mine, id, kind, a[each] ?? 0, size);
      }
    for (let each = from; each < to; each++) other(each, mine);
  };
  /** What is no level. */
  const other = (each: number, mine: MarketHands) => {
    const kind = (kinds[each] ?? 0) & 0x7f;
    const id = ids[markets[each] ?? 0];
    if (id === undefined || kind === tapeRow.bid || kind === tapeRow.ask) return;
    const [one, two] = [a[each] ?? 0, b[each] ?? 0];
    switch (kind) {
      case tapeRow.bought:
      case tapeRow.sold:
        return mine.print(id, ticks(one), lots(two), kind === tapeRow.bought ? "buy" : "sell");
      case tapeRow.mark:
        return mine.mark(id, one, two, fundingOf.get(id));
      case tapeRow.funding:
        return void fundingOf.set(id, { rate: one, at: fundingTime(two) });
      case tapeRow.lost:
        lost.add(id);
        return gap(id, "lost");
      case tapeRow.reset:
        if (lost.delete(id)) gap(id, "whole");
        return;
      default:
        return candles.point(kind, id, one, two, mine);
    }
  };
  const fundingOf = new Map<InstrumentId, { readonly rate: number; readonly at: Millis }>();
  const fundingTime = (at: number): Millis =>
    millis(when === "recorded" ? Math.round(at) : Math.round(start + (at - first) / speed));

  /** A new whole book: prices that it does not name are empty. */
  const clearOthers = (mine: MarketHands, id: InstrumentId, from: number, to: number) => {
    const named = { bid: new Set<number>(), ask: new Set<number>() };
    for (let each = from; each < to; each++) {
      const kind = (kinds[each] ?? 0) & 0x7f;
      if (ids[markets[each] ?? 0] !== id) continue;
      if (kind === tapeRow.bid) named.bid.add(a[each] ?? 0);
      else if (kind === tapeRow.ask) named.ask.add(a[each] ?? 0);
    }
    const { bids, asks } = mine.book(id);
    for (const [price] of bids) if (!named.bid.has(price)) mine.level(id, "bid", price, lots(0));
    for (const [price] of asks) if (!named.ask.has(price)) mine.level(id, "ask", price, lots(0));
  };

  return {
    instruments,
    get row() {
      return row;
    },
    delayMs: () => late,
    onGap: (listener) => void listeners.push(listener),
    attach: (mine) => {
      hands = mine;
      start = mine.now();
      now = start;
      nextMark = start;
    },
    nextAt: () => (row >= rows || hands === undefined ? undefined : timeOf(venueAt[row] ?? 0)),
    act: () => {
      if (hands === undefined || row >= rows) return;
      now = timeOf(venueAt[row] ?? 0);
      let end = row + 1;
      while (end < rows && (kinds[end - 1] ?? 0) < lastOfMessage) end += 1;
      const received = when === "recorded" ? Math.floor(at[row] ?? 0) : now;
      late = received > now ? received - now : 0;
      play(row, end, hands);
      row = end;
      if (now < nextMark) return;
      for (const [place, id] of ids.entries())
        if (told[place] !== true && !lost.has(id)) markMid(hands, id, fundingOf.get(id));
      nextMark = now - ((now - start) % markEveryMs) + markEveryMs;
    },
  };
}

function setLevel(hands: MarketHands, id: InstrumentId, kind: number, price: number, size: number): void {
  hands.level(id, kind === tapeRow.bid ? "bid" : "ask", ticks(price), lots(size));
}

/** Which markets have marks of their own. */
function marksTold({ rows, kinds, markets, instruments }: Tape): readonly boolean[] {
  const told = instruments.map(() => false);
  for (let row = 0; row < rows; row++) if (((kinds[row] ?? 0) & 0x7f) === tapeRow.mark) told[markets[row] ?? 0] = true;
  return told;
}

function markMid(hands: MarketHands, id: InstrumentId, funding: Parameters<MarketHands["mark"]>[3]): void {
  const { bids, asks } = hands.book(id, 1);
  const bid = bids[0]?.[0];
  const ask = asks[0]?.[0];
  if (bid !== undefined && ask !== undefined) hands.mark(id, (bid + ask) / 2, (bid + ask) / 2, funding);
}
