// Balances: the venue's last word on each asset, and on top of it what has happened since.
import {
  type AccountSnapshot,
  type Balance,
  Big,
  type EventOf,
  type Fill,
  type Instrument,
  type Millis,
  notionalOf,
  sizeToBig,
  type VenueId,
} from "@bp/core";

/** What a trade or a payment does to the balance of one asset. */
export interface Move {
  readonly asset: string;
  readonly total: Big;
  readonly free: Big;
}

interface Moved extends Move {
  readonly key: string;
  readonly venueAt: Millis;
}

interface Money extends Balance {
  readonly asOf: Millis;
}

interface Wallet {
  readonly assets: Map<string, Money>;
  readonly moves: Moved[];
  /** The newest date of all moves so far, ms: most balances are no older, and need none of them. */
  newest: number;
  /** The last snapshot's. */
  asOf: Millis | undefined;
}

/** The balances of all accounts. */
export interface Wallets {
  /** Lays moves on top of every balance that is older or equally old: a balance is told after the trade it contains. */
  moved(venue: VenueId, key: string, moves: readonly Move[], venueAt: Millis): void;
  /** The venue's word on one asset; what is newer is laid on top again. */
  balance(changed: EventOf<"balance.changed">): void;
  /** The venue's word on all assets; `inside` knows the trades that it contains, whatever their time. */
  snapshot(snapshot: AccountSnapshot, inside: Pick<ReadonlySet<string>, "has">): void;
  /** The venue's dates mean nothing any more: its next word counts, whatever its date, and nothing is laid on top of it. */
  redate(venue: VenueId): void;
  /** Zero for an asset that was never named. */
  of(venue: VenueId, asset: string): Balance;
}

/** How many moves an account keeps to lay them on top again. */
const remembered = 2_000;
const zero = new Big(0);
const none: Balance = { total: zero, free: zero };

/** No balances. */
export function createWallets(): Wallets {
  const wallets = new Map<VenueId, Wallet>();
  const walletOf = (venue: VenueId): Wallet => {
    let wallet = wallets.get(venue);
    if (wallet === undefined) {
      wallet = { assets: new Map(), moves: [], newest: 0, asOf: undefined };
      wallets.set(venue, wallet);
    }
    return wallet;
  };
  /** A snapshot that does not name an asset says that there is none. */
  const moneyOf = ({ assets, asOf }: Wallet, asset: string): Money | undefined =>
    assets.get(asset) ?? (asOf === undefined ? undefined : { ...none, asOf });
  const plus = (money: Money, { total, free }: Move): Money => ({
    total: money.total.plus(total),
    free: money.free.plus(free),
    asOf: money.asOf,
  });

  return {
    moved: (venue, key, moves, venueAt) => {
      const wallet = walletOf(venue);
      if (venueAt > wallet.newest) wallet.newest = venueAt;
      for (const move of moves) {
        wallet.moves.push({ ...move, key, venueAt });
        const money = moneyOf(wallet, move.asset);
        if (money !== undefined && venueAt >= money.asOf) wallet.assets.set(move.asset, plus(money, move));
      }
      if (wallet.moves.length > remembered) wallet.moves.splice(0, remembered / 2);
    },

    balance: ({ venue, asset, total, free, venueAt }) => {
      const { assets, moves, newest } = walletOf(venue);
      const before = assets.get(asset);
      if (before !== undefined && before.asOf > venueAt) return;
      let money: Money = { total: new Big(total), free: new Big(free), asOf: venueAt };
      if (newest > venueAt)
        for (const move of moves) if (move.asset === asset && move.venueAt > venueAt) money = plus(money, move);
      assets.set(asset, money);
    },

    snapshot: ({ venue, asOf, balances }, inside) => {
      const wallet = walletOf(venue);
      const { assets, moves } = wallet;
      wallet.asOf = asOf;
      const fresh = new Map<string, Money>();
      for (const asset of assets.keys()) fresh.set(asset, { ...none, asOf });
      for (const { asset, total, free } of balances)
        fresh.set(asset, { total: new Big(total), free: new Big(free), asOf });
      for (const move of moves)
        if (move.venueAt >= asOf && !inside.has(move.key))
          fresh.set(move.asset, plus(fresh.get(move.asset) ?? { ...none, asOf }, move));
      for (const [asset, money] of fresh) if ((assets.get(asset)?.asOf ?? asOf) <= asOf) assets.set(asset, money);
    },

    redate: (venue) => {
      const wallet = walletOf(venue);
      wallet.moves.length = 0;
      wallet.newest = 0;
      wallet.asOf = undefined;
      const old = 0 as Millis; // older than any date
      for (const [asset, money] of wallet.assets) wallet.assets.set(asset, { ...money, asOf: old });
    },
    of: (venue, asset) => wallets.get(venue)?.assets.get(asset) ?? none,
  };
}

/** What a trade does to the balances. The venue's next word on them replaces it. */
export function movesOf(fill: Fill, instrument: Instrument, realized: Big): readonly Move[] {
  const resting = fill.liquidity === "maker"; // its price was locked when it was accepted
  const fee = new Big(fill.fee).neg();
  const paid: Move = { asset: fill.feeAsset, total: fee, free: fee };
  if (instrument.kind === "perp") return [paid, { asset: instrument.quote, total: realized, free: realized }];
  const base = sizeToBig(instrument, fill.size);
  const quote = notionalOf(instrument, fill.price, fill.size);
  const [given, got]: [Omit<Move, "free">, Omit<Move, "free">] =
    fill.side === "buy"
      ? [
          { asset: instrument.quote, total: quote.neg() },
          { asset: instrument.base, total: base },
        ]
      : [
          { asset: instrument.base, total: base.neg() },
          { asset: instrument.quote, total: quote },
        ];
  return [paid, { ...given, free: resting ? zero : given.total }, { ...got, free: got.total }];
}
