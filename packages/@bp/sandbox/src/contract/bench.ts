// What a case of the contract is tried on: a venue, ways to move its market and to break things, and the books of record.
import type { InstrumentId, Lots, Millis, PlaceOrder, RejectReason, Side, Ticks, Venue } from "@bp/core";

/**
 * What a case may ask of a bench.
 *
 * `account`: a key. `orders`: orders may be placed. `perp`: the market is a perpetual. `hands`: the market moves only by hand.
 * `records`: the exchange's own books can be read. `lost-answers`, `denied-answers`, `lost-requests`, `late-requests`, `frames`, `cuts`, `clock`, `rate-limit`,
 * `maintenance`, `listen-key`: that can be broken. `refuse:<reason>`: an order can be made that must be refused so.
 */
export type Need =
  | "account"
  | "orders"
  | "perp"
  | "hands"
  | "records"
  | "lost-answers"
  | "denied-answers"
  | "lost-requests"
  | "late-requests"
  | "frames"
  | "cuts"
  | "clock"
  | "rate-limit"
  | "maintenance"
  | "listen-key"
  | `refuse:${RejectReason}`;

/** Anonymous others in the market. Prices in ticks, sizes in lots. */
export interface Hands {
  /** Rests an order of somebody. */
  offer(side: Side, price: number, size: number): void;
  /** Somebody takes at most so much, up to this price. */
  take(side: Side, price: number, size: number): void;
  mark(ticks: number): void;
}

/** Frames of the venue's streams by what they tell. */
export type FrameKind = "book" | "orders";

/** What can be broken. A bench has the functions for what it offers; calling another one is a mistake of the case. */
export interface Breaks {
  /** From now on requests of this kind are done and their answers lost; until `mend`. */
  loseAnswers(request: "place" | "cancel"): void;
  /** The next order is done, and the venue says that it cannot say so. */
  denyAnswer(): void;
  /** The next order never arrives, and nobody says so. */
  loseRequest(): void;
  /** The next cancel is on its way for so long, ms. */
  delayCancel(ms: number): void;
  /** The next reading of open orders, which comes after that of the fills, is on its way for so long, ms. */
  delayState(ms: number): void;
  /** @returns how many it has met so far */
  dropFrames(kind: FrameKind, count: number): () => number;
  /** @returns how many it has met so far */
  doubleFrames(kind: FrameKind, count: number): () => number;
  /** The next frames come so much later, ms, and are overtaken by what follows them. @returns how many it has met so far */
  delayFrames(kind: FrameKind, count: number, ms: number): () => number;
  /** Cuts every socket; the venue can come back at once. */
  cut(): Promise<void>;
  /** The venue's clock is ahead of ours by so much, ms. */
  clockOffset(ms: number): void;
  /** The next request is answered with "too many". */
  rateLimit(): void;
  /** Every request is answered with "maintenance" until `mend`. */
  maintenance(): void;
  expireListenKey(): void;
  /** Everything works again. */
  mend(): void;
}

/** The exchange's own books about the account and the market. */
export interface Records {
  readonly orders: readonly {
    readonly price: Ticks;
    readonly size: Lots;
    readonly filled: Lots;
    readonly side: Side;
  }[];
  readonly fills: readonly {
    readonly tradeId: string;
    readonly side: Side;
    readonly price: Ticks;
    readonly size: Lots;
    /** Decimal, in `feeAsset`. */
    readonly fee: string;
    readonly feeAsset: string;
  }[];
  /** Signed; spot: 0. */
  readonly position: number;
  readonly balances: readonly { readonly asset: string; readonly total: string }[];
  readonly bids: readonly (readonly [number, number])[];
  readonly asks: readonly (readonly [number, number])[];
}

/** A place to try a venue, made anew for each case. */
export interface Bench {
  /** Not open yet. */
  readonly venue: Venue;
  /** The market of the case. */
  readonly instrument: InstrumentId;
  /** Whether the venue has a key, and its account is to be opened. */
  readonly account: boolean;
  now(): Millis;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  readonly hands?: Hands;
  readonly breaks?: Partial<Breaks>;
  records?(): Records;
  /** Prepares the exchange so that this order is refused for the reason, and says what is special about it. */
  provoke?(reason: RejectReason): Partial<PlaceOrder>;
  /** How long at most it takes until a lost order is given up, ms. */
  readonly patienceMs?: number;
  close(): Promise<void>;
}

/** A venue that can be tried. */
export interface Subject {
  readonly name: string;
  readonly offers: ReadonlySet<Need>;
  /** A fresh bench. Some benches must know before they are made what will be broken. */
  open(needs: readonly Need[]): Promise<Bench>;
}
