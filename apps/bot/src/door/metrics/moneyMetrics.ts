// Metrics of what was earned and what it cost, and of the orders that did it.
import type { Frame } from "dashboard/contract";
import { type Metric, ofFrame, sample } from "./metric.ts";

type Money = Frame["money"];

/** An amount of the quote currency that may fall. */
const amount = (name: string, help: string, of: (money: Money) => string): Metric => ({
  name,
  type: "gauge",
  help,
  labels: ["quote"],
  read: ofFrame(({ money }) => sample(of(money), { quote: money.quote })),
});

/** In the order of docs/metrics.md. */
export const moneyMetrics: readonly Metric[] = [
  amount(
    "bp_net_profit",
    "What the run has earned: realized and unrealized and funding, less fees, with their drift.",
    ({ net }) => net,
  ),
  amount(
    "bp_realized_profit",
    "Earned by what was closed, first in, first out, before fees.",
    ({ realized }) => realized,
  ),
  amount("bp_unrealized_profit", "What is held, first in, first out, at the mark.", ({ unrealized }) => unrealized),
  amount("bp_fees", "Fees as they stand in the books of the run.", ({ fees }) => fees),
  {
    name: "bp_fee_drift",
    type: "gauge",
    help: "By how much coins that fees have taken were booked above what they are worth now. Missing: none were taken.",
    labels: ["quote"],
    read: ofFrame(({ money }) => sample(money.feeDrift, { quote: money.quote })),
  },
  amount("bp_funding", "Funding: above 0 it was received.", ({ funding }) => funding),
  amount("bp_spread_profit", "Earned by resting, before the market answered.", ({ spread }) => spread),
  amount("bp_drawdown", "How far the profit is below its best now.", ({ drawdown }) => drawdown),
  amount("bp_max_drawdown", "The deepest that it was below its best so far.", ({ maxDrawdown }) => maxDrawdown),
  {
    name: "bp_volume_total",
    type: "counter",
    help: "Traded volume.",
    labels: ["quote"],
    read: ofFrame(({ money }) => sample(money.volume, { quote: money.quote })),
  },
  {
    name: "bp_volume_cost_ratio",
    type: "gauge",
    help: "What a unit of volume has cost; times 10,000 it is the cost per 10,000. Below 0: it earned.",
    labels: [],
    read: ofFrame(({ money: { costPer10k } }) =>
      sample(costPer10k === undefined ? undefined : Number(costPer10k) / 10_000),
    ),
  },
  {
    name: "bp_fills_total",
    type: "counter",
    help: "Own trades.",
    labels: [],
    read: ofFrame(({ money }) => sample(money.fills)),
  },
  {
    name: "bp_maker_share_ratio",
    type: "gauge",
    help: "Share of the volume that rested before it traded, 0 to 1.",
    labels: [],
    read: ofFrame(({ money }) => sample(money.makerShare)),
  },
  {
    name: "bp_quoted_both_ratio",
    type: "gauge",
    help: "Share of the run with a bid and an ask of ours, 0 to 1.",
    labels: [],
    read: ofFrame(({ money }) => sample(money.quotedBoth)),
  },
  {
    name: "bp_markout_ratio",
    type: "gauge",
    help: "How the price moved after own trades, as a share of the notional; above 0 it moved our way. By horizon.",
    labels: ["horizon"],
    read: ofFrame(({ money }) =>
      money.markouts.flatMap(({ horizonMs, bps }) =>
        sample(bps === undefined ? undefined : bps / 10_000, { horizon: `${horizonMs / 1_000}s` }),
      ),
    ),
  },
  {
    name: "bp_markout_fills",
    type: "gauge",
    help: "Own trades of which the markout of a horizon is known.",
    labels: ["horizon"],
    read: ofFrame(({ money }) =>
      money.markouts.flatMap(({ horizonMs, fills }) => sample(fills, { horizon: `${horizonMs / 1_000}s` })),
    ),
  },
  {
    name: "bp_orders_total",
    type: "counter",
    help: "Own orders by what became of them: placed, cancelled, rejected.",
    labels: ["outcome"],
    read: ofFrame(({ money }) =>
      (["placed", "cancelled", "rejected"] as const).flatMap((outcome) => sample(money.orders[outcome], { outcome })),
    ),
  },
  {
    name: "bp_orders_unknown",
    type: "gauge",
    help: "Own orders of which nobody can tell now whether they stand.",
    labels: [],
    read: ofFrame(({ markets }) =>
      sample(markets.flatMap(({ orders }) => orders).filter(({ state }) => state === "unknown").length),
    ),
  },
];
