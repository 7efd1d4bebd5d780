// Rule: a fall from the best moment by too much ends trading until a person resumes.
import { Big, bigToDecimal, type Decimal, decimal, type RiskRule, weighs } from "@bp/core";

/** What the rule remembers. */
export interface Peak {
  /** The highest profit so far; never below 0 at first, since a run begins with none. */
  readonly peak: Decimal;
  /** Why trading had to stop. */
  readonly breach: string | undefined;
}

/**
 * Halts once profit (realized, unrealized, funding, less fees) is `limit` below its highest point since the start, and
 * refuses what adds risk from then on until a person resumes; then the highest point is taken anew from there.
 *
 * @param limit - quote, above 0, as decimal text
 */
export function drawdown(limit: string): RiskRule<Peak> {
  const most = decimal(limit);
  return {
    name: "drawdown",
    start: () => ({ peak: decimal("0"), breach: undefined }),
    remember: (memory, event, view) => {
      if (event.type === "operator.asked" && event.ask === "resume" && memory.breach !== undefined)
        return { peak: bigToDecimal(view.profit()), breach: undefined };
      if (memory.breach !== undefined || !weighs(event)) return memory;
      const profit = view.profit();
      if (profit.gt(memory.peak)) return { ...memory, peak: bigToDecimal(profit) };
      const fall = new Big(memory.peak).minus(profit);
      if (fall.lt(most)) return memory;
      return { ...memory, breach: `fell ${fall.toFixed()} from the highest profit ${memory.peak}, limit ${limit}` };
    },
    check: (intent, _view, pass, { breach }) =>
      breach === undefined || pass.reduces ? { pass: intent } : { refuse: breach },
    halts: (_view, { breach }) => breach,
  };
}
