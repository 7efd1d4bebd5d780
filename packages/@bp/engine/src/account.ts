// What is held and what it has earned: fills, fees and funding per strategy, and the venue's word on the whole account.
import {
  type AccountSnapshot,
  Big,
  type EventOf,
  type Fill,
  type Holding,
  type Instrument,
  type InstrumentId,
  type Lots,
  type Millis,
  type Position,
  type VenueId,
  flat,
  lots,
  notionalOf,
  priceToBig,
  roundToGrid,
  gridsOf,
  sizeToBig,
  traded,
  unrealizedAt,
  venueOf,
} from "@bp/core";

const zero = new Big(0);

/** Inventory of one owner in one instrument. */
interface Owned {
  position: Position;
  /** Quote. */
  fees: Big;
  /** Base paid as fees: what was bought and is not there to sell. */
  baseFees: Big;
  /** The same in whole lots, rounded up. */
  feeLots: number;
  /** Quote. */
  funding: Big;
}

interface Money {
  total: Big;
  free: Big;
  asOf: Millis;
}

/** A change of the account that the snapshot must or must not contain already. */
interface Recent {
  readonly tradeId: string;
  readonly signed: number;
  readonly venueAt: Millis;
}

/** The owner of fills that nobody here ordered. */
export const external = "external";

/** How many trades are remembered to tell a doubled fill from a new one. */
const rememberedTrades = 50_000;
/** How many are kept with their time, to lay the newer ones over a snapshot. */
const rememberedRecent = 2_000;

export interface Account {
  /** False before the first snapshot and after the account stream was lost. */
  known(venue: VenueId): boolean;
  forget(venue: VenueId): void;
  /** Counts a trade once. Returns false if it was known already. */
  fill(fill: Fill, owner: string, instrument: Instrument): boolean;
  funding(paid: EventOf<"funding.paid">, instrument: Instrument): void;
  balance(changed: EventOf<"balance.changed">): void;
  /** Lays the venue's truth under what we know; returns the instruments whose external part changed, in lots. */
  snapshot(
    snapshot: AccountSnapshot,
    instrumentOf: (id: InstrumentId) => Instrument | undefined,
  ): readonly { readonly instrument: InstrumentId; readonly was: Lots | undefined; readonly is: Lots }[];
  /** Gives what the venue's account holds beyond ours to an owner, at the venue's cost. */
  adopt(instrument: Instrument, owner: string): void;
  /** Inventory of an owner, or of all of ours together. */
  holding(instrument: Instrument, owner?: string): Holding;
  /** What can be sold or must be bought back: the position less what fees took of it. */
  size(instrument: Instrument, owner?: string): Lots;
  external(instrument: InstrumentId): Lots | undefined;
  money(venue: VenueId, asset: string): { readonly total: Big; readonly free: Big } | undefined;
  /** Realized, unrealized, funding, less fees, of all of ours. */
  profit(markOf: (id: InstrumentId) => number | undefined, instrumentOf: (id: InstrumentId) => Instrument): Big;
}

/** An account with nothing in it and nothing known of it. */
export function createAccount(): Account {
  const owned = new Map<InstrumentId, Map<string, Owned>>();
  const venuePositions = new Map<InstrumentId, { size: number; cost: Big; asOf: Millis }>();
  const externals = new Map<InstrumentId, Lots>();
  const balances = new Map<VenueId, Map<string, Money>>();
  const knownVenues = new Set<VenueId>();
  const trades = new Set<string>();
  const recent = new Map<InstrumentId, Recent[]>();

  const of = (instrument: InstrumentId, owner: string): Owned => {
    let owners = owned.get(instrument);
    if (owners === undefined) {
      owners = new Map();
      owned.set(instrument, owners);
    }
    let found = owners.get(owner);
    if (found === undefined) {
      found = { position: flat, fees: zero, baseFees: zero, feeLots: 0, funding: zero };
      owners.set(owner, found);
    }
    return found;
  };

  const ours = (instrument: InstrumentId, owner?: string): readonly Owned[] => {
    const owners = owned.get(instrument);
    if (owners === undefined) return [];
    if (owner !== undefined) {
      const found = owners.get(owner);
      return found === undefined ? [] : [found];
    }
    return [...owners].flatMap(([name, each]) => (name === external ? [] : [each]));
  };

  const ownSize = (instrument: InstrumentId): number => {
    let sum = 0;
    for (const each of ours(instrument)) sum += each.position.size;
    return sum;
  };

  const moneyOf = (venue: VenueId, asset: string): Money | undefined => balances.get(venue)?.get(asset);

  /** Lays a trade that the last word on the balance does not contain on top of it. */
  const pay = (fill: Fill, instrument: Instrument, realized: Big) => {
    const venue = venueOf(instrument.id);
    const move = (asset: string, amount: Big, free: Big) => {
      const money = moneyOf(venue, asset);
      if (money === undefined || fill.venueAt < money.asOf) return;
      money.total = money.total.plus(amount);
      money.free = money.free.plus(free);
    };
    const resting = fill.liquidity === "maker"; // its price was locked when it was accepted
    move(fill.feeAsset, new Big(fill.fee).neg(), new Big(fill.fee).neg());
    if (instrument.kind === "perp") return move(instrument.quote, realized, realized);
    const base = sizeToBig(instrument, fill.size);
    const quote = notionalOf(instrument, fill.price, fill.size);
    if (fill.side === "buy") {
      move(instrument.base, base, base);
      move(instrument.quote, quote.neg(), resting ? zero : quote.neg());
    } else {
      move(instrument.base, base.neg(), resting ? zero : base.neg());
      move(instrument.quote, quote, quote);
    }
  };

  return {
    known: (venue) => knownVenues.has(venue),
    forget: (venue) => void knownVenues.delete(venue),

    fill: (fill, owner, instrument) => {
      const key = `${fill.instrument}/${fill.tradeId}/${fill.side}`;
      if (trades.has(key)) return false;
      trades.add(key);
      if (trades.size > rememberedTrades) for (const oldest of trades) {
        trades.delete(oldest);
        break;
      }
      const entry = of(fill.instrument, owner);
      const before = entry.position;
      entry.position = traded(instrument, before, fill);
      const fee = new Big(fill.fee);
      if (fill.feeAsset === instrument.base && instrument.kind === "spot") {
        entry.baseFees = entry.baseFees.plus(fee);
        entry.feeLots = Math.max(0, roundToGrid(entry.baseFees, gridsOf(instrument).size, "ceil"));
        entry.fees = entry.fees.plus(fee.times(priceToBig(instrument, fill.price)));
      } else {
        entry.fees = entry.fees.plus(fee);
      }
      pay(fill, instrument, entry.position.realized.minus(before.realized));

      const signed = fill.side === "buy" ? fill.size : -fill.size;
      let list = recent.get(fill.instrument);
      if (list === undefined) {
        list = [];
        recent.set(fill.instrument, list);
      }
      list.push({ tradeId: fill.tradeId, signed, venueAt: fill.venueAt });
      if (list.length > rememberedRecent) list.splice(0, rememberedRecent / 2);
      const told = venuePositions.get(fill.instrument);
      if (told !== undefined && fill.venueAt > told.asOf) told.size += signed;
      if (told !== undefined) externals.set(fill.instrument, lots(told.size - ownSize(fill.instrument)));
      return true;
    },

    funding: (paid, instrument) => {
      const owners = ours(paid.instrument).filter((each) => each.position.size !== 0);
      const amount = new Big(paid.amount);
      const whole = owners.reduce((sum, each) => sum + Math.abs(each.position.size), 0);
      for (const each of owners)
        each.funding = each.funding.plus(whole === 0 ? zero : amount.times(Math.abs(each.position.size)).div(whole));
      const money = moneyOf(venueOf(instrument.id), paid.asset);
      if (money === undefined || paid.venueAt < money.asOf) return;
      money.total = money.total.plus(amount);
      money.free = money.free.plus(amount);
    },

    balance: ({ venue, asset, total, free, venueAt }) => {
      let assets = balances.get(venue);
      if (assets === undefined) {
        assets = new Map();
        balances.set(venue, assets);
      }
      const before = assets.get(asset);
      if (before !== undefined && before.asOf > venueAt) return;
      assets.set(asset, { total: new Big(total), free: new Big(free), asOf: venueAt });
    },

    snapshot: (snapshot, instrumentOf) => {
      const { venue, asOf } = snapshot;
      knownVenues.add(venue);
      const assets = new Map<string, Money>();
      for (const { asset, total, free } of snapshot.balances)
        assets.set(asset, { total: new Big(total), free: new Big(free), asOf });
      for (const [asset, before] of balances.get(venue) ?? [])
        if (before.asOf > asOf || !assets.has(asset))
          assets.set(asset, before.asOf > asOf ? before : { total: zero, free: zero, asOf });
      balances.set(venue, assets);

      const inside = new Set(snapshot.fills.map((each) => `${each.instrument}/${each.tradeId}`));
      const told = new Map(snapshot.positions.map((each) => [each.instrument, each]));
      const touched = new Set<InstrumentId>([...told.keys()]);
      for (const id of [...owned.keys(), ...venuePositions.keys()]) if (venueOf(id) === venue) touched.add(id);
      const changes: { instrument: InstrumentId; was: Lots | undefined; is: Lots }[] = [];
      for (const id of touched) {
        if (instrumentOf(id)?.kind === "spot") continue; // spot has balances, not positions
        const newer = (recent.get(id) ?? []).filter(
          (each) => each.venueAt > asOf && !inside.has(`${id}/${each.tradeId}`),
        );
        const position = told.get(id);
        const size = newer.reduce((sum, each) => sum + each.signed, position?.size ?? 0);
        venuePositions.set(id, { size, cost: new Big(position?.cost ?? "0"), asOf });
        const was = externals.get(id);
        const is = lots(size - ownSize(id));
        externals.set(id, is);
        if (was !== is && !(was === undefined && is === 0)) changes.push({ instrument: id, was, is });
      }
      return changes;
    },

    adopt: (instrument, owner) => {
      const told = venuePositions.get(instrument.id);
      const size = externals.get(instrument.id);
      if (told === undefined || size === undefined || size === 0) return;
      const entry = of(instrument.id, owner);
      if (entry.position.size !== 0) return;
      entry.position = { ...entry.position, size, cost: told.cost };
      externals.set(instrument.id, lots(0));
    },

    holding: (instrument, owner) => {
      const parts = ours(instrument.id, owner);
      const sum = (pick: (each: Owned) => Big) => parts.reduce((total, each) => total.plus(pick(each)), zero);
      return {
        size: lots(parts.reduce((total, each) => total + each.position.size, 0)),
        cost: sum((each) => each.position.cost),
        realized: sum((each) => each.position.realized),
        fees: sum((each) => each.fees),
        funding: sum((each) => each.funding),
      };
    },

    size: (instrument, owner) => {
      let size = 0;
      for (const each of ours(instrument.id, owner)) size += each.position.size - each.feeLots;
      return lots(size);
    },

    external: (id) => externals.get(id),
    money: (venue, asset) => (knownVenues.has(venue) ? (moneyOf(venue, asset) ?? { total: zero, free: zero }) : undefined),

    profit: (markOf, instrumentOf) => {
      let sum = zero;
      for (const [id, owners] of owned) {
        for (const [name, each] of owners) {
          if (name === external) continue;
          sum = sum.plus(each.position.realized).plus(each.funding).minus(each.fees);
          const mark = markOf(id);
          if (mark !== undefined) sum = sum.plus(unrealizedAt(instrumentOf(id), each.position, mark));
        }
      }
      return sum;
    },
  };
}
