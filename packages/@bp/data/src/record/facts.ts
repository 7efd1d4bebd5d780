// Facts of a market as lines of a recording, and the books that they make, for the beginning of the next file.
import {
  type Book,
  createBook,
  type EventOf,
  type Instrument,
  type InstrumentId,
  type Level,
  millis,
  type Unnumbered,
} from "@bp/core";
import type { FlatLevels, RecordingHeader, RecordingLine } from "./format.ts";

const marketTypes = [
  "book.reset",
  "book.changed",
  "book.lost",
  "trade.printed",
  "mark.changed",
  "instrument.changed",
] as const;

type MarketFact = Extract<Unnumbered, { readonly type: (typeof marketTypes)[number] }>;

const types: ReadonlySet<string> = new Set(marketTypes);
const isOfMarket = (fact: Unnumbered): fact is MarketFact => types.has(fact.type);

/** Turns facts into lines. */
export interface FactWriter {
  readonly facts: number;
  readonly gaps: number;
  readonly lastAt: number | undefined;
  /** Begins a file: its header, and each book as it stands. */
  header(header: Omit<RecordingHeader, "instruments">, at: number): void;
  /** Takes another grid of a market, if that is what a fact tells. True: what follows can only stand in a new file. */
  regrids(fact: Unnumbered): boolean;
  hear(fact: Unnumbered): void;
  /** Nothing is known from here on, of all markets. */
  gap(why: string, at: number): void;
  end(at: number, why: "rotated" | "closed"): void;
}

/** @param write - takes whole lines */
export function createFactWriter(given: readonly Instrument[], write: (text: string) => void): FactWriter {
  const instruments = [...given];
  const places = new Map<InstrumentId, number>(instruments.map(({ id }, at) => [id, at]));
  const markets = instruments.map(() => ({ book: createBook(), venueAt: 0 }));
  let facts = 0;
  let gaps = 0;
  let lastAt: number | undefined;
  let isKnown = true; // something was told since the last gap

  const line = (value: RecordingHeader | RecordingLine) => write(`${JSON.stringify(value)}\n`);
  const gap = (why: string, at: number) => {
    for (const { book } of markets) book.lose();
    if (!isKnown) return;
    isKnown = false;
    gaps += 1;
    facts += 1;
    line(["g", at, why]);
  };
  const placeOf = ({ instrument }: MarketFact): number | undefined =>
    places.get(typeof instrument === "string" ? instrument : instrument.id);
  /** The line that a fact is; nothing where it says nothing. */
  const lineOf = (fact: MarketFact, place: number, book: Book): RecordingLine | undefined => {
    const { venueAt, at } = fact;
    switch (fact.type) {
      case "book.reset":
        book.reset(fact.bids, fact.asks, at);
        return ["r", place, venueAt, at, flat(fact.bids), flat(fact.asks)];
      case "book.changed":
        if (!book.valid) return undefined;
        for (const [price, size] of fact.bids) book.apply("bid", price, size);
        for (const [price, size] of fact.asks) book.apply("ask", price, size);
        return ["c", place, venueAt, at, flat(fact.bids), flat(fact.asks)];
      case "book.lost":
        if (!book.valid) return undefined;
        book.lose();
        gaps += 1;
        return ["l", place, venueAt, at, fact.why];
      case "trade.printed":
        return ["t", place, venueAt, at, fact.price, fact.size, fact.taker === "buy" ? "b" : "s"];
      case "mark.changed":
        return markLine(fact, place);
      case "instrument.changed":
        instruments[place] = fact.instrument;
        return ["i", place, venueAt, at, fact.instrument];
    }
  };

  return {
    get facts() {
      return facts;
    },
    get gaps() {
      return gaps;
    },
    get lastAt() {
      return lastAt;
    },
    header: (header, at) => {
      line({ ...header, instruments });
      for (const [place, { book, venueAt }] of markets.entries())
        if (book.valid) line(["s", place, venueAt, at, whole(book, "bid"), whole(book, "ask")]);
    },
    regrids: (fact) => {
      if (fact.type !== "instrument.changed") return false;
      const after = fact.instrument;
      const place = placeOf(fact);
      const before = instruments[place ?? -1];
      if (place === undefined || before === undefined) return false;
      if (before.tickSize === after.tickSize && before.lotSize === after.lotSize) return false;
      instruments[place] = after;
      markets[place]?.book.lose(); // its ticks and lots are others now
      return true;
    },
    hear: (fact) => {
      if (fact.type === "link.lost" && fact.stream === "market") {
        lastAt = Math.max(lastAt ?? 0, fact.at);
        return gap(fact.why, fact.at);
      }
      if (!isOfMarket(fact)) return;
      const place = placeOf(fact);
      const market = markets[place ?? -1];
      if (place === undefined || market === undefined) return;
      const found = lineOf(fact, place, market.book);
      if (found === undefined) return;
      line(found);
      facts += 1;
      isKnown = true;
      market.venueAt = fact.venueAt;
      lastAt = Math.max(lastAt ?? 0, fact.at);
    },
    gap,
    end: (at, why) => line(["e", at, why]),
  };
}

/** A mark is told whole or not at all: without an index it says less than a tape's mark does. */
function markLine(fact: Omit<EventOf<"mark.changed">, "seq">, place: number): RecordingLine | undefined {
  const { venueAt, at, mark, index, fundingRate, fundingAt } = fact;
  if (!(mark > 0 && index > 0 && Number.isFinite(mark) && Number.isFinite(index) && Number.isFinite(fundingRate)))
    return undefined;
  return ["m", place, venueAt, at, mark, index, fundingRate, Math.max(0, millis(fundingAt))];
}

const flat = (levels: readonly Level[]): FlatLevels => levels.flat();

const whole = (book: Book, side: "bid" | "ask"): FlatLevels => flat(book.levels(side, Number.POSITIVE_INFINITY));
