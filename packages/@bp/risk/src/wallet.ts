// What carries the perpetuals of one wallet: who shares it, what it is worth, and what positions ask of it. Estimates, so numbers.
import {
  type Big,
  type InstrumentId,
  type Lots,
  lots,
  type MarginFunction,
  type Pass,
  type View,
  venueOf,
} from "@bp/core";
import { markOf, quotePerUnit, unrealizedOf } from "./exposure.ts";

const numbers = new WeakMap<Big, number>();

/** Money as a number, worked out once: rules ask for the same balance with every quote. */
export function moneyOf(amount: Big): number {
  let found = numbers.get(amount);
  if (found === undefined) {
    found = amount.toNumber();
    numbers.set(amount, found);
  }
  return found;
}

/**
 * Finds the perpetuals of a list that share a wallet (one venue, one quote currency) with a market, that one among them.
 */
export function matesAmong(
  markets: readonly InstrumentId[],
): (view: View, id: InstrumentId) => readonly InstrumentId[] {
  const found = new Map<InstrumentId, readonly InstrumentId[]>();
  return (view, id) => {
    const known = found.get(id);
    if (known !== undefined) return known;
    const { quote } = view.instrument(id);
    const shares = (other: InstrumentId) => {
      const { kind, quote: theirs } = view.instrument(other);
      return kind === "perp" && theirs === quote && venueOf(other) === venueOf(id);
    };
    const mates = [...new Set([id, ...markets])].filter(shares);
    found.set(id, mates);
    return mates;
  };
}

/** Whole position of the account, ours and what is not ours, since one wallet carries both; `undefined` = unknown. */
export function carriedOf(view: View, id: InstrumentId): Lots | undefined {
  const own = view.position(id);
  const external = view.external(id);
  return own === undefined || external === undefined ? undefined : lots(own + external);
}

/**
 * Quote balance and unrealized result of the perpetuals that share it. Other collateral is not counted, and what is not
 * ours counts as bought at the mark.
 *
 * @param mates - not empty; of one wallet
 * @returns quote; `undefined` while a balance, a position or the price of one that is held is unknown
 */
export function walletEquity(view: View, mates: readonly InstrumentId[]): number | undefined {
  const [first] = mates;
  if (first === undefined) return undefined;
  const balance = view.balance(venueOf(first), view.instrument(first).quote);
  if (balance === undefined) return undefined;
  let sum = moneyOf(balance.total);
  for (const id of mates) {
    const own = view.position(id);
    if (own === undefined || (own !== 0 && markOf(view, id) === undefined)) return undefined;
    sum += unrealizedOf(view, view.instrument(id));
  }
  return sum;
}

/**
 * What a market's account would be exposed to in the worse case, in quote: its position with everything filled that works
 * or is approved on one side.
 *
 * @param more - lots on the side of the wish that is judged, on top of it
 * @param atLeast - quote per base in ticks: orders may stand above the mark
 * @returns `undefined` while its position is unknown, or its price while it has one
 */
export function worstNotional(
  view: View,
  pass: Pass,
  id: InstrumentId,
  more?: { readonly size: number; readonly atLeast: number },
): number | undefined {
  const held = carriedOf(view, id);
  if (held === undefined) return undefined;
  const { size = 0, atLeast = 0 } = more ?? {};
  const bought = pass.committed(id, "buy") + (pass.side === "buy" ? size : 0);
  const sold = pass.committed(id, "sell") + (pass.side === "sell" ? size : 0);
  const worst = Math.max(Math.abs(held + bought), Math.abs(held - sold));
  if (worst === 0) return 0;
  const price = markOf(view, id) ?? (atLeast > 0 ? atLeast : undefined);
  return price === undefined ? undefined : worst * Math.max(price, atLeast) * quotePerUnit(view.instrument(id));
}

/**
 * A margin fraction at a notional: `max(base, factor × sqrt(notional), floor)`.
 *
 * @param notional - quote, 0 or more
 * @see Backpack's market list, `imfFunction` and `mmfFunction` of type `sqrt`
 */
export function marginRate(rule: MarginFunction | undefined, notional: number, floor = 0): number {
  return rule === undefined
    ? floor
    : Math.max(Number(rule.base), Number(rule.factor) * Math.sqrt(Math.max(0, notional)), floor);
}
