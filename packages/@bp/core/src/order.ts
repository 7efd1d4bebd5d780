// States of an order of ours, and what may follow what.
import type { News } from "./event.ts";

/** `unknown`: we cannot tell whether it stands; nothing is sent again until the venue has told. */
export type OrderState = "placing" | "open" | "cancelling" | "unknown";

/** An order that is no longer at the venue. */
export type Ended = "gone";

type OrderFact = Extract<News["type"], `order.${string}`>;

/**
 * What a fact makes of an order. `order.filled` ends an order only when its running total reaches its size; the caller
 * decides that, the table gives the state of one that still has a rest.
 */
const after: Readonly<Record<OrderState, Readonly<Record<OrderFact, OrderState | Ended>>>> = {
  placing: {
    "order.accepted": "open",
    "order.filled": "open",
    "order.cancelled": "gone",
    "order.expired": "gone",
    "order.rejected": "gone",
    "order.doubted": "unknown",
  },
  open: {
    "order.accepted": "open", // told twice, by the answer and by the stream
    "order.filled": "open",
    "order.cancelled": "gone",
    "order.expired": "gone",
    "order.rejected": "open", // a late or doubled refusal of something that stands: the stream has shown that it stands
    "order.doubted": "open", // the stream was quicker than the missing answer
  },
  cancelling: {
    "order.accepted": "cancelling",
    "order.filled": "cancelling",
    "order.cancelled": "gone",
    "order.expired": "gone",
    "order.rejected": "cancelling", // only what stood is cancelled: a late refusal of its placing is not true
    "order.doubted": "unknown",
  },
  unknown: {
    "order.accepted": "open",
    "order.filled": "open",
    "order.cancelled": "gone",
    "order.expired": "gone",
    "order.rejected": "gone",
    "order.doubted": "unknown",
  },
};

/** The state after a fact about an order that keeps a rest; `gone` when it is no longer at the venue. */
export function orderAfter(state: OrderState, fact: OrderFact): OrderState | Ended {
  return after[state][fact];
}
