// What a run earned as a share of its capital, and what that is in a year.
import { cagr } from "../metrics/returns.ts";
import type { Gathered } from "./gathered.ts";

/** Net profit / capital: below −1 where more was lost than there was. `undefined` without a capital. */
export function totalReturn({ capital, profit }: Gathered): number | undefined {
  return capital > 0 ? Number(profit.equityChange) / capital : undefined;
}

/** The same a year, compounded; `undefined` below a day, and once equity was at 0 or below. */
export function growthOf(run: Gathered): number | undefined {
  const total = totalReturn(run);
  return total === undefined || run.isRuined ? undefined : cagr(total, run.to - run.from);
}
