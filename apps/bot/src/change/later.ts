// Which changes make a strategy's own guards act later, or never: allowed, but not without a word.
import { type ValueChange, valueText } from "@bp/engine";

/** Parameters of strategies that stop a loss, a price or an age: the larger, the later. Left out: never. */
const guards: ReadonlySet<string> = new Set([
  "criticalLossPct",
  "lossPct",
  "slippageCapPct",
  "staleMs",
  "stopLoss",
  "stopLossPct",
]);

/** A warning for each; the rules of the run stay as they are. */
export function laterIn(values: readonly ValueChange[]): readonly string[] {
  return values.flatMap(({ key, from, to }) => {
    if (!guards.has(key.slice(key.lastIndexOf(".") + 1)) || from === undefined) return [];
    if (to === undefined) return [`${key} is taken away: without it the strategy does not stop by itself there`];
    return Number(to) > Number(from) ? [`${key} acts later than now: ${valueText(from)} → ${valueText(to)}`] : [];
  });
}
