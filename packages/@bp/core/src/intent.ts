// The wishes: what a strategy says should be true now.

import type { InstrumentId } from "./instrument.ts";
import type { Side } from "./side.ts";
import type { Lots, Ticks } from "./units.ts";

/** Let one order rest here. `slot` names the wish, so that the next wish for it replaces this one. */
export interface Quote {
  readonly kind: "quote";
  readonly instrument: InstrumentId;
  /** Unique within the strategy's answer: `buy.0`, `cell.7`. */
  readonly slot: string;
  readonly side: Side;
  readonly price: Ticks;
  /** Above 0. */
  readonly size: Lots;
  readonly postOnly: boolean;
  /** Perpetuals only. */
  readonly reduceOnly?: boolean;
}

/** Hold this net position of ours; buy or sell at once for it, at no worse than `worst`. Worked with IOC orders, never unlimited. */
export interface Hold {
  readonly kind: "hold";
  readonly instrument: InstrumentId;
  /** Signed, in lots. */
  readonly position: Lots;
  readonly worst: Ticks;
  /** Why, in plain words; shown to the person: `stop loss`, `over cap`. */
  readonly why: string;
}

/** A wish about the present, said whole every time; never a step. */
export type Intent = Quote | Hold;

declare const approved: unique symbol;

/** Only the risk gate makes these, and the planner takes nothing else. */
export type Approved<T> = T & { readonly [approved]: true };
