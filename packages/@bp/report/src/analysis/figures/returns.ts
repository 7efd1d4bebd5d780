// What was earned, in all and by period.
import { cagr, compounded, expectedReturn, extremes, winShare } from "../../metrics/returns.ts";
import { figuresOf, type Gathered, sampling } from "../gathered.ts";
import type { Metric } from "../metric.ts";
import type { Period } from "../tables.ts";

/** The group. */
export function returnFigures(run: Gathered): readonly Metric[] {
  const how = sampling(run);
  const calendar = "equity at the ends of UTC periods, the first and the last one cut, risk-free rate 0";
  const total = run.capital > 0 ? compounded(run.returns) : undefined;
  const growth = total === undefined ? undefined : cagr(total, run.to - run.from);
  const held = compounded(run.benchmark);
  const daily = expectedReturn(returnsOf(run.days));
  const [days, weeks, months] = [run.days, run.weeks, run.months].map(returnsOf);
  const end = (periods: readonly number[] | undefined) => extremes(periods ?? []);
  const year = (each: number | undefined, periods: number) =>
    each === undefined ? undefined : (1 + each) ** periods - 1;
  return figuresOf("return", {
    "total-return": [total, "fraction", `net profit / capital, ${how}`],
    "net-profit": [
      Number(run.profit.equityChange),
      "quote",
      "cash flows and what is held at the mark, exact; in profit.equityChange to the last digit",
    ],
    cagr: [growth, "fraction", `(1 + total)^(365 days / span) − 1; none below a day; ${how}`],
    "expected-daily": [daily, "fraction", `geometric mean of days; ${calendar}`],
    "expected-monthly": [year(daily, 365 / 12), "fraction", `that of a day, 365/12 times compounded; ${calendar}`],
    "expected-yearly": [year(daily, 365), "fraction", `that of a day, 365 times compounded; ${calendar}`],
    "best-day": [end(days)?.best, "fraction", calendar],
    "worst-day": [end(days)?.worst, "fraction", calendar],
    "best-week": [end(weeks)?.best, "fraction", `weeks begin on Monday; ${calendar}`],
    "worst-week": [end(weeks)?.worst, "fraction", `weeks begin on Monday; ${calendar}`],
    "best-month": [end(months)?.best, "fraction", calendar],
    "worst-month": [end(months)?.worst, "fraction", calendar],
    "win-days": [winShare(days ?? []), "fraction", `won / (won + lost); ${calendar}`],
    "win-weeks": [winShare(weeks ?? []), "fraction", `won / (won + lost); ${calendar}`],
    "win-months": [winShare(months ?? []), "fraction", `won / (won + lost); ${calendar}`],
    "benchmark-return": [held, "fraction", "price of the first market, from the first one known to the last"],
    "excess-return": [
      total === undefined ? undefined : total - held,
      "fraction",
      "total return − that of the first market",
    ],
  });
}

function returnsOf(periods: readonly Period[]): readonly number[] {
  return periods.flatMap((period) => period.return ?? []);
}
