// Whether a working order is what a quote wishes: rules count by it what has to be placed, planners leave it alone by it.
import type { OrderView, Quote } from "@bp/core";

/** An order stays, and keeps its place in the queue, while all of it is as wished and what is left is not above the wish. */
export function keeps(order: OrderView, quote: Quote): boolean {
  return (
    order.price === quote.price &&
    order.side === quote.side &&
    order.size - order.filled <= quote.size &&
    order.instrument === quote.instrument &&
    order.postOnly === quote.postOnly &&
    order.reduceOnly === (quote.reduceOnly ?? false)
  );
}
