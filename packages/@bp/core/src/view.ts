// What strategies and risk rules may read: the world as the events told it so far.
import type { Big } from "big.js";
import type { OrderFilled } from "./event.ts";
import type { Instrument, InstrumentId, VenueId } from "./instrument.ts";
import type { OrderState } from "./order.ts";
import type { Level, Side } from "./side.ts";
import type { ClientId, Lots, Millis, Ticks } from "./units.ts";

/** A book to read. `bid` and `ask` are `undefined` while the book is unknown or the side is empty. */
export interface BookView {
  /** False before the first reset and after a loss: then both sides read as empty. */
  readonly valid: boolean;
  readonly bid: Level | undefined;
  readonly ask: Level | undefined;
  /** When what it shows was true at the latest, by our clock, in ms: a backlog is not news when it comes in. 0 before the first time. */
  readonly at: Millis;
  /** The best `depth` levels of a side, best first. */
  levels(side: "bid" | "ask", depth: number): readonly Level[];
  /** The mid in ticks, `undefined` without both sides. */
  mid(): number | undefined;
  /** The mid leaned towards the thinner side, in ticks; `undefined` without both sides. */
  microprice(): number | undefined;
}

/** An order of ours that may be at the venue. */
export interface OrderView {
  readonly clientId: ClientId;
  readonly instrument: InstrumentId;
  /** `strategy/slot`. */
  readonly slot: string;
  readonly side: Side;
  readonly price: Ticks;
  readonly size: Lots;
  readonly filled: Lots;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly state: OrderState;
  /** When it took this state. */
  readonly since: Millis;
  /** When it was given to the venue. */
  readonly placedAt: Millis;
}

/** Wallet or margin balance of one asset. */
export interface Balance {
  readonly total: Big;
  readonly free: Big;
}

/** Mark, index and funding as the venue says now. */
export interface MarkView {
  /** Ticks, with a fraction. */
  readonly mark: number;
  /** Ticks, with a fraction. */
  readonly index: number;
  /** Fraction of notional per interval; positive: longs pay. */
  readonly fundingRate: number;
  readonly fundingAt: Millis;
  readonly at: Millis;
}

/** What is held, with its cost. */
export interface Holding {
  /** Signed, in lots. */
  readonly size: Lots;
  /** What the open part cost in quote, signed like the size; fees are kept apart. */
  readonly cost: Big;
  /** Profit taken, in quote, before fees, by average cost. */
  readonly realized: Big;
  /** Fees paid so far, in quote. */
  readonly fees: Big;
  /** Funding received, in quote; negative is paid. */
  readonly funding: Big;
}

/** A trade of the asking strategy, counted once however often and by whatever way it was told. */
export interface OwnFill extends OrderFilled {
  readonly clientId: ClientId;
  readonly venueAt: Millis;
  /** The slot of its order, without the strategy's name: `buy.0`, `cell.7`, `hold:backpack:SOL_USDC`. */
  readonly slot: string;
}

/** The whole world as the asker may see it. Reading it changes nothing; it is valid during the call it was given to. */
export interface View {
  /** When the newest event reached us. */
  readonly now: Millis;
  /** Why nothing that adds risk may be wished, or `undefined`. */
  readonly halted: string | undefined;
  /** @throws BpError `engine/unknown-instrument` */
  instrument(id: InstrumentId): Instrument;
  /**
   * Invalid and empty until its first reset.
   *
   * @throws BpError `engine/unknown-instrument`
   */
  book(id: InstrumentId): BookView;
  /** Mark, index and funding; `undefined` before the venue told them. */
  mark(id: InstrumentId): MarkView | undefined;
  /** The price of the last print, in ticks. */
  last(id: InstrumentId): Ticks | undefined;
  /**
   * Own inventory of the asking strategy, from its fills; for a rule: of all strategies together.
   * `undefined` = unknown (link lost, no snapshot yet): never read as flat.
   */
  position(id: InstrumentId): Lots | undefined;
  /** The same with its cost; `undefined` = unknown. */
  holding(id: InstrumentId): Holding | undefined;
  /** Profit that closing at the mark would take, in quote; `undefined` = position or mark unknown. */
  unrealized(id: InstrumentId): Big | undefined;
  /** What the account holds beyond all of our own, in lots (the user's own, another program's); `undefined` = unknown. */
  external(id: InstrumentId): Lots | undefined;
  /** Wallet or margin balance of the account; `undefined` = unknown. */
  balance(venue: VenueId, asset: string): Balance | undefined;
  /** Orders of the asking strategy (for a rule: all of ours) that may be at the venue. */
  orders(id?: InstrumentId): Iterable<OrderView>;
  /** What is left to fill of all our live orders of that side, in lots. */
  working(id: InstrumentId, side: Side): Lots;
  /**
   * Own trades that the event being told has brought, each once, oldest first; a snapshot may bring several that no stream
   * has told. For a rule: those of all strategies. What a strategy knows of its lots it folds from here, never from
   * `order.filled` itself, which may come twice or not at all.
   */
  fills(): readonly OwnFill[];
  /** Realized and unrealized profit, funding and fees of everything since the start, in quote, marked at the mark (or mid). */
  profit(): Big;
  /** `up` when market and account streams of the venue are both whole. */
  link(venue: VenueId): "up" | "down";
}
