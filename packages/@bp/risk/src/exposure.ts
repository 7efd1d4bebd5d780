// What a market could come to be worth if everything that works or is approved fills.
import { gridsOf, type Instrument, type InstrumentId, type Pass, type View } from "@bp/core";

const units = new WeakMap<Instrument, number>();

/** Quote per tick and lot, as a number: for sums over markets, which are compared with limits and never traded. */
export function quotePerUnit(instrument: Instrument): number {
  let found = units.get(instrument);
  if (found === undefined) {
    found = gridsOf(instrument).unit.toNumber();
    units.set(instrument, found);
  }
  return found;
}

/** Mid, else mark, in ticks; `undefined` while neither is known. */
export function priceOf(view: View, id: InstrumentId): number | undefined {
  return view.book(id).mid() ?? view.mark(id)?.mark;
}

/** Mark, else mid, in ticks: what venues count margin and profit at; `undefined` while neither is known. */
export function markOf(view: View, id: InstrumentId): number | undefined {
  return view.mark(id)?.mark ?? view.book(id).mid();
}

/** The view's `unrealized` as a number, without money arithmetic: it is asked for with every quote. 0 while it is not known. */
export function unrealizedOf(view: View, instrument: Instrument): number {
  const { id } = instrument;
  const price = markOf(view, id);
  const holding = view.holding(id);
  if (price === undefined || holding === undefined || holding.size === 0) return 0;
  return price * holding.size * quotePerUnit(instrument) - holding.cost.toNumber();
}

/**
 * The larger of the two worst cases of a market, in lots: all buys fill, or all sells do.
 *
 * @returns `undefined` while the position is unknown
 */
function worstLots(view: View, pass: Pass, id: InstrumentId): number | undefined {
  const held = view.position(id);
  if (held === undefined) return undefined;
  return Math.max(Math.abs(held + pass.committed(id, "buy")), Math.abs(held - pass.committed(id, "sell")));
}

/**
 * The worst cases of several markets together, in quote, but for one of them.
 *
 * @returns `undefined` while a position or a price of one that is held is unknown
 */
export function worstElsewhere(
  view: View,
  pass: Pass,
  markets: readonly InstrumentId[],
  but: InstrumentId,
): number | undefined {
  let sum = 0;
  for (const id of markets) {
    if (id === but) continue;
    const size = worstLots(view, pass, id);
    if (size === 0) continue;
    const price = priceOf(view, id);
    if (size === undefined || price === undefined) return undefined;
    sum += size * price * quotePerUnit(view.instrument(id));
  }
  return sum;
}
