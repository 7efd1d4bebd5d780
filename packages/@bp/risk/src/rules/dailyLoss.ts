// Rule: a day that has lost too much ends trading until a person resumes.
import { Big, bigToDecimal, type Decimal, decimal, type RiskRule, type View, weighs } from "@bp/core";

/** What the rule remembers of a day. */
export interface Day {
  /** Days since 1970-01-01 UTC; -1 before the first event. */
  readonly day: number;
  /** Profit when the day began, or when a person resumed after a breach. */
  readonly start: Decimal;
  /** Why trading had to stop. */
  readonly breach: string | undefined;
}

/**
 * Halts once profit (realized, unrealized, funding, less fees) has fallen by `limit` since 00:00 UTC, and refuses what
 * adds risk from then on, over midnight too, until a person resumes; then the loss is counted anew from there.
 *
 * @param limit - quote, above 0, as decimal text
 */
export function dailyLoss(limit: string): RiskRule<Day> {
  const most = decimal(limit);
  return {
    name: "daily-loss",
    start: () => ({ day: -1, start: decimal("0"), breach: undefined }),
    remember: (memory, event, view) => {
      if (event.type === "operator.asked" && event.ask === "resume" && memory.breach !== undefined)
        return { day: dayOf(view), start: bigToDecimal(view.profit()), breach: undefined };
      if (memory.breach !== undefined || !weighs(event)) return memory;
      const day = dayOf(view);
      const profit = view.profit();
      if (day !== memory.day)
        return { day, start: memory.day === -1 ? memory.start : bigToDecimal(profit), breach: undefined };
      const lost = new Big(memory.start).minus(profit);
      if (lost.lt(most)) return memory;
      return { ...memory, breach: `lost ${lost.toFixed()} since 00:00 UTC, limit ${limit}` };
    },
    check: (intent, _view, pass, { breach }) =>
      breach === undefined || pass.reduces ? { pass: intent } : { refuse: breach },
    halts: (_view, { breach }) => breach,
  };
}

function dayOf(view: View): number {
  return Math.floor(view.now / 86_400_000);
}
