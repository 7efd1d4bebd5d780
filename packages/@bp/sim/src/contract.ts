// The words between the simulated exchange and whoever stands around it: the sandbox on the wire, a venue in memory, a test.
import type { Decimal, Instrument, InstrumentId, Level, Lots, Millis, Side, Ticks } from "@bp/core";

/** Who trades: a name, starting balances by asset, and what differs from the exchange's defaults. */
export interface AccountSketch {
  readonly name: string;
  readonly balances: Readonly<Record<string, string>>;
  /** Fractions; default: the instrument's fees. */
  readonly fees?: { readonly maker: string; readonly taker: string };
  /** Default 10. Markets may have their own, see `setLeverage`. */
  readonly leverage?: number;
  /** Whether all assets count as collateral of all perpetuals, at `ExchangeOptions.collateral`; default false. */
  readonly multiAssets?: boolean;
  /** Default `one-way`. */
  readonly positionMode?: PositionMode;
}

/** One net position a market, or a long and a short one side by side. */
export type PositionMode = "one-way" | "hedge";

/** Which of the two positions of hedge mode; absent means the net position of one-way mode. */
export type PositionSide = "long" | "short";

/** Whether a position stands on the whole wallet or on an amount of its own. */
export type MarginType = "cross" | "isolated";

/** The price that a trigger looks at. */
export type ReferencePrice = "last" | "mark" | "index";

/** When a waiting order fires: its reference at or beyond a price. */
export interface Trigger {
  readonly price: Ticks;
  readonly by: ReferencePrice;
  readonly when: "above" | "below";
}

/** Fires when the reference has come back by a fraction from the best price seen since activation. */
export interface Trailing {
  /** Fraction of the best price, above 0 and below 1. */
  readonly callback: number;
  /** It follows only after this was reached (a sale: at or above, a purchase: at or below); default: at once. */
  readonly activation?: Ticks;
  readonly by: ReferencePrice;
}

/** A take profit or stop loss to be: what it waits for, and its limit price (without one it is a market order). */
export interface AttachedOrder {
  readonly trigger: Trigger;
  readonly limit?: Ticks;
}

/** What happens when an order would trade with another one of the same account. */
export type SelfTradePrevention = "reject-taker" | "reject-maker" | "reject-both";

/** An order as it reaches the exchange. */
export interface OrderRequest {
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly type: "limit" | "market";
  /** Limit orders: required. */
  readonly price?: Ticks;
  /** Base; market orders may give `quoteSize` instead. */
  readonly size?: Lots;
  /** Market orders: spend (buy) or receive (sell) about this much quote. */
  readonly quoteSize?: Decimal;
  readonly tif: "gtc" | "ioc" | "fok";
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly selfTradePrevention: SelfTradePrevention;
  /** Unique among the open orders of an account in a market. */
  readonly clientId?: ClientKey;
  /** Required in hedge mode, refused in one-way mode. Buy long and sell short open, sell long and buy short close. */
  readonly positionSide?: PositionSide;
  /** A post-only order that would take: refused (default), or accepted and at once expired as `would-take`. */
  readonly whenCrossing?: "refuse" | "expire";
  /** With one of these the order waits and locks nothing; it is checked against means and position when it fires. */
  readonly trigger?: Trigger;
  readonly trailing?: Trailing;
  /** A trigger that is met already: fires at once (default), or is refused as `would-trigger`. */
  readonly ifTriggered?: "fire" | "refuse";
  /** Waiting market orders of perpetuals without `size`: the whole position at the moment when it fires. */
  readonly closePosition?: true;
  /** Waiting orders against this one that appear with its first fill and grow with it; when one fires the other goes. */
  readonly attached?: { readonly takeProfit?: AttachedOrder; readonly stopLoss?: AttachedOrder };
  /** The parent of an attached order; for others a note that the exchange only keeps. */
  readonly relatedOrderId?: string;
}

/** A client's own name of an order: a number on some venues, text on others. `1` and `"1"` are the same. */
export type ClientKey = number | string;

/** An order by the exchange's id or the client's. */
export interface WhichOrder {
  readonly instrument: InstrumentId;
  readonly id?: string;
  readonly clientId?: ClientKey;
}

/**
 * The life of an order. `waiting` is before `new`, for orders with a trigger. The last four are final; `cancelled` and
 * `expired` ones may have traded in part.
 */
export type SimOrderStatus =
  | "waiting"
  | "new"
  | "partially-filled"
  | "filled"
  | "cancelled"
  | "expired"
  | "trigger-failed";

/** An order as the exchange keeps it. Snapshots of it are handed out; they do not change afterwards. */
export interface SimOrder extends OrderRequest {
  readonly id: string;
  readonly account: string;
  readonly createdAt: Millis;
  readonly status: SimOrderStatus;
  /** Base traded so far. */
  readonly filled: Lots;
  /** Quote traded so far. */
  readonly filledQuote: Decimal;
  /** Why it expired, in the venue-neutral words below. */
  readonly expiry?: ExpiryReason;
  /** When its trigger fired. */
  readonly triggeredAt?: Millis;
  /** Why it could not be placed when its trigger fired. */
  readonly failure?: Refusal;
}

/** Why an order ended by its own terms or by a rule of the exchange, and not by a cancel. */
export type ExpiryReason =
  | "immediate-or-cancel"
  | "fill-or-kill"
  | "would-take"
  | "self-trade"
  | "price-band"
  | "reduce-only"
  | "no-liquidity";

/** Why the exchange did not take an order or a cancel. */
export type Refusal =
  | "unknown-instrument"
  | "market-closed"
  | "bad-price" // off the grid or outside the bounds
  | "bad-size"
  | "would-take"
  | "no-funds"
  | "no-margin"
  | "reduce-only"
  | "duplicate-client-id"
  | "too-many-orders"
  | "not-found"
  | "bad-request"
  | "would-trigger"
  | "position-side";

/** The answer to an order or a cancel: the order as it is now, or why nothing was done. */
export type PlaceResult =
  | { readonly ok: true; readonly order: SimOrder }
  | { readonly ok: false; readonly refusal: Refusal; readonly text: string };

/** Why a setting of an account stays as it is. */
export type ChangeRefusal =
  | "unknown-instrument"
  | "open-orders"
  | "open-positions"
  | "no-position"
  | "no-margin" // what is free does not cover it
  | "isolated" // does not go together with isolated margin
  | "multi-assets" // does not go together with multi-assets mode
  | "bad-request";

/** The answer to a change of a setting. A setting that is so already is `ok`. */
export type ChangeResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: ChangeRefusal; readonly text: string };

/** A trade of one account. */
export interface SimFill {
  readonly tradeId: number;
  readonly orderId: string;
  readonly clientId: ClientKey | undefined;
  readonly account: string;
  readonly instrument: InstrumentId;
  readonly side: Side;
  /** Of hedge mode. */
  readonly positionSide?: PositionSide;
  readonly price: Ticks;
  readonly size: Lots;
  /** Running total of the order, this fill included. */
  readonly total: Lots;
  /** In `feeAsset`; negative is a rebate. */
  readonly fee: Decimal;
  readonly feeAsset: string;
  readonly liquidity: "maker" | "taker";
  /** Profit that it took, in quote before fees; perpetuals only. */
  readonly realized?: Decimal;
  readonly at: Millis;
}

/** What an account has of one asset. Exact, in units of the asset. */
export interface SimBalance {
  readonly asset: string;
  /** Everything, free and locked, but not what isolated positions hold (`SimPosition.isolated`). */
  readonly total: Decimal;
  readonly locked: Decimal;
}

/** What an account holds of one perpetual. Money is quote, exact. */
export interface SimPosition {
  readonly instrument: InstrumentId;
  /** Of hedge mode; a short one has a size below 0. */
  readonly positionSide?: PositionSide;
  /** Signed. */
  readonly size: Lots;
  /** Signed cost in quote. */
  readonly cost: Decimal;
  readonly realized: Decimal;
  /** Received − paid. */
  readonly funding: Decimal;
  readonly unrealized: Decimal;
  /** Of isolated margin: what the position holds of its own, in quote. It has left the wallet. */
  readonly isolated?: Decimal;
  readonly leverage: number;
  /** Ticks, may have a fraction: the mark at which it would be liquidated if nothing else changed; absent when none would do. */
  readonly liquidationPrice?: number;
}

/** What the exchange tells. `at` is exchange time. Market facts are for all, the others for one account. */
export type SimFact = { readonly at: Millis } & (
  | {
      readonly type: "depth";
      readonly instrument: InstrumentId;
      /** Ids are one sequence per instrument, shared with the snapshot: `first` = previous `last` + 1. */
      readonly first: number;
      readonly last: number;
      /** New absolute sizes; 0 removes. */
      readonly bids: readonly Level[];
      readonly asks: readonly Level[];
    }
  | {
      readonly type: "trade";
      readonly instrument: InstrumentId;
      readonly id: number;
      readonly price: Ticks;
      readonly size: Lots;
      readonly taker: Side;
      readonly buyOrderId: string;
      readonly sellOrderId: string;
    }
  | {
      readonly type: "mark";
      readonly instrument: InstrumentId;
      /** Ticks, may have a fraction. */
      readonly mark: number;
      readonly index: number;
      readonly fundingRate: number;
      readonly fundingAt: Millis;
    }
  | {
      /**
       * `order-modified`: the exchange changed its size. `order-amended`: its owner changed price or size.
       * `order-waiting`: accepted, waits for its trigger. `order-triggered`: fires (same id, `triggeredAt` set, status still
       * `waiting`); then `order-accepted` and what follows, or `order-trigger-failed` (`failure` set).
       */
      readonly type:
        | "order-accepted"
        | "order-cancelled"
        | "order-expired"
        | "order-modified"
        | "order-amended"
        | "order-waiting"
        | "order-triggered"
        | "order-trigger-failed";
      readonly account: string;
      readonly order: SimOrder;
    }
  | { readonly type: "order-filled"; readonly account: string; readonly order: SimOrder; readonly fill: SimFill }
  | { readonly type: "balance"; readonly account: string; readonly balance: SimBalance }
  | {
      readonly type: "position";
      readonly account: string;
      readonly position: SimPosition;
      readonly change: "opened" | "adjusted" | "closed";
    }
  | {
      readonly type: "funding";
      readonly account: string;
      readonly instrument: InstrumentId;
      readonly positionSide?: PositionSide;
      readonly amount: Decimal;
      readonly rate: number;
    }
  | {
      readonly type: "liquidation";
      readonly account: string;
      readonly instrument: InstrumentId;
      readonly positionSide?: PositionSide;
      readonly side: Side;
      readonly size: Lots;
      readonly price: Ticks;
    }
  | { readonly type: "instrument"; readonly instrument: Instrument }
);

/** The book of an instrument at a moment, with the id that the depth sequence has reached. */
export interface SimBook {
  readonly lastUpdateId: number;
  readonly at: Millis;
  /** Best first. */
  readonly bids: readonly Level[];
  /** Best first. */
  readonly asks: readonly Level[];
}

/** An order of nobody in particular. */
export type AnonymousOrder = Pick<
  OrderRequest,
  "instrument" | "side" | "type" | "price" | "size" | "quoteSize" | "tif" | "postOnly" | "reduceOnly"
>;

/** Somebody who makes the market move: drawn from a seed, read from a recording, or scripted by a test. */
export interface MarketSource {
  readonly instruments: readonly Instrument[];
  /** When it wants to act next; `undefined`: never again. */
  nextAt(): Millis | undefined;
  /** Acts at that moment, through the hands it was given at `attach`. */
  act(): void;
  /** Called once by the exchange. */
  attach(hands: MarketHands): void;
}

/** What a market source may do: trade as anonymous others, and set what only a venue knows. */
export interface MarketHands {
  now(): Millis;
  /** With all orders in it; `depth` levels a side, all by default. */
  book(instrument: InstrumentId, depth?: number): SimBook;
  /** Places an anonymous order (no balances are checked); returns its id, `undefined` if it did not rest. */
  place(order: AnonymousOrder): string | undefined;
  cancel(orderId: string): void;
  /** What rests of an anonymous order, 0 when it is gone. */
  rest(orderId: string): Lots;
  /**
   * Brings the anonymous size at a price to `size` (a recording knows levels only). More joins behind, less leaves from
   * behind everybody else first. A level that crosses resting orders of accounts trades with them.
   */
  level(instrument: InstrumentId, side: "bid" | "ask", price: Ticks, size: Lots): void;
  /** A recorded print: orders of accounts that were ahead in price or in the queue are filled by it. */
  print(instrument: InstrumentId, price: Ticks, size: Lots, taker: Side): void;
  /** Mark and index in ticks; the exchange derives funding from their premium, unless the source knows it. */
  mark(
    instrument: InstrumentId,
    mark: number,
    index: number,
    funding?: { readonly rate: number; readonly at: Millis },
  ): void;
  /** One market, for many rows at once. Only while the source acts or is attached: what it does is told when that is over. */
  rows(instrument: InstrumentId): RowHands;
  /** What accounts hold of a market together, in lots; of a spot market what they have more of its base than they began with. */
  net(instrument: InstrumentId): number;
  /** Lots that accounts would buy less those that they would sell, of what rests in a market. */
  resting(instrument: InstrumentId): number;
}

/**
 * One market in the hands of a recording. Nothing is looked up, checked or told for a row: prices and sizes must be whole, prices
 * from 1 to 2^31 - 2.
 */
export interface RowHands {
  /** Best prices of all orders, ticks; 0: none. */
  readonly bid: number;
  readonly ask: number;
  /** As `MarketHands.level`. */
  level(side: Side, price: number, size: number): void;
  /** The same, but does nothing and answers false where the level would cross others. */
  tryLevel(side: Side, price: number, size: number): boolean;
  /** Lots at a price that belong to no account. */
  levelAt(price: number): number;
  /**
   * Of the recorded level at a price, `size` lots are shown only: what an order asks for beyond the others is not there when it
   * comes. One level a side; 0 lots: nothing is hollow any more.
   */
  hollow(side: Side, price: number, size: number): void;
  /** The next price with orders at or below one, 0: none. */
  below(price: number): number;
  above(price: number): number;
  /** As `MarketHands.print`. */
  print(price: number, size: number, taker: Side): void;
  /**
   * Whether the recording has a gap here. Until it ends the book is told as empty, nothing can be taken from it, its depth ids skip,
   * and orders keep their places.
   */
  lost(isLost: boolean): void;
}

/** The exchange. Time moves only by `advance`; everything else is answered at once, at the present moment. */
export interface Exchange {
  readonly instruments: readonly Instrument[];
  now(): Millis;
  /** When something will happen by itself next (market source, funding stamp); `undefined`: never. */
  nextAt(): Millis | undefined;
  /** Lets time pass up to and including `to`. Facts go to the listeners in order. */
  advance(to: Millis): void;
  /**
   * Hears every fact, in order, in the same call stack in which it happens. Returns the way to stop.
   *
   * @param options - `positions: false`: facts of positions are not wanted, which spares their making where nobody wants them.
   *   Default true
   */
  listen(listener: (fact: SimFact) => void, options?: { readonly positions?: boolean }): () => void;
  place(account: string, request: OrderRequest): PlaceResult;
  /** By exchange id or client id. `not-found` when it does not rest. */
  cancel(account: string, which: WhichOrder): PlaceResult;
  /** Resting and waiting ones, or one kind of them. */
  cancelAll(account: string, instrument: InstrumentId, which?: "resting" | "waiting"): readonly SimOrder[];
  /**
   * Changes a limit order that rests, under the same id. It keeps its place in the queue if only its size shrinks, else it
   * goes behind the others; a price that crosses trades at once. `size` is the new whole size, above what is filled. A
   * refused change leaves the order as it was; a post-only order that would take is refused.
   */
  amend(account: string, which: WhichOrder, change: { readonly price?: Ticks; readonly size?: Lots }): PlaceResult;
  order(account: string, which: WhichOrder): SimOrder | undefined;
  openOrders(account: string, instrument?: InstrumentId): readonly SimOrder[];
  /** Ended and open ones, newest first, at most the last 10,000. */
  orderHistory(account: string, instrument?: InstrumentId): readonly SimOrder[];
  /** Oldest first. */
  fills(account: string, instrument?: InstrumentId): readonly SimFill[];
  balances(account: string): readonly SimBalance[];
  positions(account: string): readonly SimPosition[];
  /**
   * Cross margin of the perpetuals that settle in an asset: equity, initial and maintenance requirement, what is free for
   * new orders. In multi-assets mode one total of all, in the unit of `collateral` prices, whatever asset is asked for.
   * What isolated positions hold and need is not in it.
   *
   * @param asset - default: the quote of the account's first perpetual, else of the exchange's first one
   */
  margin(
    account: string,
    asset?: string,
  ): {
    readonly equity: Decimal;
    readonly initial: Decimal;
    readonly maintenance: Decimal;
    readonly available: Decimal;
  };
  fundingPayments(account: string): readonly {
    readonly instrument: InstrumentId;
    readonly positionSide?: PositionSide;
    readonly amount: Decimal;
    readonly rate: number;
    readonly at: Millis;
  }[];
  book(instrument: InstrumentId, depth?: number): SimBook;
  /** Public prints, newest first, at most the last 1,000. */
  trades(instrument: InstrumentId): readonly Extract<SimFact, { readonly type: "trade" }>[];
  mark(instrument: InstrumentId): Extract<SimFact, { readonly type: "mark" }> | undefined;
  /** Changes filters or state of a market and tells it. */
  setInstrument(instrument: Instrument): void;
  /** Adds money (positive) or takes it (negative): a deposit, a test's shortage. */
  credit(account: string, asset: string, amount: string): void;
  /** The accounts' names, in the order given. */
  readonly accounts: readonly string[];
  /** What this account pays as fractions of notional, and its leverage limit. */
  terms(
    account: string,
    instrument: InstrumentId,
  ): { readonly maker: Decimal; readonly taker: Decimal; readonly leverage: number };
  /**
   * Changes an account's leverage limit, or that of one market, which then goes before the account's.
   *
   * Refused: lower on an isolated position (`isolated`), more margin needed in that market than is free (`no-margin`).
   *
   * @param leverage - 1 to `ExchangeOptions.maxLeverage`
   * @throws BpError `sim/bad-market` outside of it
   */
  setLeverage(account: string, leverage: number, instrument?: InstrumentId): ChangeResult;
  positionMode(account: string): PositionMode;
  /** Refused while the account has open orders or positions in perpetuals. */
  setPositionMode(account: string, mode: PositionMode): ChangeResult;
  marginType(account: string, instrument: InstrumentId): MarginType;
  /** Refused while the account has open orders or a position in the market, and isolated in multi-assets mode. */
  setMarginType(account: string, instrument: InstrumentId, type: MarginType): ChangeResult;
  /**
   * Moves money between the wallet and an isolated position. Taking is refused below the initial requirement.
   *
   * @param amount - signed decimal: above 0 adds to the position
   */
  addIsolated(account: string, instrument: InstrumentId, amount: string, positionSide?: PositionSide): ChangeResult;
  multiAssets(account: string): boolean;
  /** Refused on with isolated markets, off when an asset alone does not carry what settles in it. */
  setMultiAssets(account: string, on: boolean): ChangeResult;
  /** Moves free money between two accounts; false (and nothing done) when it is not free. @param amount - decimal, above 0 */
  transfer(from: string, to: string, asset: string, amount: string): boolean;
  /** All money by asset: what accounts hold, what anonymous others won or lost, what the house took, what was paid in. */
  ledger(): readonly LedgerLine[];
}

/**
 * The money of one asset. `accounts + others + house = deposits`, always and exactly. Money in perpetuals counts as it was
 * paid: unrealized profit is nowhere in here.
 */
export interface LedgerLine {
  readonly asset: string;
  readonly accounts: Decimal;
  /** What the anonymous others received − paid. */
  readonly others: Decimal;
  /** Fees − rebates, and what bankrupt accounts cost. */
  readonly house: Decimal;
  readonly deposits: Decimal;
}

/** One step of a maintenance table: `notional × rate − cum` for a notional from `floor` (included) to `cap`. In quote. */
export interface MarginBracket {
  readonly floor: number;
  readonly cap: number;
  readonly rate: number;
  readonly cum: number;
}

/** What an asset counts as collateral: `amount × price × weight`; a debt counts in full. */
export interface Collateral {
  /** Fraction, 0 to 1. */
  readonly weight: number;
  /** In the unit that all of them are counted in. */
  readonly price: number;
}

/**
 * How our place in a queue moves when a recorded level becomes smaller without prints: the share of the decrease that came
 * from behind us, 0 to 1.
 */
export type QueueModel = (front: number, behind: number) => number;

/** How an exchange is made: `createExchange(options)`. */
export interface ExchangeOptions {
  readonly start: Millis;
  readonly accounts: readonly AccountSketch[];
  readonly market: MarketSource;
  /** Most resting orders per account and market; default 200. */
  readonly maxOpenOrders?: number;
  /** Most waiting orders per account and market, attached ones not counted; default 100. */
  readonly maxWaitingOrders?: number;
  /** Default 50. */
  readonly maxLeverage?: number;
  /** Maintenance by size of the position, instead of the instrument's own function. */
  readonly brackets?: Readonly<Record<InstrumentId, readonly MarginBracket[]>>;
  /** What assets count in multi-assets mode; others count nothing. */
  readonly collateral?: Readonly<Record<string, Collateral>>;
  /** Orders that are not post-only wait this long before they match; 0 by default. */
  readonly takerDelayMs?: number;
  /** How far a market order may reach beyond the touch, as a fraction of its price; default 0.01. */
  readonly marketImpact?: number;
  /** Fraction of notional that a liquidation costs beside the taker fee; default `0.01`. */
  readonly liquidationFee?: string;
  /** For levels that a recording shrinks; default: everything leaves from behind our orders. */
  readonly queue?: QueueModel;
  /** How much of each account's past it can still tell; the newest stay. */
  readonly remembers?: {
    /** Default 100,000. */
    readonly fills?: number;
    /** Ended orders; default 10,000. */
    readonly orders?: number;
  };
}
