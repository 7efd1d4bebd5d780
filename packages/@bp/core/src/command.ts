// The orders given. A venue takes them and answers nothing; what came of them arrives as facts.

import type { InstrumentId, VenueId } from "./instrument.ts";
import type { Side } from "./side.ts";
import type { ClientId, Lots, Ticks } from "./units.ts";

/** `gtc` rests and may take, `gtx` rests and never takes (post-only), `ioc` takes and never rests, `fok` takes all or nothing. */
export type TimeInForce = "gtc" | "gtx" | "ioc" | "fok";

export interface PlaceOrder {
  readonly type: "order.place";
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

export interface CancelOrder {
  readonly type: "order.cancel";
  readonly clientId: ClientId;
  readonly instrument: InstrumentId;
}

/** Answered by `account.snapshot`. */
export interface AskAccount {
  readonly type: "account.ask";
  readonly venue: VenueId;
  readonly why: string;
}

export type Command = PlaceOrder | CancelOrder | AskAccount;
