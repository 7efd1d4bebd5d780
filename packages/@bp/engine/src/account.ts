// What is held and what it has earned: fills, fees and funding per strategy, and the venue's word on the whole account.
import {
  type AccountSnapshot,
  type Balance,
  Big,
  type EventOf,
  type Fill,
  flat,
  type Holding,
  type Instrument,
  type InstrumentId,
  type Lots,
  lots,
  type Millis,
  type Side,
  traded,
  unrealizedAt,
  type VenueId,
  venueOf,
} from "@bp/core";
import { bookFee, nothingOwned, type Owned, sellable } from "./inventory.ts";
import { createWallets, movesOf } from "./money.ts";
import { taken } from "./taken.ts";

const zero = new Big(0);

/** Everything known of one market. */
interface Market {
  readonly owners: Map<string, Owned>;
  /** Position of all of ours together, in lots. */
  own: number;
  /** The same less what fees took of it. */
  sellable: number;
  /** The venue's word, and on top of it the trades since. */
  venue: { size: number; readonly cost: Big; readonly asOf: Millis } | undefined;
  /** What the venue's account holds beyond ours. */
  external: Lots | undefined;
  /** The same when nothing of ours was held: the user's own. */
  before: Lots | undefined;
  readonly recent: { readonly key: string; readonly signed: number; readonly venueAt: Millis }[];
  readonly stamps: Set<Millis>;
  /** Trades that were counted: a trade of two orders of ours is told twice, once for each side. */
  readonly trades: Readonly<Record<Side, Set<string>>>;
}

/** The owner of fills that nobody here ordered. */
export const external = "external";

/** How many trades of a side of a market are remembered to tell a doubled fill from a new one. */
const rememberedTrades = 50_000;
/** How many are kept with their time, to lay the newer ones over a snapshot. */
const rememberedRecent = 2_000;
/** How many funding stamps of a market are remembered, to count each once. */
const rememberedStamps = 50;

/** A difference between the venue's position and ours that changed. */
export interface Difference {
  readonly instrument: InstrumentId;
  readonly was: Lots | undefined;
  readonly is: Lots;
}

/** What an open position is measured by. */
export interface Prices {
  /** In ticks. */
  price(id: InstrumentId): number | undefined;
  instrument(id: InstrumentId): Instrument;
}

/** The books of all accounts: positions, profit, balances. */
export interface Account {
  /** False before the first snapshot and after the account stream was lost. */
  known(venue: VenueId): boolean;
  /** From now on positions and balances of the venue are trusted. */
  know(venue: VenueId): void;
  /** From now on they are unknown. */
  forget(venue: VenueId): void;
  /** Whether a trade is known: lists of trades are long, and nearly all of theirs are. */
  counted(fill: Pick<Fill, "instrument" | "tradeId" | "side">): boolean;
  /** Counts a trade once. Returns false if it was known already. */
  fill(fill: Fill, owner: string, instrument: Instrument): boolean;
  /** Counts a funding payment once per stamp, and gives each owner its share. */
  funding(paid: EventOf<"funding.paid">, instrument: Instrument): void;
  balance(changed: EventOf<"balance.changed">): void;
  /** Whether a snapshot tells more than the last one of its venue did. */
  isNews(snapshot: AccountSnapshot): boolean;
  /**
   * Lays the venue's truth under what we know; the trades of its list have been counted before. Returns the instruments
   * whose external part changed, in lots.
   */
  snapshot(snapshot: AccountSnapshot, instruments: ReadonlyMap<InstrumentId, Instrument>): readonly Difference[];
  /** Gives what the venue's account holds beyond ours to an owner who holds nothing, at the venue's cost. */
  adopt(instrument: Instrument, owner: string): void;
  /** Inventory of an owner, or of all of ours together. */
  holding(instrument: Instrument, owner?: string): Holding;
  /** What can be sold or must be bought back: the position less what fees took of it. */
  size(instrument: InstrumentId, owner?: string): Lots;
  /**
   * What of it is still at the venue: the size, less what a liquidation or another hand took out of our position in a
   * perpetual. Then the owners on the side of the whole share what is left, those named first before the others.
   */
  left(instrument: InstrumentId, owner?: string): Lots;
  /**
   * From now on what the account holds beyond ours counts as the user's own, and never as taken out of ours. Does nothing
   * while something of ours is held. Before the first snapshot everything is the user's.
   */
  concede(instrument: InstrumentId): void;
  /** What the venue's account holds beyond ours; `undefined` before the venue has told. */
  external(instrument: InstrumentId): Lots | undefined;
  /** `undefined` while the account is unknown. */
  money(venue: VenueId, asset: string): Balance | undefined;
  /** Realized, unrealized, funding, less fees, of all of ours. */
  profit(market: Prices): Big;
}

/** An account with nothing in it and nothing known of it. */
export function createAccount(): Account {
  const markets = new Map<InstrumentId, Market>();
  const wallets = createWallets();
  const known = new Set<VenueId>();
  const told = new Map<VenueId, Millis>();

  const marketOf = (id: InstrumentId): Market => {
    let found = markets.get(id);
    if (found === undefined) {
      found = {
        owners: new Map(),
        own: 0,
        sellable: 0,
        venue: undefined,
        external: undefined,
        before: undefined,
        recent: [],
        stamps: new Set(),
        trades: { buy: new Set(), sell: new Set() },
      };
      markets.set(id, found);
    }
    return found;
  };
  const ownedBy = (market: Market, owner: string): Owned => {
    let found = market.owners.get(owner);
    if (found === undefined) {
      found = nothingOwned();
      market.owners.set(owner, found);
    }
    return found;
  };
  const sumUp = (market: Market) => {
    market.own = 0;
    market.sellable = 0;
    for (const [name, each] of market.owners) {
      if (name === external) continue;
      market.own += each.position.size;
      market.sellable += sellable(each);
    }
    if (market.venue !== undefined) market.external = lots(market.venue.size - market.own);
  };

  const size = (id: InstrumentId, owner?: string): Lots => {
    const market = markets.get(id);
    if (market === undefined) return lots(0);
    if (owner === undefined) return lots(market.sellable);
    const entry = market.owners.get(owner);
    return entry === undefined ? lots(0) : lots(sellable(entry));
  };

  return {
    known: (venue) => known.has(venue),
    know: (venue) => void known.add(venue),
    forget: (venue) => void known.delete(venue),

    counted: ({ instrument, tradeId, side }) => markets.get(instrument)?.trades[side].has(tradeId) === true,

    fill: (fill, owner, instrument) => {
      const market = marketOf(fill.instrument);
      const trades = market.trades[fill.side];
      if (trades.has(fill.tradeId)) return false;
      remember(trades, fill.tradeId, rememberedTrades);
      const key = keyOf(fill);
      const entry = ownedBy(market, owner);
      const before = entry.position;
      entry.position = traded(instrument, before, fill);
      const realized = entry.position.realized.minus(before.realized);
      bookFee(entry, fill, instrument);
      wallets.moved(venueOf(fill.instrument), key, movesOf(fill, instrument, realized), fill.venueAt);

      const signed = fill.side === "buy" ? fill.size : -fill.size;
      market.recent.push({ key, signed, venueAt: fill.venueAt });
      if (market.recent.length > rememberedRecent) market.recent.splice(0, rememberedRecent / 2);
      // Not among the fills of the last snapshot, else it were known: older ones are inside its figures all the same.
      if (market.venue !== undefined && fill.venueAt >= market.venue.asOf) market.venue.size += signed;
      sumUp(market);
      return true;
    },

    funding: (paid, instrument) => {
      const market = marketOf(paid.instrument);
      if (market.stamps.has(paid.venueAt)) return;
      remember(market.stamps, paid.venueAt, rememberedStamps);
      const amount = new Big(paid.amount);
      const whole = market.own + (market.external ?? 0);
      if (whole !== 0)
        for (const [name, each] of market.owners) {
          const { size } = each.position;
          if (name === external || size === 0) continue;
          each.funding = each.funding.plus(size === whole ? amount : amount.times(size).div(whole));
        }
      const key = `${paid.instrument}/funding/${paid.venueAt}`;
      wallets.moved(venueOf(instrument.id), key, [{ asset: paid.asset, total: amount, free: amount }], paid.venueAt);
    },

    balance: (changed) => wallets.balance(changed),
    isNews: ({ venue, asOf }) => asOf >= (told.get(venue) ?? 0),

    snapshot: (snapshot, instruments) => {
      const { venue, asOf } = snapshot;
      told.set(venue, asOf);
      let keys: ReadonlySet<string> | undefined; // most snapshots have nothing newer beside them
      const inside = {
        has: (key: string) => {
          keys ??= new Set(snapshot.fills.map(keyOf));
          return keys.has(key);
        },
      };
      wallets.snapshot(snapshot, inside);

      const positions = new Map(snapshot.positions.map((each) => [each.instrument, each]));
      const changes: Difference[] = [];
      for (const [id, { kind }] of instruments) {
        if (kind !== "perp" || venueOf(id) !== venue) continue; // spot has balances, not positions
        const market = marketOf(id);
        const position = positions.get(id);
        let size: number = position?.size ?? 0;
        for (const each of market.recent) if (each.venueAt >= asOf && !inside.has(each.key)) size += each.signed;
        market.venue = { size, cost: new Big(position?.cost ?? "0"), asOf };
        const was = market.external;
        const is = lots(size - market.own);
        market.external = is;
        market.before ??= is;
        if (was !== is && !(was === undefined && is === 0)) changes.push({ instrument: id, was, is });
      }
      return changes;
    },

    adopt: (instrument, owner) => {
      const market = marketOf(instrument.id);
      if (market.venue === undefined || market.external === undefined || market.external === 0) return;
      const entry = ownedBy(market, owner);
      if (market.own !== 0) return; // the venue's cost is that of the whole
      entry.position = { ...entry.position, size: market.external, cost: market.venue.cost };
      sumUp(market);
      market.before = market.external;
    },

    holding: (instrument, owner) => {
      let { size, cost, realized } = flat;
      let [fees, funding] = [zero, zero];
      for (const [name, each] of markets.get(instrument.id)?.owners ?? []) {
        if (owner === undefined ? name === external : name !== owner) continue;
        size = lots(size + each.position.size);
        cost = cost.plus(each.position.cost);
        realized = realized.plus(each.position.realized);
        fees = fees.plus(each.fees);
        funding = funding.plus(each.funding);
      }
      return { size, cost, realized, fees, funding };
    },

    size,

    left: (id, owner) => {
      const market = markets.get(id);
      return (market === undefined ? undefined : leftOf(market, owner)) ?? size(id, owner);
    },

    concede: (id) => {
      const market = markets.get(id);
      if (market === undefined) return;
      for (const [name, { position }] of market.owners) if (name !== external && position.size !== 0) return;
      market.before = market.external;
    },

    external: (id) => markets.get(id)?.external,
    money: (venue, asset) => (known.has(venue) ? wallets.of(venue, asset) : undefined),

    profit: (market) => {
      let sum = zero;
      for (const [id, { owners }] of markets) {
        for (const [name, each] of owners) {
          if (name === external) continue;
          sum = sum.plus(each.position.realized).plus(each.funding).minus(each.fees);
          const mark = each.position.size === 0 ? undefined : market.price(id);
          if (mark !== undefined) sum = sum.plus(unrealizedAt(market.instrument(id), each.position, mark));
        }
      }
      return sum;
    },
  };
}

/** What is left to an owner, or to all, where a part of ours was taken; `undefined` where none was. */
function leftOf(market: Market, owner: string | undefined): Lots | undefined {
  const gone = taken(market);
  if (gone === 0) return undefined;
  const side = Math.sign(market.own);
  let rest = Math.abs(market.own) - gone;
  if (owner === undefined) return signed(side, rest);
  for (const [name, { position }] of market.owners) {
    const share = name === external ? 0 : Math.min(rest, Math.max(0, position.size * side));
    if (name === owner) return signed(side, share);
    rest -= share;
  }
  return lots(0);
}

const signed = (side: number, size: number): Lots => lots(side < 0 ? 0 - size : size);

/** A trade of two orders of ours is told twice, once for each side. */
function keyOf(fill: Pick<Fill, "instrument" | "tradeId" | "side">): string {
  return `${fill.instrument}/${fill.tradeId}/${fill.side}`;
}

function remember<T>(seen: Set<T>, key: T, limit: number): void {
  seen.add(key);
  if (seen.size > limit) for (const oldest of seen) return void seen.delete(oldest);
}
