// Quote that spot buys hold, which is not there for anything else.
import { type Instrument, type InstrumentId, type OrderView, type Pass, type View, venueOf } from "@bp/core";
import { quotePerUnit } from "./exposure.ts";

/** Quote that buys of the same venue and currency hold: those that work, and what approved ones will hold beyond them. */
export function reserved(view: View, pass: Pass, asked: Instrument): number {
  const { id, quote } = asked;
  const venue = venueOf(id);
  const own = asked.kind === "spot" ? quotePerUnit(asked) : 0; // most orders are in the market that asks
  const shares = (other: InstrumentId) => {
    if (other === id) return own;
    const instrument = view.instrument(other);
    return instrument.kind === "spot" && instrument.quote === quote && venueOf(other) === venue
      ? quotePerUnit(instrument)
      : 0;
  };
  let sum = 0;
  for (const order of view.orders())
    if (order.clientId !== pass.order?.clientId) sum += held(order) * shares(order.instrument);
  for (const { side, price, size, order, intent } of pass.approved)
    if (side === "buy") sum += Math.max(0, price * size - held(order)) * shares(intent.instrument);
  return sum;
}

/** Tick-lots that a working buy holds. */
function held(order: OrderView | undefined): number {
  return order === undefined || order.side === "sell" ? 0 : order.price * (order.size - order.filled);
}
