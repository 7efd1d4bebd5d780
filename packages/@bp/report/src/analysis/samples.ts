// Equity, inventory and prices at regular moments; as many as fit, by longer steps when a run is long.
import { type Column, column } from "./columns.ts";

/** Samples of a run. */
export interface Samples {
  /** ms between two samples, now. */
  readonly stepMs: number;
  readonly at: Column;
  readonly equity: Column;
  /** One for each market: base held, and price in quote. */
  readonly held: readonly Column[];
  readonly price: readonly Column[];
  /** Takes a sample where one is due. */
  take(
    now: number,
    values: { readonly equity: number; readonly held: readonly number[]; readonly price: readonly number[] },
  ): void;
  /** Whether one is due. */
  isDue(now: number): boolean;
}

const most = 60_000;

/** None yet. @param markets - how many */
export function createSamples(markets: number, firstStepMs = 1_000): Samples {
  let stepMs = firstStepMs;
  let next = Number.NEGATIVE_INFINITY;
  const at = column();
  const equity = column();
  const held = Array.from({ length: markets }, column);
  const price = Array.from({ length: markets }, column);
  const all = [at, equity, ...held, ...price];
  return {
    get stepMs() {
      return stepMs;
    },
    at,
    equity,
    held,
    price,
    isDue: (now) => now >= next,
    take: (now, values) => {
      if (now < next) return;
      if (at.length >= most) {
        for (const each of all) each.halve();
        stepMs *= 2;
      }
      at.push(now);
      equity.push(values.equity);
      for (const [place, each] of held.entries()) each.push(values.held[place] ?? 0);
      for (const [place, each] of price.entries()) each.push(values.price[place] ?? Number.NaN);
      next = (Math.floor(now / stepMs) + 1) * stepMs;
    },
  };
}
