// What is held and what it has earned: fills, fees and funding per strategy, and the venue's word on the whole account.
import {
  type AccountSnapshot,
  type Balance,
  Big,
  createParts,
  type EventOf,
  type Fill,
  flat,
  type Holding,
  type Instrument,
  type InstrumentId,
  type Lots,
  lots,
  type Millis,
  type Parts,
  type Side,
  ticks,
  traded,
  unrealizedAt,
  type VenueId,
  venueOf,
} from "@bp/core";
import { bookFee, nothingOwned, type Owned, sellable } from "./inventory.ts";
import { createLedger, type Gap } from "./ledger.ts";
import { createWallets, movesOf } from "./money.ts";

const zero = new Big(0);

/** Everything known of one market. */
interface Market {
  readonly owners: Map<string, Owned>;
  /** Position of all of ours together and of the whole account, in lots. */
  readonly parts: Parts;
  /** Of ours, less what fees took of it. */
  sellable: number;
  /** What the venue's position cost, signed; `undefined` before it has told. */
  cost: Big | undefined;
  readonly stamps: Set<Millis>;
  /** Trades that were counted: a trade of two orders of ours is told twice, once for each side. */
  readonly trades: Readonly<Record<Side, Set<string>>>;
}

/** The owner of fills that nobody here ordered. */
export const external = "external";

/** How many trades of a side of a market are remembered to tell a doubled fill from a new one: several times the longest list that a venue tells. */
const rememberedTrades = 5_000;
/** How many funding stamps of a market are remembered, to count each once. */
const rememberedStamps = 50;

/** A difference between the venue's position and ours that changed. */
export interface Change {
  readonly instrument: InstrumentId;
  readonly was: Lots | undefined;
  readonly is: Lots;
}

/** A part of our position that a liquidation or another hand took, and that is not counted any more. */
export interface WrittenOff {
  readonly instrument: InstrumentId;
  /** Signed like the position was, in lots. */
  readonly size: Lots;
  /** Ticks; `undefined`: at what it had cost. */
  readonly price: number | undefined;
}

/** What a snapshot says that we did not know. */
export interface Laid {
  /** Instruments whose external part changed, in lots. */
  readonly changes: readonly Change[];
  /** Balances that nothing explains, for long enough. */
  readonly gaps: readonly Gap[];
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
   * Lays the venue's truth under what we know; the trades of its list have been counted before.
   *
   * @param settleMs - how long a balance may lack its explanation before it is told
   */
  snapshot(snapshot: AccountSnapshot, instruments: ReadonlyMap<InstrumentId, Instrument>, settleMs?: number): Laid;
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
  /** How much a liquidation or another hand took out of our position, in lots, 0 or more. */
  gone(instrument: InstrumentId): number;
  /**
   * What is gone of ours is no longer counted: each owner keeps what `left` says, and the rest is closed at the price of the
   * trades that took it, else at the mark, else at what it had cost.
   */
  writeOff(market: Prices): readonly WrittenOff[];
  /** The dates of a venue mean nothing any more (its clock was set): everything known so far is inside its next snapshot. */
  redate(venue: VenueId): void;
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
  const ledger = createLedger();
  const known = new Set<VenueId>();
  const told = new Map<VenueId, Millis>();

  const marketOf = (id: InstrumentId): Market => {
    let found = markets.get(id);
    if (found === undefined) {
      found = {
        owners: new Map(),
        parts: createParts(),
        sellable: 0,
        cost: undefined,
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
    let own = 0;
    market.sellable = 0;
    for (const [name, each] of market.owners) {
      if (name === external) continue;
      own += each.position.size;
      market.sellable += sellable(each);
    }
    market.parts.own = own;
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
      const venue = venueOf(fill.instrument);
      wallets.moved(venue, key, movesOf(fill, instrument, realized), fill.venueAt);
      ledger.fill(venue, key, fill, instrument);

      const signed = fill.side === "buy" ? fill.size : -fill.size;
      const { price, venueAt } = fill;
      market.parts.traded({ key, signed, price, venueAt }, owner === external ? "another" : "ours");
      sumUp(market);
      return true;
    },

    funding: (paid, instrument) => {
      const market = marketOf(paid.instrument);
      if (market.stamps.has(paid.venueAt)) return;
      remember(market.stamps, paid.venueAt, rememberedStamps);
      const amount = new Big(paid.amount);
      const whole = market.parts.own + (market.parts.external ?? 0);
      if (whole !== 0)
        for (const [name, each] of market.owners) {
          const { size } = each.position;
          if (name === external || size === 0) continue;
          each.funding = each.funding.plus(size === whole ? amount : amount.times(size).div(whole));
        }
      const key = `${paid.instrument}/funding/${paid.venueAt}`;
      const venue = venueOf(instrument.id);
      wallets.moved(venue, key, [{ asset: paid.asset, total: amount, free: amount }], paid.venueAt);
      ledger.paid(venue, key, paid.asset, amount, paid.venueAt);
    },

    balance: (changed) => wallets.balance(changed),
    isNews: ({ venue, asOf }) => asOf >= (told.get(venue) ?? 0),

    snapshot: (snapshot, instruments, settleMs = Number.POSITIVE_INFINITY) => {
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
      const gaps = ledger.snapshot(snapshot, inside, instruments, settleMs);

      const positions = new Map(snapshot.positions.map((each) => [each.instrument, each]));
      const changes: Change[] = [];
      for (const [id, { kind }] of instruments) {
        if (kind !== "perp" || venueOf(id) !== venue) continue; // spot has balances, not positions
        const market = marketOf(id);
        const { parts } = market;
        const position = positions.get(id);
        const was = parts.external;
        parts.told(position?.size ?? 0, asOf, inside);
        market.cost = new Big(position?.cost ?? "0");
        const is = parts.external ?? lots(0);
        if (was !== is && !(was === undefined && is === 0)) changes.push({ instrument: id, was, is });
      }
      return { changes, gaps };
    },

    adopt: (instrument, owner) => {
      const { cost, parts } = marketOf(instrument.id);
      const { external: beyond } = parts;
      if (cost === undefined || beyond === undefined || beyond === 0) return;
      if (parts.own !== 0) return; // the venue's cost is that of the whole
      const entry = ownedBy(marketOf(instrument.id), owner);
      entry.position = { ...entry.position, size: beyond, cost };
      parts.adopt();
      sumUp(marketOf(instrument.id));
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
      market.parts.concede();
    },

    gone: (id) => markets.get(id)?.parts.gone() ?? 0,
    writeOff: (prices) => {
      const done: WrittenOff[] = [];
      for (const [id, market] of markets) {
        const { parts } = market;
        if (parts.gone() === 0) continue;
        const mark = prices.price(id);
        const price = parts.gonePrice() ?? (mark === undefined ? undefined : Math.round(mark));
        const was = parts.own;
        const keeps = new Map([...market.owners.keys()].map((name) => [name, leftOf(market, name)]));
        for (const [name, entry] of market.owners) {
          const kept = keeps.get(name);
          if (name === external || kept === undefined) continue;
          entry.position = closedTo(entry.position, kept, price, prices.instrument(id));
        }
        sumUp(market);
        parts.concede();
        done.push({ instrument: id, size: lots(was - parts.own), price });
      }
      return done;
    },
    redate: (venue) => {
      told.delete(venue);
      wallets.redate(venue);
      ledger.redate(venue);
      for (const [id, { parts }] of markets) if (venueOf(id) === venue) parts.redate();
    },

    external: (id) => markets.get(id)?.parts.external,
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
  const gone = market.parts.gone();
  if (gone === 0) return undefined;
  const { own } = market.parts;
  const side = Math.sign(own);
  let rest = Math.abs(own) - gone;
  if (owner === undefined) return signed(side, rest);
  for (const [name, { position }] of market.owners) {
    const share = name === external ? 0 : Math.min(rest, Math.max(0, position.size * side));
    if (name === owner) return signed(side, share);
    rest -= share;
  }
  return lots(0);
}

/** A position of which only a part is left. What goes is closed at `price` in ticks, or at what it had cost. */
function closedTo(position: Owned["position"], kept: Lots, price: number | undefined, instrument: Instrument) {
  const goes = position.size - kept;
  if (goes === 0) return position;
  if (price !== undefined)
    return traded(instrument, position, {
      side: goes > 0 ? "sell" : "buy",
      price: ticks(price),
      size: lots(Math.abs(goes)),
    });
  const cost = kept === 0 ? zero : position.cost.times(kept).div(position.size);
  return { ...position, size: kept, cost };
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
