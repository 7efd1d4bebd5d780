// The words between the simulated exchange and whoever stands around it: the sandbox on the wire, a venue in memory, a test.
import type { Decimal, Instrument, InstrumentId, Level, Lots, Millis, Side, Ticks } from "@bp/core";

/** Who trades: a name, starting balances by asset, and what differs from the exchange's defaults. */
export interface AccountSketch {
  readonly name: string;
  readonly balances: Readonly<Record<string, string>>;
  /** Fractions; default: the instrument's fees. */
  readonly fees?: { readonly maker: string; readonly taker: string };
  /** Default 10. */
  readonly leverage?: number;
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
  readonly clientId?: number;
}

/** The life of an order. The last three are final; `cancelled` and `expired` ones may have traded in part. */
export type SimOrderStatus = "new" | "partially-filled" | "filled" | "cancelled" | "expired";

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
  | "bad-request";

/** The answer to an order or a cancel: the order as it is now, or why nothing was done. */
export type PlaceResult =
  | { readonly ok: true; readonly order: SimOrder }
  | { readonly ok: false; readonly refusal: Refusal; readonly text: string };

/** A trade of one account. */
export interface SimFill {
  readonly tradeId: number;
  readonly orderId: string;
  readonly clientId: number | undefined;
  readonly account: string;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly price: Ticks;
  readonly size: Lots;
  /** Running total of the order, this fill included. */
  readonly total: Lots;
  /** In `feeAsset`; negative is a rebate. */
  readonly fee: Decimal;
  readonly feeAsset: string;
  readonly liquidity: "maker" | "taker";
  readonly at: Millis;
}

/** What an account has of one asset. Exact, in units of the asset. */
export interface SimBalance {
  readonly asset: string;
  /** Everything, free and locked. */
  readonly total: Decimal;
  readonly locked: Decimal;
}

/** What an account holds of one perpetual. Money is quote, exact. */
export interface SimPosition {
  readonly instrument: InstrumentId;
  /** Signed. */
  readonly size: Lots;
  /** Signed cost in quote. */
  readonly cost: Decimal;
  readonly realized: Decimal;
  /** Received − paid. */
  readonly funding: Decimal;
  readonly unrealized: Decimal;
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
      readonly type: "order-accepted" | "order-cancelled" | "order-expired" | "order-modified";
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
      readonly amount: Decimal;
      readonly rate: number;
    }
  | {
      readonly type: "liquidation";
      readonly account: string;
      readonly instrument: InstrumentId;
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
  place(order: Omit<OrderRequest, "selfTradePrevention" | "clientId">): string | undefined;
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
}

/** The exchange. Time moves only by `advance`; everything else is answered at once, at the present moment. */
export interface Exchange {
  readonly instruments: readonly Instrument[];
  now(): Millis;
  /** When something will happen by itself next (market source, funding stamp); `undefined`: never. */
  nextAt(): Millis | undefined;
  /** Lets time pass up to and including `to`. Facts go to the listeners in order. */
  advance(to: Millis): void;
  /** Hears every fact, in order, in the same call stack in which it happens. Returns the way to stop. */
  listen(listener: (fact: SimFact) => void): () => void;
  place(account: string, request: OrderRequest): PlaceResult;
  /** By exchange id or client id. `not-found` when it does not rest. */
  cancel(
    account: string,
    which: { readonly instrument: InstrumentId; readonly id?: string; readonly clientId?: number },
  ): PlaceResult;
  cancelAll(account: string, instrument: InstrumentId): readonly SimOrder[];
  order(
    account: string,
    which: { readonly instrument: InstrumentId; readonly id?: string; readonly clientId?: number },
  ): SimOrder | undefined;
  openOrders(account: string, instrument?: InstrumentId): readonly SimOrder[];
  /** Ended and open ones, newest first, at most the last 10,000. */
  orderHistory(account: string, instrument?: InstrumentId): readonly SimOrder[];
  /** Oldest first. */
  fills(account: string, instrument?: InstrumentId): readonly SimFill[];
  balances(account: string): readonly SimBalance[];
  positions(account: string): readonly SimPosition[];
  /** Margin figures in quote: equity, initial and maintenance requirement, what is free for new orders. */
  margin(account: string): {
    readonly equity: Decimal;
    readonly initial: Decimal;
    readonly maintenance: Decimal;
    readonly available: Decimal;
  };
  fundingPayments(account: string): readonly {
    readonly instrument: InstrumentId;
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
  /** Changes an account's leverage limit, 1 to 50. */
  setLeverage(account: string, leverage: number): void;
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
  /** Orders that are not post-only wait this long before they match; 0 by default. */
  readonly takerDelayMs?: number;
  /** How far a market order may reach beyond the touch, as a fraction of its price; default 0.01. */
  readonly marketImpact?: number;
  /** Fraction of notional that a liquidation costs beside the taker fee; default `0.01`. */
  readonly liquidationFee?: string;
  /** For levels that a recording shrinks; default: everything leaves from behind our orders. */
  readonly queue?: QueueModel;
}
