// How far equity is below its highest so far, and each time that it was.
import type { Numbers } from "./moments.ts";

/** From a high to the next one, by places in the row. */
export interface Dip {
  /** Place of the high. */
  readonly from: number;
  readonly lowest: number;
  /** Place where the high is reached again; `undefined`: not yet. */
  readonly recovered: number | undefined;
  /** Fraction of the high, negative. */
  readonly depth: number;
}

/** Equity below its highest so far, as a fraction of that: 0 or negative, below −1 where it is below 0. One for each place. 0 while nothing was above 0. */
export function drawdowns(equity: Numbers): Float64Array {
  const below = new Float64Array(equity.length);
  let high = 0;
  for (let at = 0; at < equity.length; at++) {
    const value = equity[at] ?? 0;
    if (value > high) high = value;
    below[at] = high > 0 ? value / high - 1 : 0;
  }
  return below;
}

/** Every dip, oldest first. */
export function dips(equity: Numbers): readonly Dip[] {
  const below = drawdowns(equity);
  const found: Dip[] = [];
  let from = -1;
  let lowest = 0;
  for (let at = 0; at < below.length; at++) {
    if (from >= 0 && (below[at] ?? 0) >= 0) {
      found.push({ from, lowest, recovered: at, depth: below[lowest] ?? 0 });
      from = -1;
    } else if ((below[at] ?? 0) < 0) {
      if (from < 0) {
        from = at - 1;
        lowest = at;
      } else if ((below[at] ?? 0) < (below[lowest] ?? 0)) lowest = at;
    }
  }
  if (from >= 0) found.push({ from, lowest, recovered: undefined, depth: below[lowest] ?? 0 });
  return found;
}

/** The deepest drawdown, 0 or negative; `undefined` of nothing. */
export function maxDrawdown(below: Numbers): number | undefined {
  if (below.length === 0) return undefined;
  let worst = 0;
  for (let at = 0; at < below.length; at++) worst = Math.min(worst, below[at] ?? 0);
  return worst;
}

/** Mean depth of the dips, negative; 0 without any. */
export function averageDrawdown(each: readonly Dip[]): number {
  return each.length === 0 ? 0 : each.reduce((sum, { depth }) => sum + depth, 0) / each.length;
}

/** Ulcer index: root of the mean square drawdown. @see Martin & McCann (1989) */
export function ulcerIndex(below: Numbers): number | undefined {
  if (below.length === 0) return undefined;
  let total = 0;
  for (let at = 0; at < below.length; at++) total += (below[at] ?? 0) ** 2;
  return Math.sqrt(total / below.length);
}

/** Mean of the deepest share of all drawdown samples, at least one of them; 0 or negative. 0.01: Passivbot's worst 1 %. */
export function worstDrawdowns(below: Numbers, share = 0.01): number | undefined {
  if (below.length === 0) return undefined;
  const sorted = Float64Array.from(below).toSorted();
  const count = Math.max(1, Math.floor(sorted.length * share));
  let total = 0;
  for (let at = 0; at < count; at++) total += sorted[at] ?? 0;
  return total / count;
}
