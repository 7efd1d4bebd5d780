// The world as the events told it so far: books, marks, links, our orders and what we hold.
import {
  type Book,
  BpError,
  type EventOf,
  type Instrument,
  type InstrumentId,
  type MarkView,
  type Millis,
  type Ticks,
  type VenueId,
  createBook,
  millis,
  venueOf,
} from "@bp/core";
import { type Account, createAccount } from "./account.ts";
import { type Orders, createOrders } from "./orders.ts";

/** Everything that the engine knows. Folded from events only, so that the same events give the same world. */
export interface World {
  now: Millis;
  /** Why nothing that adds risk may be wished. */
  halted: string | undefined;
  /** A person asked for quiet: `pause` can be resumed, `stop` and `flatten` are for good. */
  quiet: "pause" | "stop" | "flatten" | undefined;
  readonly account: Account;
  readonly orders: Orders;
  readonly instruments: Map<InstrumentId, Instrument>;
  readonly marks: Map<InstrumentId, MarkView>;
  readonly lasts: Map<InstrumentId, Ticks>;
  instrument(id: InstrumentId): Instrument;
  book(id: InstrumentId): Book;
  /** Mark, or the mid where there is no mark. In ticks. */
  price(id: InstrumentId): number | undefined;
  link(venue: VenueId): "up" | "down";
  foldMarket(event: MarketEvent): void;
  foldLink(event: EventOf<"link.lost" | "link.restored">): void;
}

/** Facts about the market, which are most of all facts. */
export type MarketEvent = EventOf<
  "book.reset" | "book.changed" | "book.lost" | "trade.printed" | "mark.changed" | "instrument.changed"
>;

/** A world in which nothing has happened yet. */
export function createWorld(instruments: readonly Instrument[]): World {
  const known = new Map<InstrumentId, Instrument>(instruments.map((each) => [each.id, each]));
  const books = new Map<InstrumentId, Book>();
  const marks = new Map<InstrumentId, MarkView>();
  const lasts = new Map<InstrumentId, Ticks>();
  const down = new Map<VenueId, Set<"market" | "account">>();

  const book = (id: InstrumentId): Book => {
    let found = books.get(id);
    if (found === undefined) {
      if (!known.has(id)) throw new BpError("engine/unknown-instrument", { instrument: id });
      found = createBook();
      books.set(id, found);
    }
    return found;
  };
  const account = createAccount();

  return {
    now: millis(0),
    halted: undefined,
    quiet: undefined,
    account,
    orders: createOrders(),
    instruments: known,
    marks,
    lasts,
    instrument: (id) => {
      const found = known.get(id);
      if (found === undefined) throw new BpError("engine/unknown-instrument", { instrument: id });
      return found;
    },
    book,
    price: (id) => marks.get(id)?.mark ?? book(id).mid(),
    link: (venue) => ((down.get(venue)?.size ?? 0) === 0 ? "up" : "down"),

    foldMarket: (event) => {
      switch (event.type) {
        case "book.reset":
          return book(event.instrument).reset(event.bids, event.asks, event.at);
        case "book.changed": {
          const changed = book(event.instrument);
          if (!changed.valid) return; // a change without the whole is no book
          for (const [price, size] of event.bids) changed.apply("bid", price, size);
          for (const [price, size] of event.asks) changed.apply("ask", price, size);
          changed.stamp(event.at);
          if (changed.crossed) changed.lose();
          return;
        }
        case "book.lost":
          return book(event.instrument).lose();
        case "trade.printed":
          lasts.set(event.instrument, event.price);
          return;
        case "mark.changed":
          marks.set(event.instrument, {
            mark: event.mark,
            index: event.index,
            fundingRate: event.fundingRate,
            fundingAt: event.fundingAt,
            at: event.at,
          });
          return;
        case "instrument.changed":
          known.set(event.instrument.id, event.instrument);
          return;
      }
    },

    foldLink: ({ type, venue, stream }) => {
      let lost = down.get(venue);
      if (lost === undefined) {
        lost = new Set();
        down.set(venue, lost);
      }
      if (type === "link.restored") return void lost.delete(stream);
      lost.add(stream);
      if (stream === "account") account.forget(venue);
      else for (const [id, each] of books) if (venueOf(id) === venue) each.lose();
    },
  };
}
