// The world as the events told it so far: books, marks, links, our orders and what we hold.
import {
  type Book,
  BpError,
  createBook,
  type EventOf,
  type Instrument,
  type InstrumentId,
  type Lots,
  type MarkView,
  type Millis,
  marketOf,
  millis,
  type OwnFill,
  type Ticks,
  type VenueId,
  venueOf,
} from "@bp/core";
import { type Account, createAccount } from "./account.ts";
import { createLags } from "./lag.ts";
import { createOrders, type Orders } from "./orders.ts";

/** Everything that the engine knows. Folded from events only, so that the same events give the same world. */
export interface World {
  now: Millis;
  /** Why nothing that adds risk may be wished. */
  halted: string | undefined;
  /** A person asked for quiet: `pause` can be resumed, `stop` and `flatten` are for good. */
  quiet: "pause" | "stop" | "flatten" | undefined;
  /** Whose inventory a `flatten` closes; `undefined`: everybody's. */
  flattening: ReadonlySet<string> | undefined;
  readonly account: Account;
  readonly orders: Orders;
  /** Positions that changed by a trade that nobody has told, until the next snapshot explains them or confirms them. */
  readonly suspects: Map<InstrumentId, Suspect>;
  readonly instruments: Map<InstrumentId, Instrument>;
  readonly marks: Map<InstrumentId, MarkView>;
  readonly lasts: Map<InstrumentId, Ticks>;
  instrument(id: InstrumentId): Instrument;
  book(id: InstrumentId): Book;
  /** Mark, or the mid where there is no mark. In ticks. */
  price(id: InstrumentId): number | undefined;
  /** Own trades that the event being folded has brought, with the strategy that ordered them. */
  readonly fills: { readonly strategy: string; readonly fill: OwnFill }[];
  /** Venues whose orders may rest until then although nothing is seen of them yet: the bot itself was away. */
  readonly still: Map<VenueId, Millis>;
  /** Strategies whose position from before the start is being closed first. */
  readonly clearing: Set<string>;
  /** What tells markets apart where orders meet, see core; without cutting it out of the id each time. */
  market(id: InstrumentId): string;
  /** The venue of an instrument, without cutting it out of the id each time. */
  venue(id: InstrumentId): VenueId;
  link(venue: VenueId): "up" | "down";
  /** Whether the account stream of the venue is gone: what happens there is not told. */
  deaf(venue: VenueId): boolean;
  /** Venues whose account stream is there. */
  heard(): Iterable<VenueId>;
  /** Nobody trades blind: the account must be known, its stream be there, and the book be whole. */
  sees(id: InstrumentId): boolean;
  /** What the books show may be old: each is as good as one that has long been silent, until its next change. */
  doubtBooks(): void;
  /** Folds the market. Returns whether it changed what can be seen, or only figures. */
  foldMarket(event: MarketEvent): boolean;
  foldLink(event: EventOf<"link.lost" | "link.restored">): void;
}

/** What was not ours before the difference appeared, in lots, and the snapshot that showed it. */
export interface Suspect {
  readonly was: Lots;
  readonly asOf: Millis;
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
  const lags = createLags();
  const account = createAccount();
  const venues = new Map<InstrumentId, VenueId>();
  const markets = new Map<InstrumentId, string>();
  const heard = new Set<VenueId>();
  const venue = (id: InstrumentId): VenueId => {
    let found = venues.get(id);
    if (found === undefined) {
      found = venueOf(id);
      venues.set(id, found);
    }
    return found;
  };
  const deaf = (of: VenueId) => down.get(of)?.has("account") === true;

  return {
    now: millis(0),
    halted: undefined,
    quiet: undefined,
    flattening: undefined,
    account,
    orders: createOrders(),
    suspects: new Map(),
    fills: [],
    still: new Map(),
    clearing: new Set(),
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
    venue,
    market: (id) => {
      let found = markets.get(id);
      if (found === undefined) {
        found = marketOf(id);
        markets.set(id, found);
      }
      return found;
    },
    link: (of) => ((down.get(of)?.size ?? 0) === 0 ? "up" : "down"),
    deaf,
    heard: () => heard,
    sees: (id) => {
      const of = venue(id);
      return book(id).valid && account.known(of) && !deaf(of);
    },

    doubtBooks: () => {
      for (const each of books.values()) if (each.valid) each.stamp(millis(0));
    },
    foldMarket: (event) => {
      switch (event.type) {
        case "book.reset":
          book(event.instrument).reset(event.bids, event.asks, lags.trueAt(venue(event.instrument), event));
          return true;
        case "book.changed": {
          const changed = book(event.instrument);
          if (!changed.valid) return false; // a change without the whole is no book
          for (const [price, size] of event.bids) changed.apply("bid", price, size);
          for (const [price, size] of event.asks) changed.apply("ask", price, size);
          changed.stamp(lags.trueAt(venue(event.instrument), event));
          if (!changed.crossed) return false;
          changed.lose();
          return true;
        }
        case "book.lost":
          book(event.instrument).lose();
          return true;
        case "trade.printed":
          lasts.set(event.instrument, event.price);
          return false;
        case "mark.changed":
          marks.set(event.instrument, {
            mark: event.mark,
            index: event.index,
            fundingRate: event.fundingRate,
            fundingAt: event.fundingAt,
            at: event.at,
          });
          return false;
        case "instrument.changed": {
          const { id, tickSize, lotSize } = event.instrument;
          const before = known.get(id);
          known.set(id, event.instrument);
          if (before === undefined || (before.tickSize === tickSize && before.lotSize === lotSize)) return true;
          // Everything that was counted in the old steps means something else now.
          book(id).lose();
          marks.delete(id);
          lasts.delete(id);
          return true;
        }
      }
    },

    foldLink: ({ type, venue: of, stream, clockSet }) => {
      let lost = down.get(of);
      if (lost === undefined) {
        lost = new Set();
        down.set(of, lost);
      }
      if (type === "link.lost") lost.add(stream);
      else lost.delete(stream);
      if (stream === "account") {
        account.forget(of); // also when it is back: only what is asked from now on tells what was missed
        if (type === "link.lost") heard.delete(of);
        else heard.add(of);
      } else if (type === "link.lost") {
        if (clockSet === true) lags.forget(of);
        for (const [id, each] of books) if (venue(id) === of) each.lose();
      }
    },
  };
}
