// The plan: what a configuration would do with this account on this market, in money, before anything is sent.
import { Big, type Instrument, type InstrumentId, sizeToBig, venueOf } from "@bp/core";
import { liquidationPrice } from "@bp/risk";
import type { StrategyConfig } from "../config/botConfig.ts";
import { leastOf } from "../least.ts";
import type { Limits } from "../limits.ts";
import { type Claim, claimsOfOrders, claimsOfSpans, needsOf, type Worst, worstOf } from "./capital.ts";
import { fundsConflicts, marketConflicts } from "./conflicts.ts";
import { estimateOf } from "./economics.ts";
import { foreignOf, holdingsOf, marketOf, orderOf } from "./found.ts";
import { ratesOf } from "./rates.ts";
import type { Plan, PlanInput } from "./shape.ts";

/** How far a price is taken to go against a position when the worst case is told, in percent. */
const movePct = 10;

/** Puts the plan together. Pure. */
export function planOf(input: PlanInput): Plan {
  const { config, strategies, view, instruments, orders, snapshots, limits } = input;
  const byId = new Map(instruments.map((each) => [each.id, each]));
  const prices = new Map<InstrumentId, Big>();
  for (const instrument of instruments) {
    const price = view.mark(instrument.id)?.mark ?? view.book(instrument.id).mid();
    if (price !== undefined) prices.set(instrument.id, new Big(price).times(instrument.tickSize));
  }
  const held = new Map<InstrumentId, Big>();
  for (const snapshot of snapshots.values())
    for (const { instrument: id, size } of snapshot.positions) {
      const instrument = byId.get(id);
      if (instrument !== undefined) held.set(id, sizeToBig(instrument, size));
    }
  const claims = (fits: (use: string) => boolean) => claimsOf(input, byId, prices, fits);
  // A maker starts with its quotes, and may come to its cap; the others are told their whole budget.
  const needs = needsOf(
    claims((use) => use !== "maker"),
    byId,
    snapshots,
    input.leverage,
  );
  const estimates = strategies.flatMap((strategy) => {
    const ids = input.markets.get(strategy.name) ?? [];
    const theirs = ids.flatMap((id) => byId.get(id) ?? []);
    return estimateOf(strategy, theirs, prices) ?? [];
  });
  const blocking = [...input.refusals, ...marketConflicts(input)];
  return {
    place: config.place,
    resumes: input.resumed,
    markets: instruments.map((instrument) => marketOf(instrument, view, prices.get(instrument.id))),
    holdings: holdingsOf(snapshots, instruments),
    foreign: [...snapshots.values()].flatMap((snapshot) => foreignOf(snapshot, byId)),
    orders: orders.flatMap((order) => {
      const instrument = byId.get(order.instrument);
      return instrument === undefined ? [] : [orderOf(order, instrument)];
    }),
    needs,
    worst: worstOf(
      claims(() => true),
      byId,
      held,
      prices,
      capsOf(limits, instruments, prices),
      movePct,
    ).map((each) => ({
      ...each,
      liquidation: liquidationOf(each, byId.get(each.instrument), prices.get(each.instrument), snapshots),
    })),
    limits,
    protections: strategies.flatMap(protectionsOf),
    estimates,
    rates: ratesOf(strategies, input.markets, orders, limits.rate),
    conflicts: [...fundsConflicts(needs), ...blocking],
    blocking,
    warnings: [
      ...input.warnings,
      ...estimates
        .filter(({ loses }) => loses)
        .map(
          ({ strategy, costPer10k, assumes }) =>
            `${strategy} loses by its own figures: about ${costPer10k} for every 10,000 of volume (${assumes})`,
        ),
    ],
  };
}

/** What the strategies may buy and sell: by what they were told where `fits`, else, and where no end was said, by their first orders. */
function claimsOf(
  { strategies, spans, orders }: PlanInput,
  byId: ReadonlyMap<InstrumentId, Instrument>,
  prices: ReadonlyMap<InstrumentId, Big>,
  fits: (use: string) => boolean,
): readonly Claim[] {
  return strategies.flatMap(({ name, use }) => {
    const own = spans.get(name) ?? [];
    if (own.length > 0 && fits(use)) return claimsOfSpans(own, prices);
    return claimsOfOrders(
      orders.filter(({ slot }) => slot.startsWith(`${name}/`)),
      byId,
    );
  });
}

/** What stops a strategy by itself, by the names of its parameters. */
const protective = [
  "stopLoss",
  "takeProfit",
  "stopLossPct",
  "maxLossPct",
  "dailyLoss",
  "maxPosition",
  "maxDropPct",
  "onMaxDrop",
  "maxNakedMs",
  "minEdgePct",
  "stopBeforeFundingMs",
  "coolDownMs",
  "cycles",
] as const;

function protectionsOf({ name, params }: StrategyConfig): Plan["protections"] {
  return protective.flatMap((key) => {
    const value = params[key];
    return typeof value === "string" || typeof value === "number"
      ? [{ strategy: name, key, value: String(value) }]
      : [];
  });
}

/** What the rules allow at most, in base at the price now. */
function capsOf(
  { maxPosition, maxMarketNotional = {} }: Limits,
  instruments: readonly Instrument[],
  prices: ReadonlyMap<InstrumentId, Big>,
): ReadonlyMap<InstrumentId, Big> {
  return new Map(
    instruments.flatMap(({ id }) => {
      const base = typeof maxPosition === "string" ? maxPosition : maxPosition?.[id];
      const [quote, price] = [maxMarketNotional[id], prices.get(id)];
      const most = leastOf([
        ...(base === undefined ? [] : [new Big(base)]),
        ...(quote === undefined || price === undefined || price.eq(0) ? [] : [new Big(quote).div(price)]),
      ]);
      return most === undefined ? [] : [[id, most] as const];
    }),
  );
}

/**
 * Where the worst case would be liquidated with the quote that the account has now; its other coins would only move it away.
 *
 * @returns `undefined` on spot, or where no price above 0 would do it
 */
function liquidationOf(
  { position }: Worst,
  instrument: Instrument | undefined,
  price: Big | undefined,
  snapshots: PlanInput["snapshots"],
): Worst["liquidation"] {
  if (instrument?.margin === undefined || price === undefined) return undefined;
  const equity = snapshots.get(venueOf(instrument.id))?.balances.find(({ asset }) => asset === instrument.quote)?.total;
  if (equity === undefined) return undefined;
  // An estimate for a person: no money is moved by it.
  const mark = price.toNumber();
  const at = liquidationPrice({
    size: Number(position),
    mark,
    equity: Number(equity),
    maintenance: instrument.margin.maintenance,
  });
  if (at === undefined) return undefined;
  return {
    price: at.toPrecision(6),
    distancePct: (((mark - at) / mark) * 100 * Math.sign(Number(position))).toFixed(1),
  };
}
