// What equity grew by: over the whole, in a year, in a usual day.
import type { Numbers } from "./moments.ts";

/** Milliseconds of a year of 365 days: these markets never close. */
export const yearMs = 365 * 86_400_000;

/** Simple returns between neighbours: eₜ / eₜ₋₁ − 1. A step from equity that is not above 0 counts as 0. */
export function returnsOf(equity: Numbers): Float64Array {
  const returns = new Float64Array(Math.max(0, equity.length - 1));
  for (let at = 1; at < equity.length; at++) {
    const before = equity[at - 1] ?? 0;
    returns[at - 1] = before > 0 ? (equity[at] ?? 0) / before - 1 : 0;
  }
  return returns;
}

/** Everything compounded: Π(1 + r) − 1. */
export function compounded(returns: Numbers): number {
  let growth = 1;
  for (let at = 0; at < returns.length; at++) growth *= 1 + (returns[at] ?? 0);
  return growth - 1;
}

/**
 * Compound annual growth rate: (1 + total)^(year / span) − 1, with a year of 365 days.
 *
 * @param total - fraction, −1 or more
 * @param spanMs - calendar time that it took
 * @returns `undefined` for less than a day, whose power is an illusion, and where it is beyond numbers
 */
export function cagr(total: number, spanMs: number): number | undefined {
  if (spanMs < 86_400_000 || total < -1) return undefined;
  const rate = (1 + total) ** (yearMs / spanMs) - 1;
  return Number.isFinite(rate) ? rate : undefined;
}

/** Geometric mean of returns: (Π(1 + r))^(1/n) − 1; `undefined` of nothing or after a total loss. */
export function expectedReturn(returns: Numbers): number | undefined {
  const total = compounded(returns);
  return returns.length === 0 || total < -1 ? undefined : (1 + total) ** (1 / returns.length) - 1;
}

/** Share of returns above 0 among those that are not 0; `undefined` where all are 0. */
export function winShare(returns: Numbers): number | undefined {
  let won = 0;
  let lost = 0;
  for (let at = 0; at < returns.length; at++) {
    const value = returns[at] ?? 0;
    if (value > 0) won += 1;
    else if (value < 0) lost += 1;
  }
  return won + lost === 0 ? undefined : won / (won + lost);
}

/** The largest and the smallest; `undefined` of nothing. */
export function extremes(values: Numbers): { readonly best: number; readonly worst: number } | undefined {
  if (values.length === 0) return undefined;
  let best = Number.NEGATIVE_INFINITY;
  let worst = Number.POSITIVE_INFINITY;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    if (value > best) best = value;
    if (value < worst) worst = value;
  }
  return { best, worst };
}
