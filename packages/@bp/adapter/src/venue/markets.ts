// The markets of an open venue: a book and prints each, and filters that are read again.
import type { BpError, Clock, Instrument, Millis, News, Unnumbered } from "@bp/core";
import { guarded } from "../background.ts";
import { type BookFeed, type BookSource, createBookFeed } from "./bookFeed.ts";
import { createTradeFeed, type TradeFeed, type TradeSource } from "./tradeFeed.ts";

/** How often filters and states of the open markets are compared, ms. */
const filtersEveryMs = 60_000;

/** Which markets are open, where their facts come from, and who hears of them. */
export interface MarketsOptions<D> {
  /** By symbol; kept up to date here. */
  readonly asked: Map<string, Instrument>;
  readonly book: (symbol: string) => BookSource<D>;
  readonly trades: (symbol: string) => TradeSource;
  /** A market as it is now; `undefined` when it is no market any more. */
  readonly fresh: (symbol: string, signal: AbortSignal) => Promise<Instrument | undefined>;
  /** Called before each round of comparing, 1, 2, 3 … */
  readonly beforeRound?: (round: number, signal: AbortSignal) => Promise<void>;
  /** Sizes are counted in other steps from now on. */
  readonly regridded: (symbol: string) => void;
  readonly clock: Clock;
  readonly venueNow: () => Millis;
  readonly emit: (fact: Unnumbered) => void;
  readonly trouble: (error: BpError) => void;
  readonly run: (task: () => Promise<void>) => void;
  readonly signal: AbortSignal;
}

/** The markets of an open venue. */
export interface Markets {
  /** The market stream stands, or is gone. */
  readonly link: (up: boolean, why: string) => void;
}

/** Opens books and prints, and keeps filters up to date. */
export function createMarkets<D>(options: MarketsOptions<D>): Markets {
  const { asked, fresh, beforeRound, regridded, clock, venueNow, emit, trouble, run, signal } = options;
  const books = new Map<string, BookFeed>();
  const trades = new Map<string, TradeFeed>();
  const tell = (news: News, venueAt: Millis, at: Millis = clock.now()) => {
    if (!signal.aborted) emit({ ...news, venueAt, at });
  };

  const refresh = async (symbol: string) => {
    const instrument = asked.get(symbol);
    if (instrument === undefined) return;
    const found = await fresh(symbol, signal);
    if (found === undefined || signal.aborted || JSON.stringify(found) === JSON.stringify(instrument)) return;
    asked.set(symbol, found);
    tell({ type: "instrument.changed", instrument: found }, venueNow());
    if (found.tickSize === instrument.tickSize && found.lotSize === instrument.lotSize) return;
    books.get(symbol)?.replace(found);
    trades.get(symbol)?.replace(found);
    regridded(symbol);
  };

  for (const [symbol, instrument] of asked) {
    const own = { instrument, trouble, signal };
    const suspect = () => guarded(() => refresh(symbol), trouble);
    const told = (fact: Unnumbered) => {
      if (!signal.aborted) emit(fact);
    };
    books.set(symbol, createBookFeed({ ...own, source: options.book(symbol), clock, emit: told, suspect, run }));
    trades.set(symbol, createTradeFeed({ ...own, source: options.trades(symbol), tell }));
  }

  run(async () => {
    for (let round = 1; !signal.aborted; round++) {
      await clock.sleep(filtersEveryMs, signal);
      if (signal.aborted) return;
      await guarded(async () => beforeRound?.(round, signal), trouble);
      for (const symbol of asked.keys()) if (!signal.aborted) await guarded(() => refresh(symbol), trouble);
    }
  });

  return {
    link: (up, why) => {
      for (const book of books.values()) {
        if (up) book.up();
        else book.down(why);
      }
    },
  };
}
