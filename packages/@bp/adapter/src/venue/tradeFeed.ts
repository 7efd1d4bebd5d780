// Public trades of a market as facts, each told once.
import { type BpError, type Instrument, isBpError, lots, type Millis, type News, ticks } from "@bp/core";

/** A print, as a reader of frames fills it in: used again for each frame. */
export interface Print {
  /** Grows with each print of the market; -1 where it is no whole number below 2^53, and then `longId` has it. */
  id: number;
  /** The id's text where `id` is -1: it tells two prints apart, and nothing of their order. */
  longId: string;
  /** Venue time, ms. */
  at: number;
  /** Ticks. */
  price: number;
  /** Lots. */
  size: number;
  buyerRested: boolean;
}

/** Says which print it is, by an id as schemas give it: text, of any length. */
export function namePrint(into: Print, id: string): void {
  const count = /^\d+$/.test(id) ? Number(id) : -1;
  into.id = Number.isSafeInteger(count) ? count : -1;
  into.longId = into.id < 0 ? id : "";
}

/** Where a market's prints come from. */
export interface TradeSource {
  /** A reader of whole frames, for the filters of now. It throws `wire/*` or `grid/*` for a frame that makes no sense. */
  reader(instrument: Instrument): (bytes: Uint8Array, into: Print) => void;
  /** Hears every frame of the stream until the signal aborts. */
  frames(listener: (bytes: Uint8Array, at: Millis) => void, signal: AbortSignal): void;
}

/** Whose prints they are, where they come from, and who hears of them. */
export interface TradeFeedOptions {
  readonly source: TradeSource;
  readonly instrument: Instrument;
  readonly tell: (news: News, venueAt: Millis, at: Millis) => void;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}

/** One market's prints while the venue is open. */
export interface TradeFeed {
  /** Goes on with other filters. */
  replace(instrument: Instrument): void;
}

/** Tells each print once. Where ids are no numbers, one that comes again only after another is told again. */
export function createTradeFeed({ source, instrument, tell, trouble, signal }: TradeFeedOptions): TradeFeed {
  const { id } = instrument;
  const print: Print = { id: 0, longId: "", at: 0, price: 0, size: 0, buyerRested: false };
  let read = source.reader(instrument);
  let last = 0;
  let lastLong = "";
  source.frames((bytes, at) => {
    try {
      read(bytes, print);
    } catch (error) {
      if (!isBpError(error)) throw error;
      return trouble(error);
    }
    if (print.id < 0) {
      if (print.longId === lastLong) return; // told just now; of those before nobody knows
      lastLong = print.longId;
    } else {
      if (print.id <= last) return; // told already
      last = print.id;
    }
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
