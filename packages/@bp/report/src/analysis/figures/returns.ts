// What was earned, in all and by period.
import { compounded, expectedReturn, extremes, winShare } from "../../metrics/returns.ts";
import { figuresOf, type Gathered, sampling } from "../gathered.ts";
import { growthOf, totalReturn } from "../growth.ts";
import type { Metric } from "../metric.ts";
import type { Period } from "../tables.ts";

/** The group. */
export function returnFigures(run: Gathered): readonly Metric[] {
  const how = sampling(run);
  const calendar = "equity at the ends of UTC periods, the first and the last one cut, risk-free rate 0";
  const whole = "geometric mean of whole UTC days, none without one";
  const total = totalReturn(run);
  const growth = growthOf(run);
  const held = run.benchmark.length === 0 ? undefined : compounded(run.benchmark);
  const daily = run.isRuined ? undefined : expectedReturn(returnsOf(wholeDays(run)));
  const [days, weeks, months] = [run.days, run.weeks, run.months].map((each) => (run.isRuined ? [] : returnsOf(each)));
  const end = (periods: readonly number[] | undefined) => extremes(periods ?? []);
  const year = (each: number | undefined, periods: number) =>
    each === undefined ? undefined : (1 + each) ** periods - 1;
  return figuresOf("return", {
    "total-return": [total, "fraction", "net profit / capital"],
    "net-profit": [
      Number(run.profit.equityChange),
      "quote",
      "cash flows and what is held at the mark, exact; in profit.equityChange to the last digit",
    ],
    cagr: [growth, "fraction", `(1 + total)^(365 days / span) − 1; none below a day; ${how}`],
    "expected-daily": [daily, "fraction", `${whole}; risk-free rate 0`],
    "expected-monthly": [year(daily, 365 / 12), "fraction", `that of a day, 365/12 times compounded; ${whole}`],
    "expected-yearly": [year(daily, 365), "fraction", `that of a day, 365 times compounded; ${whole}`],
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
      total === undefined || held === undefined ? undefined : total - held,
      "fraction",
      "total return − that of the first market",
    ],
  });
}

const dayMs = 86_400_000;

/** Those that the run saw from their first to their last moment, as near as it looks. */
function wholeDays({ days, samples: { at, stepMs }, to }: Gathered): readonly Period[] {
  const from = at[0] ?? to;
  return days.filter(({ period }) => {
    const start = Date.parse(period);
    return start >= from && start + dayMs < to + stepMs;
  });
}

function returnsOf(periods: readonly Period[]): readonly number[] {
  return periods.flatMap((period) => period.return ?? []);
}
