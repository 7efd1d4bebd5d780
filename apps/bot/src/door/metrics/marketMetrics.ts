// Metrics of each market and of each pair of markets that hedge each other.
import type { MarketNow, PairNow } from "dashboard/contract";
import { type Metric, ofFrame, type Sample, sample } from "./metric.ts";

const market = (
  name: string,
  help: string,
  of: (market: MarketNow, at: number) => string | number | undefined,
  more: { readonly labels: readonly string[]; readonly of: (market: MarketNow) => Sample["labels"] } = {
    labels: [],
    of: () => ({}),
  },
): Metric => ({
  name,
  type: "gauge",
  help,
  labels: ["market", ...more.labels],
  read: ofFrame(({ markets, run: { marketNow } }) =>
    markets.flatMap((each) => sample(of(each, marketNow), { market: each.id, ...more.of(each) })),
  ),
});

const pair = (
  name: string,
  type: Metric["type"],
  help: string,
  of: (pair: PairNow, now: number) => string | number | undefined,
): Metric => ({
  name,
  type,
  help,
  labels: ["lead", "hedge"],
  read: ofFrame(({ pairs, run: { marketNow } }) =>
    pairs.flatMap((each) => sample(of(each, marketNow), { lead: each.lead, hedge: each.hedge })),
  ),
});

const inBase = { labels: ["asset"], of: ({ base }: MarketNow) => ({ asset: base }) };
const inQuote = { labels: ["quote"], of: ({ quote }: MarketNow) => ({ quote }) };

/** Between the best bid and ask of a book that can be trusted. */
function midOf({ bookIsValid, bids, asks }: MarketNow): number | undefined {
  const [bid, ask] = [Number(bids[0]?.[0]), Number(asks[0]?.[0])];
  return bookIsValid ? (bid + ask) / 2 : undefined; // no number where a side is empty: it is left out then
}

/** In the order of docs/metrics.md. */
export const marketMetrics: readonly Metric[] = [
  market(
    "bp_position",
    "What all strategies hold, signed. Missing: unknown.",
    ({ position }) => position?.size,
    inBase,
  ),
  market(
    "bp_position_external",
    "What the account holds beyond that, signed. Perpetuals only: of spot there are balances.",
    ({ external }) => external,
    inBase,
  ),
  market(
    "bp_liquidation_price",
    "Where the position would be liquidated, estimated.",
    ({ position }) => position?.liquidation,
    inQuote,
  ),
  market("bp_mid_price", "The middle of best bid and ask, of a book that can be trusted.", midOf, inQuote),
  market("bp_book_valid", "1 where the book can be trusted: nothing quotes from one that cannot.", (each) =>
    each.bookIsValid ? 1 : 0,
  ),
  market(
    "bp_book_age_seconds",
    "How old the newest word about the book is, by the market's clock.",
    ({ bookAt }, now) => (bookAt === 0 ? undefined : Math.max(0, now - bookAt) / 1_000),
  ),
  market(
    "bp_funding_rate_ratio",
    "Share of the notional at each settlement; above 0 longs pay.",
    (each) => each.fundingRate,
  ),
  market("bp_orders_open", "Own orders that may be at the venue.", ({ orders }) => orders.length),
  pair("bp_hedge_debt", "gauge", "What is not hedged, signed, base of the lead. Missing: unknown.", ({ debt }) => debt),
  pair("bp_hedge_debt_notional", "gauge", "What is not hedged, in quote at the mark.", ({ notional }) => notional),
  pair(
    "bp_hedge_naked_seconds",
    "gauge",
    "For how long it has not been hedged; 0 while it is. Missing: unknown.",
    ({ debt, since }, now) =>
      debt === undefined ? undefined : since === undefined ? 0 : Math.max(0, now - since) / 1_000,
  ),
  pair(
    "bp_hedge_naked_quote_seconds_total",
    "counter",
    "Unhedged quote times the seconds for which it was.",
    ({ nakedSeconds }) => nakedSeconds,
  ),
  pair("bp_hedge_worst_notional", "gauge", "The largest that was not hedged so far, in quote.", ({ worst }) => worst),
];
