// The world of one moment as plain data: what a decision was made from.
import type { Balance, Big, Instrument, InstrumentId, Level, Lots, Millis, OrderView, Ticks, VenueId } from "@bp/core";
import { plainData } from "./plainData.ts";
import type { World } from "./world.ts";

/** One market as it was seen. Prices are ticks, sizes lots; what is left out was not known. */
export interface MarketPicture {
  readonly instrument: InstrumentId;
  readonly tickSize: string;
  readonly lotSize: string;
  /** Whether anybody may trade there: its book is whole, and the account is known and heard. */
  readonly seen: boolean;
  /** Best bid and ask, price and size. */
  readonly bid?: Level;
  readonly ask?: Level;
  /** How old the book is, ms; the time since 1970 where it was never whole. */
  readonly bookAgeMs: number;
  readonly mark?: number;
  readonly index?: number;
  readonly fundingRate?: number;
  readonly fundingAt?: Millis;
  readonly last?: Ticks;
  /** Of all strategies together, signed lots; left out: unknown. */
  readonly position?: Lots;
  /** What the account holds beyond ours, signed lots. */
  readonly external?: Lots;
  /** Quote, decimal text. */
  readonly unrealized?: string;
  /** Why nothing that adds risk may be placed here, though the book is whole. */
  readonly doubt?: string;
}

/** The world as all saw it. */
export interface WorldPicture {
  readonly now: Millis;
  readonly halted?: string;
  /** What a person has asked for: nothing is wished but, with `flatten`, to be flat. */
  readonly quiet?: string;
  readonly links: readonly { readonly venue: VenueId; readonly link: "up" | "down"; readonly account: boolean }[];
  readonly markets: readonly MarketPicture[];
  readonly orders: readonly OrderPicture[];
  readonly balances: readonly {
    readonly venue: VenueId;
    readonly asset: string;
    readonly total: string;
    readonly free: string;
  }[];
  /** Realized, unrealized and funding, less fees, of everything since the start; quote, decimal text. */
  readonly profit: string;
}

/** An order of ours that may be at a venue. */
export type OrderPicture = OrderView & { readonly strategy: string; readonly tif: string };

/** Draws it. @param ids - the markets to be in it */
export function pictureOf(world: World, ids: Iterable<InstrumentId>): WorldPicture {
  const markets = [...ids].map((id) => world.instrument(id));
  const venues = [...new Set(markets.map(({ id }) => world.venue(id)))];
  const { halted, quiet } = world;
  return {
    now: world.now,
    ...(halted === undefined ? {} : { halted }),
    ...(quiet === undefined ? {} : { quiet }),
    links: venues.map((venue) => ({ venue, link: world.link(venue), account: world.account.known(venue) })),
    markets: markets.map((each) => marketPicture(world, each)),
    orders: [...world.orders.live.values()].map((order) => {
      const { clientId, instrument, slot, strategy, side, price, size, filled, tif } = order;
      const { postOnly, reduceOnly, state, since, placedAt } = order;
      const who = { clientId, instrument, slot, strategy, side, price, size, filled, tif };
      return { ...who, postOnly, reduceOnly, state, since, placedAt };
    }),
    balances: venues.flatMap((venue) =>
      [...new Set(markets.filter(({ id }) => world.venue(id) === venue).flatMap(({ base, quote }) => [base, quote]))]
        .map((asset) => ({ venue, asset, money: world.account.money(venue, asset) }))
        .flatMap(({ money, ...where }) => (money === undefined ? [] : [{ ...where, ...textOf(money) }])),
    ),
    profit: text(world.account.profit(world)),
  };
}

function marketPicture(world: World, instrument: Instrument): MarketPicture {
  const { id } = instrument;
  const book = world.book(id);
  const mark = world.marks.get(id);
  const known = world.account.known(world.venue(id));
  const doubt = world.suspects.has(id)
    ? "its position is not explained"
    : world.orders.doubtful(id)
      ? "an order in it is in doubt"
      : undefined;
  const picture = {
    instrument: id,
    tickSize: String(instrument.tickSize),
    lotSize: String(instrument.lotSize),
    seen: world.sees(id),
    bid: book.bid,
    ask: book.ask,
    bookAgeMs: world.now - book.at,
    mark: mark?.mark,
    index: mark?.index,
    fundingRate: mark?.fundingRate,
    fundingAt: mark?.fundingAt,
    last: world.lasts.get(id),
    position: known ? world.account.size(id) : undefined,
    external: known ? world.account.external(id) : undefined,
    doubt,
  };
  return plainData(picture) as MarketPicture; // the same fields, without those that are not known
}

const text = (money: Big) => money.toFixed();
const textOf = ({ total, free }: Balance) => ({ total: text(total), free: text(free) });
