// What the balances of an account must come to by trades, fees and funding, and what of their change nothing explains.
import {
  type AccountSnapshot,
  Big,
  type Fill,
  type Instrument,
  type InstrumentId,
  type Millis,
  notionalOf,
  sizeToBig,
  type VenueId,
} from "@bp/core";

/** A change of what an account owns of an asset that no trade, fee or funding explains, and that has stood for a while. */
export interface Gap {
  readonly asset: string;
  /** Signed, in the asset: positive came in. */
  readonly by: Big;
}

/** The ledger of all accounts. */
export interface Ledger {
  /** A trade of the account, whoever ordered it. Once for each. */
  fill(venue: VenueId, key: string, fill: Fill, instrument: Instrument): void;
  /** Funding. Once for each payment. */
  paid(venue: VenueId, key: string, asset: string, amount: Big, venueAt: Millis): void;
  /**
   * Compares. A gap counts once it has stood for `settleMs`: funding is often listed later than it is paid.
   *
   * @param inside - knows the trades that the snapshot contains, whatever their time
   */
  snapshot(
    snapshot: AccountSnapshot,
    inside: Pick<ReadonlySet<string>, "has">,
    instruments: ReadonlyMap<InstrumentId, Instrument>,
    settleMs: number,
  ): readonly Gap[];
  /** The venue's dates mean nothing any more: what is on its way is inside the next snapshot. */
  redate(venue: VenueId): void;
}

interface Move {
  readonly key: string;
  readonly asset: string;
  readonly by: Big;
  readonly venueAt: Millis;
}

interface Account {
  /** By asset: what there was at the last snapshot, and everything explained since. */
  readonly expected: Map<string, Big>;
  /** What the last snapshot may not contain yet. */
  moves: Move[];
  /** By asset: since when something is not explained. */
  readonly open: Map<string, Millis>;
  /** By asset: what went through since the last snapshot, for the rounding that it may have brought. */
  readonly turned: Map<string, Big>;
  begun: boolean;
}

const zero = new Big(0);
/** What a venue rounds away, as a fraction of what went through and of what is there. */
const rounding = new Big("0.000001");
/** Interest and the like, as a fraction of what is there, between two snapshots; and dust, in the asset. */
const interest = new Big("0.00001");
const dust = new Big("0.000001");
/** So many moves of a venue that never tells are kept. */
const remembered = 5_000;

/**
 * An empty ledger. What an account owns of a quote asset is its balance less what its perpetuals cost: that changes by price
 * times size of a trade, whenever and by whatever method the venue takes profits (a settlement at the mark changes both). So
 * positions of the user's own in the same markets need no explanation either.
 */
export function createLedger(): Ledger {
  const accounts = new Map<VenueId, Account>();
  const accountOf = (venue: VenueId): Account => {
    let found = accounts.get(venue);
    if (found === undefined) {
      found = { expected: new Map(), moves: [], open: new Map(), turned: new Map(), begun: false };
      accounts.set(venue, found);
    }
    return found;
  };
  const moved = (venue: VenueId, move: Move) => {
    if (move.by.eq(zero)) return;
    const { moves } = accountOf(venue);
    moves.push(move);
    if (moves.length > remembered) moves.splice(0, remembered / 2);
  };

  return {
    fill: (venue, key, { side, price, size, fee, feeAsset, venueAt }, instrument) => {
      const sign = side === "buy" ? 1 : -1;
      const quote = notionalOf(instrument, price, size).times(-sign);
      moved(venue, { key, asset: instrument.quote, by: quote, venueAt });
      if (instrument.kind === "spot")
        moved(venue, { key, asset: instrument.base, by: sizeToBig(instrument, size).times(sign), venueAt });
      moved(venue, { key, asset: feeAsset, by: new Big(fee).neg(), venueAt });
    },
    paid: (venue, key, asset, by, venueAt) => moved(venue, { key, asset, by, venueAt }),

    snapshot: (snapshot, inside, instruments, settleMs) => {
      const { venue, asOf } = snapshot;
      const account = accountOf(venue);
      const { expected, open, turned } = account;
      const owned = ownedBy(snapshot, instruments);
      const later: Move[] = [];
      for (const move of account.moves) {
        if (move.venueAt >= asOf && !inside.has(move.key)) {
          later.push(move);
          continue;
        }
        expected.set(move.asset, (expected.get(move.asset) ?? zero).plus(move.by));
        turned.set(move.asset, (turned.get(move.asset) ?? zero).plus(move.by.abs()));
      }
      account.moves = later;
      const gaps: Gap[] = [];
      for (const asset of new Set([...owned.keys(), ...expected.keys()])) {
        const is = owned.get(asset) ?? zero;
        const by = is.minus(expected.get(asset) ?? zero);
        const small = dust
          .plus((turned.get(asset) ?? zero).plus(is.abs()).times(rounding))
          .plus(is.abs().times(interest));
        if (!account.begun || by.abs().lte(small)) {
          expected.set(asset, is);
          turned.delete(asset);
          open.delete(asset);
          continue;
        }
        const since = open.get(asset) ?? asOf;
        open.set(asset, since);
        if (asOf - since < settleMs) continue;
        gaps.push({ asset, by });
        expected.set(asset, is);
        turned.delete(asset);
        open.delete(asset);
      }
      account.begun = true;
      return gaps;
    },

    redate: (venue) => {
      const account = accountOf(venue);
      account.moves = account.moves.map((move) => ({ ...move, venueAt: 0 as Millis })); // older than any snapshot
      account.open.clear();
    },
  };
}

/** By asset: the balance, less what the positions cost that are settled in it. */
function ownedBy(
  { balances, positions }: AccountSnapshot,
  instruments: ReadonlyMap<InstrumentId, Instrument>,
): ReadonlyMap<string, Big> {
  const owned = new Map<string, Big>();
  for (const { asset, total } of balances) owned.set(asset, new Big(total));
  for (const { instrument, cost } of positions) {
    const quote = instruments.get(instrument)?.quote;
    if (quote !== undefined) owned.set(quote, (owned.get(quote) ?? zero).minus(cost));
  }
  return owned;
}
