// What strategies need in ordinary times, as the limits of a run: a mistake in one of them is stopped there.
import { Big, type Instrument, type InstrumentId, sizeToBig } from "@bp/core";
import { dualHedgeParams, gridParams, hedgeParams, ladderParams, makerParams, singleParams } from "@bp/strategies";
import type { StrategyConfig } from "./config/index.ts";
import type { Limits } from "./limits.ts";
import { marketsOf } from "./wire-up.ts";

/**
 * What follows from the strategies: as much as they need in ordinary times, and no more.
 *
 * @param speed - market seconds a second of the clock
 * @param staleMs - market time after which a book is old
 */
export function limitsOf(
  strategies: readonly StrategyConfig[],
  instruments: readonly Instrument[],
  speed: number,
  staleMs: number,
): Limits {
  const needs = strategies.map((each) => needOf(each, instruments));
  const markets = instruments.map(({ id }) => id);
  const base = summed(needs.map(({ base }) => base));
  const quote = summed(needs.map(({ quote }) => quote));
  const reach = (id: InstrumentId) => Math.max(...needs.map((need) => (need.markets.includes(id) ? need.reach : 0)));
  return {
    ...(Object.keys(base).length === 0 ? {} : { maxPosition: base }),
    ...(Object.keys(quote).length === 0 ? {} : { maxMarketNotional: quote }),
    maxOpenOrders: needs.reduce((sum, { orders }) => sum + orders, 0),
    priceBand: Object.fromEntries(markets.map((id) => [id, Number(Math.min(0.95, 0.1 + reach(id)).toFixed(6))])),
    staleMs,
    rate: { orders: Math.max(20, 2 * needs.reduce((sum, { orders }) => sum + orders - 2, 0)), windowMs: 1_000 * speed },
  };
}

/** What a strategy needs in ordinary times. */
interface Need {
  readonly markets: readonly InstrumentId[];
  /** Orders that may rest at once, two of them to spare. */
  readonly orders: number;
  /** How far from the market they may lie, as a fraction. */
  readonly reach: number;
  /** The position that it may have in a perpetual, in base. */
  readonly base?: Caps;
  /** The same in quote. */
  readonly quote?: Caps;
}

type Caps = Readonly<Record<InstrumentId, Big>>;

function needOf(strategy: StrategyConfig, instruments: readonly Instrument[]): Need {
  const { use, params } = strategy;
  const markets = marketsOf(strategy);
  const perps = instruments.filter(({ id, kind }) => kind === "perp" && markets.includes(id));
  const each = (cap: Big) => Object.fromEntries(perps.map(({ id }) => [id, cap]));
  /** Half as much again as it is told: prices move while something is held. */
  const worth = (amount: Big) => ({ quote: each(amount.times("1.5")) });
  const pairing = { markets, orders: 2 * markets.length + 2 };
  switch (use) {
    case "maker": {
      const { maxOrders, maxPosition, spreadPct } = makerParams.parse(params);
      return { markets, orders: 2 * maxOrders + 2, reach: Number(spreadPct) / 100, base: each(new Big(maxPosition)) };
    }
    case "ladder": {
      const { totalAmount, orderCount, maxDropPct } = ladderParams.parse(params);
      return { markets, orders: orderCount + 4, reach: Number(maxDropPct) / 50, ...worth(new Big(totalAmount)) };
    }
    case "grid": {
      const { cells, perCell, maxPosition, baseValue, compound } = gridParams.parse(params);
      const most = new Big(maxPosition ?? baseValue ?? new Big(perCell).times(cells));
      // What is earned is put in again: no end can be said beforehand.
      const grows = compound && maxPosition === undefined;
      return { markets, orders: 2 * cells + 4, reach: 0.85, ...(grows ? {} : worth(most)) };
    }
    case "single":
      return { ...pairing, reach: 0.1, ...worth(new Big(singleParams.parse(params).amount)) };
    case "dual-hedge":
      return { ...pairing, reach: 0.1, ...worth(new Big(dualHedgeParams.parse(params).amount)) };
    case "hedge": {
      const { quantity, offsetPct } = hedgeParams.parse(params);
      const legs = perps.map((leg) => [leg.id, sizeToBig(leg, leg.minSize).plus(quantity)]); // a leg is rounded by its own steps
      return { ...pairing, reach: 0.1 + Number(offsetPct) / 100, base: Object.fromEntries(legs) };
    }
    default:
      return { ...pairing, reach: 0.1 };
  }
}

/** Caps of several strategies in one market add up. */
function summed(all: readonly (Caps | undefined)[]): Readonly<Record<InstrumentId, string>> {
  const sums = new Map<InstrumentId, Big>();
  for (const caps of all)
    for (const [id, cap] of Object.entries(caps ?? {}) as readonly (readonly [InstrumentId, Big])[]) // its keys are such ids
      sums.set(id, cap.plus(sums.get(id) ?? 0));
  return Object.fromEntries([...sums].map(([id, sum]) => [id, sum.toFixed()]));
}
