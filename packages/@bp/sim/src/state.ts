// What the exchange remembers: markets, accounts, orders. Plain data; what may be done with it stands elsewhere.
import type { Decimal, Instrument, InstrumentId, Millis, Position, Side } from "@bp/core";
import type {
  AccountSketch,
  ExpiryReason,
  MarginBracket,
  OrderRequest,
  PositionMode,
  PositionSide,
  ReferencePrice,
  Refusal,
  SimFact,
  SimFill,
  SimOrder,
  SimOrderStatus,
} from "./contract.ts";
import type { History } from "./history.ts";
import type { Matcher } from "./matching.ts";
import type { Money } from "./money.ts";
import type { RecordedBook } from "./tape/recordedBook.ts";

/** Prices that are noted one after the other, thousands of times between two facts. */
export interface PriceList {
  prices: Int32Array;
  count: number;
}

/** Who takes in a match; anonymous without an order. */
export interface Taker {
  readonly side: Side;
  readonly number: number;
  readonly order: LiveOrder | undefined;
  /** Charged beside the taker fee, as a fraction. */
  readonly penalty: string | undefined;
}

type TradeFact = Extract<SimFact, { readonly type: "trade" }>;

export type MarkFact = Extract<SimFact, { readonly type: "mark" }>;

export interface Market {
  readonly id: InstrumentId;
  instrument: Instrument;
  readonly matcher: Matcher;
  /** Quote value of one tick times one lot. */
  readonly unit: Money;
  /** Base of one lot. */
  readonly lotUnit: Money;
  /** Orders of accounts by their slot in the matcher. */
  readonly orders: (LiveOrder | undefined)[];
  /** Who takes in the match that runs now. */
  taker: Taker | undefined;
  /** Number of the recorded order that trades now; 0: none yet. */
  recordedTaker: number;
  /** The last id of the depth sequence. */
  updateId: number;
  tradeId: number;
  /** Recorded size among the orders. */
  readonly recorded: RecordedBook;
  /** Of one recorded level a side, the lots that are shown only: they go when an order reaches for them. */
  readonly hollow: Readonly<Record<Side, { price: number; size: number }>>;
  /** Whether a recording does not know the book now: it is told as empty, and nobody can take from it. */
  lost: boolean;
  /** Prices whose size changed since the last depth fact; some more than once. */
  readonly changedBids: PriceList;
  readonly changedAsks: PriceList;
  readonly trades: History<TradeFact>;
  /** Ticks; 0 before the first trade. */
  lastPrice: number;
  mark: MarkFact | undefined;
  /** Premium samples of the running funding interval. */
  premium: number;
  samples: number;
  /** Orders that wait for a trigger, oldest first. */
  readonly triggers: LiveOrder[];
  /** Maintenance by size of the position; `undefined`: the instrument's own function. */
  readonly brackets: readonly MarginBracket[] | undefined;
}

/** An account's money of one asset. */
export interface Wallet {
  readonly asset: string;
  /** Free and locked. */
  total: Money;
  locked: Money;
}

/** An account's share of a perpetual; two a market in hedge mode. */
export interface Holding {
  readonly market: Market;
  /** Of hedge mode; `undefined`: net. */
  readonly side: PositionSide | undefined;
  position: Position;
  /** Received − paid. */
  funding: Money;
  /** What it has of its own, in quote; nothing with cross margin. */
  isolated: Money;
  /** Orders that could enlarge a position, in tick-lots at their prices. */
  buying: number;
  selling: number;
  /** The size that was last told, to see what a change is. */
  told: number;
}

/** What one unit of an asset counts as collateral. */
export interface Worth {
  readonly weight: Money;
  readonly price: Money;
}

interface Payment {
  readonly instrument: InstrumentId;
  readonly positionSide?: PositionSide;
  readonly amount: Decimal;
  readonly rate: number;
  readonly at: Millis;
}

export interface Account {
  readonly index: number;
  readonly name: string;
  readonly fees: AccountSketch["fees"];
  leverage: number;
  /** Of single markets; goes before the account's. */
  readonly leverages: Map<Market, number>;
  mode: PositionMode;
  /** Markets with isolated margin. */
  readonly isolated: Set<Market>;
  multiAssets: boolean;
  /** What assets count in multi-assets mode; one for the whole exchange. */
  readonly collateral: ReadonlyMap<string, Worth>;
  readonly wallets: Map<string, Wallet>;
  /** All of them, in the order of their first mention. */
  readonly holdings: Holding[];
  /** The same by market and side. */
  readonly held: Readonly<Record<PositionSide | "net", Map<Market, Holding>>>;
  /** Resting or waiting orders, oldest first. */
  readonly open: Map<number, LiveOrder>;
  /** Open orders by market and client id. */
  readonly clientIds: Map<string, LiveOrder>;
  /** Open orders a market. */
  readonly openIn: Map<Market, number>;
  /** Waiting orders a market, without attached ones. */
  readonly waitingIn: Map<Market, number>;
  readonly ended: History<SimOrder>;
  readonly fills: History<SimFill>;
  readonly payments: History<Payment>;
  /** Wallets and holdings to be told at the end of the operation. */
  readonly changedWallets: Set<Wallet>;
  readonly changedHoldings: Set<Holding>;
}

/** What an order with a trigger remembers while it waits. */
export interface Wait {
  readonly by: ReferencePrice;
  /** Whether the exchange made it for a parent; such ones have no limit of number. */
  readonly attached: boolean;
  /** Trailing orders: the best price since activation, 0 before. */
  best: number;
  /** Whether it is in line to fire. */
  due: boolean;
  /** The other one of a take profit and a stop loss. */
  linked: LiveOrder | undefined;
}

/** The orders that an order with attached ones has brought up. */
export interface Exits {
  orders: readonly LiveOrder[];
  /** Lots of the parent that fired or cancelled orders stood for. */
  covered: number;
  /** Lots that the orders stand for. */
  size: number;
}

/** An order of an account, while it lives. */
export interface LiveOrder {
  readonly number: number;
  readonly account: Account;
  readonly market: Market;
  /** As it was last wished; an amendment changes it. */
  request: OrderRequest;
  readonly createdAt: Millis;
  /** When it came to the book, or will after the takers' delay. */
  liveAt: Millis;
  /** Never opens a position: reduce-only, or a close of hedge mode. */
  closing: boolean;
  /** Worst price in ticks; for market orders the bound that was set for them. */
  limit: number;
  /** Lots; reduce-only orders may shrink. `Infinity` for market orders by quote. */
  size: number;
  filled: number;
  /** Tick-lots traded. */
  spent: number;
  /** What may still be spent, in tick-lots; `Infinity` without a bound. */
  budget: number;
  /** What is locked for it: tick-lots of quote (spot buy), lots of base (spot sell), else 0. */
  lock: number;
  /** Counted among the margin's working orders: tick-lots. */
  working: number;
  /** Its place in the matcher; 0 while it does not rest. */
  slot: number;
  status: SimOrderStatus;
  expiry: ExpiryReason | undefined;
  /** While it waits for a trigger. */
  wait: Wait | undefined;
  triggeredAt: Millis | undefined;
  failure: Refusal | undefined;
  exits: Exits | undefined;
  picture: SimOrder | undefined;
}
