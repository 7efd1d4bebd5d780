// The facts. Everything that the system learns arrives as one of these, through one door.
import type { Instrument, InstrumentId, VenueId } from "./instrument.ts";
import type { RejectReason } from "./reject.ts";
import type { Level, Side } from "./side.ts";
import type { ClientId, Decimal, Lots, Millis, Ticks } from "./units.ts";

/** Every fact has three dates: when the venue says it happened, when it reached us, and its place in our log. */
export interface Fact {
  readonly venueAt: Millis;
  readonly at: Millis;
  /** 1, 2, 3 … within a run; given by the driver. */
  readonly seq: number;
}

/** The whole book of an instrument; what was known before is void. Each side is in no particular order. */
export interface BookReset {
  readonly type: "book.reset";
  readonly instrument: InstrumentId;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** Levels that changed, with their new absolute sizes. Gaps never reach this event: the adapter resynchronises first. */
export interface BookChanged {
  readonly type: "book.changed";
  readonly instrument: InstrumentId;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** The book can no longer be trusted (gap, crossed, socket gone) until the next `book.reset`. */
export interface BookLost {
  readonly type: "book.lost";
  readonly instrument: InstrumentId;
  readonly why: string;
}

/** Somebody traded with somebody. */
export interface TradePrinted {
  readonly type: "trade.printed";
  readonly instrument: InstrumentId;
  readonly price: Ticks;
  readonly size: Lots;
  /** Who took: `buy` lifted an ask. */
  readonly taker: Side;
}

/** Mark, index and the funding to come. */
export interface MarkChanged {
  readonly type: "mark.changed";
  readonly instrument: InstrumentId;
  /** In ticks, with a fraction where the venue's mark is finer than its tick. */
  readonly mark: number;
  /** In ticks, with a fraction. */
  readonly index: number;
  /** Fraction of notional per interval; positive: longs pay. */
  readonly fundingRate: number;
  readonly fundingAt: Millis;
}

/** The venue took the order; it rests, or is about to be matched. */
export interface OrderAccepted {
  readonly type: "order.accepted";
  readonly clientId: ClientId;
  readonly venueOrderId: string;
}

/** The order is gone at our wish or the venue's; earlier fills stand. */
export interface OrderCancelled {
  readonly type: "order.cancelled";
  readonly clientId: ClientId;
  readonly venueOrderId: string;
  /** All that it had filled, where the venue says so: more than we have counted means that a fill is missing. */
  readonly filled?: Lots;
}

/** The order ended by its own rules (IOC remainder, post-only that would take, self-trade prevention); earlier fills stand. */
export interface OrderExpired {
  readonly type: "order.expired";
  readonly clientId: ClientId;
  readonly venueOrderId: string;
  /** All that it had filled, where the venue says so: more than we have counted means that a fill is missing. */
  readonly filled?: Lots;
  /** The reason as far as the venue gave one. */
  readonly reason: RejectReason | "filled-what-it-could";
  readonly text: string;
}

/** The venue did not take the order. It never stood. */
export interface OrderRejected {
  readonly type: "order.rejected";
  readonly clientId: ClientId;
  readonly reason: RejectReason;
  readonly text: string;
}

/** The answer never came, or does not say: the order may stand, may be gone, may be filled. Only a snapshot or a later fact decides. */
export interface OrderDoubted {
  readonly type: "order.doubted";
  readonly clientId: ClientId;
  /** Which request was left without a clear answer. */
  readonly request: "place" | "cancel";
  readonly text: string;
}

/** A trade of ours. It is understood without its order. */
export interface OrderFilled {
  readonly type: "order.filled";
  /** `undefined`: nobody here ordered it (a liquidation, another program, the user's own hand). */
  readonly clientId: ClientId | undefined;
  readonly venueOrderId: string;
  /** Unique within instrument and account. */
  readonly tradeId: string;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly price: Ticks;
  readonly size: Lots;
  /** All that this order has filled, this trade included. */
  readonly total: Lots;
  /** In `feeAsset`; positive is paid, negative a rebate. */
  readonly fee: Decimal;
  readonly feeAsset: string;
  readonly liquidity: "maker" | "taker";
}

/** Funding for a position at a stamp. */
export interface FundingPaid {
  readonly type: "funding.paid";
  readonly instrument: InstrumentId;
  /** Positive is received, negative paid. */
  readonly amount: Decimal;
  readonly asset: string;
}

/** The account's balance of one asset, absolute. */
export interface BalanceChanged {
  readonly type: "balance.changed";
  readonly venue: VenueId;
  readonly asset: string;
  readonly total: Decimal;
  readonly free: Decimal;
}

/** A trade of ours as a list of fills tells it. */
export type Fill = OrderFilled & { readonly venueAt: Millis };

/** An order that rests at the venue, as its list of open orders tells it. */
export interface OpenOrder {
  readonly clientId: ClientId | undefined;
  readonly venueOrderId: string;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly price: Ticks;
  readonly size: Lots;
  readonly filled: Lots;
}

/** A position as the venue tells it. */
export interface VenuePosition {
  readonly instrument: InstrumentId;
  /** Signed. */
  readonly size: Lots;
  /** Signed entry cost in quote. */
  readonly cost: Decimal;
}

/** A balance as the venue tells it. */
export interface VenueBalance {
  readonly asset: string;
  readonly total: Decimal;
  readonly free: Decimal;
}

/** The venue's whole truth about an account, up to `asOf`: older facts are inside it, newer ones are laid on top. */
export interface AccountSnapshot {
  readonly type: "account.snapshot";
  readonly venue: VenueId;
  readonly asOf: Millis;
  readonly orders: readonly OpenOrder[];
  readonly positions: readonly VenuePosition[];
  readonly balances: readonly VenueBalance[];
  /** The recent fills, oldest first; what the orders that are gone have filled is found here. */
  readonly fills: readonly Fill[];
}

/** Filters, fees or state of a market are other than before. */
export interface InstrumentChanged {
  readonly type: "instrument.changed";
  readonly instrument: Instrument;
}

/** A stream went away or is whole again. `account` restored is followed by a snapshot before anything is trusted. */
export interface LinkChanged {
  readonly type: "link.lost" | "link.restored";
  readonly venue: VenueId;
  readonly stream: "market" | "account";
  readonly why: string;
  /** The bot itself was away, and what rested meanwhile may rest until the venue has told: nothing is gained by pulling it now. */
  readonly resumed?: true;
  /** The venue's clock or ours was set: what it dated before cannot be compared with what it dates from now on. */
  readonly clockSet?: true;
}

/** Time passed: the driver's beat (`beat`, once a second), so that a wish that depends on time alone is asked for too. */
export interface TimerFired {
  readonly type: "timer.fired";
  readonly name: string;
}

/** What a person wants. `pause` empties the wishes, `stop` also cancels for good, `flatten` closes own inventory, `halt` is final until `resume`. */
export interface OperatorAsked {
  readonly type: "operator.asked";
  readonly ask: "halt" | "resume" | "pause" | "stop" | "flatten";
  /** Of a `flatten`: whose inventory alone is closed, while the other strategies wish nothing. Left out: everybody's. */
  readonly strategies?: readonly string[];
  readonly by: string;
}

/**
 * A person has given a strategy other parameters: they hold from here on, and its markets stay what they are. An engine that
 * finds that they may not be says so and goes on with the old ones.
 */
export interface ParamsChanged {
  readonly type: "params.changed";
  /** By its name in the run. */
  readonly strategy: string;
  /** All of its parameters, as its schema takes them. Plain data without null; no secrets. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly by: string;
}

/** A fact before the driver has given it its place in the log. */
export type News =
  | BookReset
  | BookChanged
  | BookLost
  | TradePrinted
  | MarkChanged
  | OrderAccepted
  | OrderCancelled
  | OrderExpired
  | OrderRejected
  | OrderDoubted
  | OrderFilled
  | FundingPaid
  | BalanceChanged
  | AccountSnapshot
  | InstrumentChanged
  | LinkChanged
  | TimerFired
  | OperatorAsked
  | ParamsChanged;

/** A dated fact. */
export type Event = Fact & News;

/** The event of one type: `EventOf<"order.filled">`. */
export type EventOf<T extends News["type"]> = Extract<News, { readonly type: T }> & Fact;

/** A fact as an adapter hands it over: dated, not yet numbered. */
export type Unnumbered = News & { readonly venueAt: Millis; readonly at: Millis };
