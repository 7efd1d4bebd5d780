// What the plan did about each order and each wish of one round, and why; for whoever explains it.
import type { ClientId, InstrumentId, Lots, Quote, Side, Ticks } from "@bp/core";
import { amountIn, priceIn } from "./amounts.ts";
import type { Order } from "./orders.ts";
import type { World } from "./world.ts";

/** What became of one order or of one wish. */
export interface Decision {
  /** `strategy/slot`. */
  readonly slot: string;
  /**
   * `keep`: the order works as wished. `leave`: nothing can be done about the order now. `cancel`, `place`: a command.
   * `wait`: the wish is approved and nothing is placed for it now.
   */
  readonly action: "keep" | "leave" | "cancel" | "place" | "wait";
  readonly instrument: InstrumentId;
  /** In plain words. */
  readonly why: string;
  /** The order that it is about. */
  readonly clientId?: ClientId;
  readonly side?: Side;
  readonly price?: Ticks;
  /** Lots: what is left of an order that is there, or is to be placed. */
  readonly size?: Lots;
}

/** A decision about an order that is there. */
export function about(order: Order, action: Decision["action"], why: string): Decision {
  const { slot, instrument, clientId, side, price, size, filled } = order;
  return { slot, action, instrument, why, clientId, side, price, size: (size - filled) as Lots }; // a difference of whole numbers
}

/** Why an order is neither kept nor cancelled. */
export function whyLeft(order: Order): string {
  if (order.state === "placing") return "it is on its way, and not answered yet";
  if (order.state === "cancelling") return "its cancel is on its way";
  if (order.state === "unknown") return "it is in doubt: nothing is sent before the venue has told";
  if (order.tif === "ioc") return "it takes at once and ends by itself";
  return "the bot was away: it rests until its market can be seen";
}

/** Why an order is cancelled. @param quote - what its slot wishes now; `undefined`: nothing that may be done */
export function whyCancelled(order: Order, quote: Quote | undefined, inTheWay: boolean, world: World): string {
  const { instrument } = order;
  if (quote === undefined) return "its slot has no wish that may be done";
  if (order.instrument !== quote.instrument) return `its slot is wished in ${quote.instrument}`;
  if (order.side !== quote.side) return `a ${quote.side} is wished`;
  if (order.price !== quote.price)
    return `another price is wished: ${priceIn(world, instrument, quote.price)} instead of ${priceIn(world, instrument, order.price)}`;
  const left = order.size - order.filled;
  if (left > quote.size)
    return `less is wished: ${amountIn(world, instrument, quote.size)} instead of ${amountIn(world, instrument, left)}`;
  if (order.postOnly !== quote.postOnly) return quote.postOnly ? "it should never take" : "it may take";
  if (order.reduceOnly !== (quote.reduceOnly ?? false)) return "whether it may only reduce is other";
  return inTheWay ? "a hold could trade with it" : "it is as wished";
}
