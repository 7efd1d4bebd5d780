// Metrics of each account: its streams, its venue's clock, its balances and its rate budget.
import type { AccountNow, BudgetNow } from "dashboard/contract";
import { type Metric, ofFrame, type Sample, sample } from "./metric.ts";

const account = (
  name: string,
  type: Metric["type"],
  help: string,
  labels: readonly string[],
  of: (account: AccountNow) => readonly Sample[],
): Metric => ({
  name,
  type,
  help,
  labels: ["venue", ...labels],
  read: ofFrame(({ accounts }) =>
    accounts.flatMap((each) =>
      of(each).map(({ value, labels: own }) => ({ value, labels: { venue: each.venue, ...own } })),
    ),
  ),
});

const links = ["market", "account"] as const;
const budget = (
  name: string,
  help: string,
  labels: readonly string[],
  of: (budget: BudgetNow, labels: Sample["labels"]) => readonly Sample[],
): Metric =>
  account(name, "gauge", help, ["host", "counts", "window", ...labels], ({ budgets }) =>
    budgets.flatMap((each) => {
      const { host, counts, perMs } = each;
      return of(each, { host, counts, window: `${perMs / 1_000}s` });
    }),
  );

/** In the order of docs/metrics.md. */
export const accountMetrics: readonly Metric[] = [
  account("bp_link_up", "gauge", "1 while a stream is up.", ["link"], (each) =>
    links.flatMap((link) => sample(each[link].state === "up" ? 1 : 0, { link })),
  ),
  account("bp_link_losses_total", "counter", "How often a stream was lost in this run.", ["link"], (each) =>
    links.flatMap((link) => sample(each[link].lost, { link })),
  ),
  account("bp_clock_skew_seconds", "gauge", "The venue's clock minus ours.", [], ({ skewMs }) =>
    sample(skewMs === undefined ? undefined : skewMs / 1_000),
  ),
  account("bp_clock_skew_uncertainty_seconds", "gauge", "How far that may be off.", [], ({ skewUncertaintyMs }) =>
    sample(skewUncertaintyMs === undefined ? undefined : skewUncertaintyMs / 1_000),
  ),
  account("bp_balance", "gauge", "What the account has of an asset.", ["asset"], ({ balances }) =>
    balances.flatMap(({ asset, total }) => sample(total, { asset })),
  ),
  account("bp_balance_free", "gauge", "What of that is free.", ["asset"], ({ balances }) =>
    balances.flatMap(({ asset, free }) => sample(free, { asset })),
  ),
  budget("bp_budget_used", "What of a purse of the rate budget is used now.", [], ({ used }, labels) =>
    sample(used, labels),
  ),
  budget("bp_budget_capacity", "What the purse holds.", [], ({ capacity }, labels) => sample(capacity, labels)),
  budget("bp_budget_free", "What each lane could send of it now.", ["lane"], ({ lanes }, labels) =>
    lanes.flatMap(({ lane, free }) => sample(free, { ...labels, lane })),
  ),
  budget("bp_budget_paused_seconds", "For so long nothing goes out: the venue said so.", [], ({ pausedMs }, labels) =>
    sample(pausedMs / 1_000, labels),
  ),
];
