// Rule: after a fall from the best moment, new orders are smaller.
import { Big, bigToDecimal, type Decimal, decimal, type InstrumentId, type RiskRule, weighs } from "@bp/core";
import { type Beginning, beginning, equitySince, percentBelow } from "../equity.ts";
import { trimmed } from "../trim.ts";

/** One step of the fall. */
export interface FallLevel {
  /** As the reason names it: `MEDIUM`. */
  readonly name: string;
  /** From so many percent below the highest equity on, decimal text above 0. */
  readonly downPct: string;
  /** Share of the size that is left, decimal text from 0 to 1. */
  readonly factor: string;
}

/** Which levels there are, and what the equity is. */
export interface SizeFactorOptions {
  /** The markets whose wallets make up the equity; their quote currencies count alike. */
  readonly markets: readonly InstrumentId[];
  /** By default MEDIUM from 10 % (0.8), HIGH from 15 % (0.5), CRITICAL from 20 % (0.2). In any order. */
  readonly levels?: readonly FallLevel[];
}

/** What the rule remembers. */
export interface Fall {
  /** Where the equity is counted from; `undefined` until it is known. */
  readonly from: Beginning | undefined;
  /** The highest equity so far, quote. */
  readonly peak: Decimal;
  /** How far below it the equity is, percent. */
  readonly downPct: Decimal;
  /** The level that this is, its name; `undefined`: none. */
  readonly level: string | undefined;
}

/** The levels unless others are named. */
export const fallLevels: readonly FallLevel[] = [
  { name: "MEDIUM", downPct: "10", factor: "0.8" },
  { name: "HIGH", downPct: "15", factor: "0.5" },
  { name: "CRITICAL", downPct: "20", factor: "0.2" },
];

/**
 * Trims new quotes that add risk to a share of their size, by how far the equity is below its highest. Orders that work as
 * wished are left as they are, reductions pass, and so do holds: they bring things into balance (the second leg of a
 * hedge), and a part of one would leave it open. What of a slot is wished again after its order has filled is trimmed
 * again. While the equity is not known nothing is trimmed.
 */
export function sizeFactors({ markets, levels = fallLevels }: SizeFactorOptions): RiskRule<Fall> {
  const steps = levels
    .map(({ name, downPct, factor }) => ({ name, from: new Big(decimal(downPct)), factor: decimal(factor) }))
    .toSorted((a, b) => b.from.cmp(a.from));
  return {
    name: "size-factors",
    start: () => ({ from: undefined, peak: zero, downPct: zero, level: undefined }),
    remember: (memory, event, view) => {
      if (!weighs(event)) return memory;
      const { from } = memory;
      if (from === undefined) {
        const begins = beginning(view, markets);
        return begins === undefined ? memory : { ...memory, from: begins, peak: begins.equity };
      }
      const now = equitySince(from, view);
      const peak = now.gt(memory.peak) ? bigToDecimal(now) : memory.peak;
      const down = percentBelow(now, peak);
      const downPct = bigToDecimal(down);
      if (downPct === memory.downPct && peak === memory.peak) return memory;
      return { from, peak, downPct, level: steps.find((step) => step.from.lte(down))?.name };
    },
    check: (intent, view, pass, { level, downPct }) => {
      if (level === undefined || intent.kind === "hold" || pass.reduces || !pass.places) return { pass: intent };
      const step = steps.find(({ name }) => name === level);
      if (step === undefined) return { pass: intent };
      const size = Math.floor(new Big(step.factor).times(pass.size).toNumber());
      if (size >= pass.size) return { pass: intent };
      const why = `${level}: equity is ${new Big(downPct).toFixed(2)} % below its highest, new orders are ${step.factor} of their size`;
      return trimmed(intent, pass, view.instrument(intent.instrument), size, why);
    },
  };
}

const zero = decimal("0");
