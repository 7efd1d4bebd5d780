// The orders given. A venue takes them and answers nothing; what came of them arrives as facts.

import type { InstrumentId, VenueId } from "./instrument.ts";
import type { Side } from "./side.ts";
import type { ClientId, Lots, Ticks } from "./units.ts";

/** `gtc` rests and may take, `gtx` rests and never takes (post-only), `ioc` takes and never rests, `fok` takes all or nothing. */
export type TimeInForce = "gtc" | "gtx" | "ioc" | "fok";

/** A new limit order. Answered by `order.accepted`, `order.filled`, `order.rejected`, `order.expired` or `order.doubted`. */
export interface PlaceOrder {
  readonly type: "order.place";
  /** Never used before; it was written to the journal before the order left. */
  readonly clientId: ClientId;
  readonly instrument: InstrumentId;
  /** `strategy/slot`. */
  readonly slot: string;
  readonly side: Side;
  readonly price: Ticks;
  readonly size: Lots;
  readonly tif: TimeInForce;
  readonly reduceOnly: boolean;
}

/** Takes an order away. Answered by `order.cancelled`, by what ended it sooner, or by `order.doubted`. */
export interface CancelOrder {
  readonly type: "order.cancel";
  readonly clientId: ClientId;
  readonly instrument: InstrumentId;
}

/** Answered by `account.snapshot`. */
export interface AskAccount {
  readonly type: "account.ask";
  readonly venue: VenueId;
  /** In plain words, for the journal. */
  readonly why: string;
}

/** Everything that can be asked of a venue. */
export type Command = PlaceOrder | CancelOrder | AskAccount;
