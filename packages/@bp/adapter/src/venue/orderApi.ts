// What a venue must be able to do about orders, in words that no venue has for itself: the desk stands on this.
import type {
  BpError,
  ClientId,
  Fill,
  Instrument,
  Millis,
  OrderCancelled,
  OrderExpired,
  PlaceOrder,
  RejectReason,
} from "@bp/core";

/** How an order ended, without its names. */
export type Ending = Pick<OrderCancelled, "type"> | Pick<OrderExpired, "type" | "reason" | "text">;

/** Which order is meant, and what is known of it. */
export interface WhichOrder {
  readonly clientId: ClientId;
  readonly instrument: Instrument;
  /** The venue's own name of it, where it has told one. */
  readonly venueOrderId: string | undefined;
  /** Of an order that was placed in this run. */
  readonly tif: PlaceOrder["tif"] | undefined;
  /** Venue time before which it cannot have traded; `undefined` for an order of an earlier run. */
  readonly since: Millis | undefined;
}

/** An order as an answer or a look at the venue shows it. */
export interface OrderRow {
  readonly venueOrderId: string;
  /** `open`: it rests, or is about to be matched. `filled`: wholly; the fills tell it. */
  readonly state: "open" | "filled" | Ending;
  /** Lots that it has filled so far. */
  readonly executed: number;
  readonly createdAt: Millis;
  /**
   * Why an `open` order may be over already, although nothing has said so: an `immediate` one (IOC, FOK) cannot rest; a `post-only` one may
   * have been expired by the venue, and is known to rest once the stream has told of it.
   */
  readonly unsure?: "immediate" | "post-only" | undefined;
}

/** What a cancel came to. `taken`: not done yet. `not-found`: nothing rests under that name, it may have been filled. */
export type CancelOutcome =
  | { readonly outcome: "cancelled"; readonly row: OrderRow }
  | { readonly outcome: "taken" | "not-found" };

/** What a refusal means for an order: not taken, taken before (a second arrival), or nobody can say. */
export type RefusalMeaning = { readonly reason: RejectReason; readonly text: string } | "stands" | "unclear";

/** A fill before its order's running total is known. */
export type PastFill = Omit<Fill, "total">;

/** A venue's orders. Every function may throw a `BpError`; `retry` says what that means. */
export interface OrderApi {
  /** @param mayLeave - to be asked at the last moment, and for each sending anew: after a no the order must not leave any more */
  place(command: PlaceOrder, instrument: Instrument, mayLeave: () => boolean): Promise<OrderRow>;
  cancel(which: WhichOrder): Promise<CancelOutcome>;
  /** The order as the live list shows it; `undefined` where it shows none. That alone says nothing of what became of it. */
  current(which: WhichOrder, signal: AbortSignal): Promise<OrderRow | undefined>;
  /** The order as the history shows it, for venues whose live list has only what rests. */
  past?(which: WhichOrder, signal: AbortSignal): Promise<OrderRow | undefined>;
  /** All trades of an order whose venue's name is known, in any order. */
  fillsOf(which: WhichOrder, signal: AbortSignal): Promise<readonly PastFill[]>;
  /** Trades under our number, for venues whose trades carry it: proof of an order that no list shows. */
  fillsByClient?(which: WhichOrder, signal: AbortSignal): Promise<readonly PastFill[]>;
  refusal(error: BpError<"venue/refused">): RefusalMeaning;
  /** How long after it was signed a request may still arrive, ms: not found before that proves nothing. */
  readonly patienceMs: number;
  /** The same of orders that take at once (IOC, FOK), where they are sent with a shorter life, ms. */
  readonly quickPatienceMs?: number;
  /** Waits before each look for an order in doubt, ms; the last repeats. */
  readonly looksMs: readonly number[];
}

/** What a stream tells of an order. */
export type OrderNews =
  | { readonly type: "accepted" }
  | { readonly type: "filled"; readonly fill: Omit<Fill, "clientId"> }
  /** `endingOf` gets the kind of order where it is known, since some venues give no reason of their own. */
  | {
      readonly type: "ended";
      readonly endingOf: (tif: PlaceOrder["tif"] | undefined) => Ending;
      readonly executed: number;
    }
  /** Something is said to have happened that only a look at the order can confirm. */
  | { readonly type: "unsure"; readonly why: string }
  /** The venue changed it by itself, or says what is not understood: only a snapshot tells. */
  | { readonly type: "changed"; readonly why: string };

/** A frame of the private stream about one order. */
export interface OrderFrame {
  readonly instrument: Instrument;
  readonly venueOrderId: string;
  /** `undefined`: not a name of ours. */
  readonly clientId: ClientId | undefined;
  readonly venueAt: Millis;
  readonly news: OrderNews;
}
