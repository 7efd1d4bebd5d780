// Public trades of a market as facts, each told once.
import { type BpError, type Instrument, isBpError, lots, type Millis, type News, ticks } from "@bp/core";

/** A print, as a reader of frames fills it in: used again for each frame. */
export interface Print {
  /** Grows with each print of the market. */
  id: number;
  /** Venue time, ms. */
  at: number;
  /** Ticks. */
  price: number;
  /** Lots. */
  size: number;
  buyerRested: boolean;
}

/** Where a market's prints come from. */
export interface TradeSource {
  /** A reader of whole frames, for the filters of now. It throws `wire/*` or `grid/*` for a frame that makes no sense. */
  reader(instrument: Instrument): (bytes: Uint8Array, into: Print) => void;
  /** Hears every frame of the stream until the signal aborts. */
  frames(listener: (bytes: Uint8Array, at: Millis) => void, signal: AbortSignal): void;
}

export interface TradeFeedOptions {
  readonly source: TradeSource;
  readonly instrument: Instrument;
  readonly tell: (news: News, venueAt: Millis, at: Millis) => void;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}

export interface TradeFeed {
  /** Goes on with other filters. */
  replace(instrument: Instrument): void;
}

/** Tells each print once. */
export function createTradeFeed({ source, instrument, tell, trouble, signal }: TradeFeedOptions): TradeFeed {
  const { id } = instrument;
  const print: Print = { id: 0, at: 0, price: 0, size: 0, buyerRested: false };
  let read = source.reader(instrument);
  let last = 0;
  source.frames((bytes, at) => {
    try {
      read(bytes, print);
    } catch (error) {
      if (!isBpError(error)) throw error;
      return trouble(error);
    }
    if (print.id <= last) return; // told already
    last = print.id;
    const taker = print.buyerRested ? "sell" : "buy";
    const news: News = {
      type: "trade.printed",
      instrument: id,
      price: ticks(print.price),
      size: lots(print.size),
      taker,
    };
    tell(news, print.at as Millis, at); // whole ms: the reader made it so
  }, signal);
  return {
    replace: (changed) => {
      read = source.reader(changed);
    },
  };
}
