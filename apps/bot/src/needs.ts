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
  const perps = new Set(instruments.filter(({ kind }) => kind === "perp").map(({ id }) => id));
  const spans = needs.flatMap((need) => need.spans.filter(({ instrument }) => perps.has(instrument)));
  const base = summed(
    spans.filter(({ in: unit }) => unit === "base"),
    new Big(1),
  );
  const quote = summed(
    spans.filter(({ in: unit }) => unit === "quote"),
    moving,
  );
  const reach = (id: InstrumentId) => Math.max(...needs.map((need) => (need.markets.includes(id) ? need.reach : 0)));
  return {
    ...(Object.keys(base).length === 0 ? {} : { maxPosition: base }),
    ...(Object.keys(quote).length === 0 ? {} : { maxMarketNotional: quote }),
    maxOpenOrders: needs.reduce((sum, { orders }) => sum + orders, 0),
    priceBand: Object.fromEntries(
      instruments.map(({ id }) => [id, Number(Math.min(0.95, 0.1 + reach(id)).toFixed(6))]),
    ),
    staleMs,
    rate: { orders: Math.max(20, 2 * needs.reduce((sum, { orders }) => sum + orders - 2, 0)), windowMs: 1_000 * speed },
  };
}

/** Prices move while something is held: a cap in quote is half as much again as was told. */
const moving = new Big("1.5");

/** How much of a market a strategy may come to hold, on either side. */
export interface Span {
  readonly instrument: InstrumentId;
  readonly in: "base" | "quote";
  /** 0 or more. */
  readonly long: Big;
  /** 0 or more. */
  readonly short: Big;
}

/** What a strategy may come to hold by what it was told, market by market; nothing where no end can be said. */
export function spansOf(strategy: StrategyConfig, instruments: readonly Instrument[]): readonly Span[] {
  return needOf(strategy, instruments).spans;
}

/** What a strategy needs in ordinary times. */
interface Need {
  readonly markets: readonly InstrumentId[];
  /** Orders that may rest at once, two of them to spare. */
  readonly orders: number;
  /** How far from the market they may lie, as a fraction. */
  readonly reach: number;
  readonly spans: readonly Span[];
}

const none = new Big(0);

function needOf(strategy: StrategyConfig, instruments: readonly Instrument[]): Need {
  const { use, params } = strategy;
  const markets = marketsOf(strategy);
  const spot = (id: InstrumentId) => instruments.some((each) => each.id === id && each.kind === "spot");
  const pairing = { markets, orders: 2 * markets.length + 2, reach: 0.1 };
  switch (use) {
    case "maker": {
      const { instrument, maxOrders, maxPosition, spreadPct } = makerParams.parse(params);
      const most = new Big(maxPosition);
      const span: Span = { instrument, in: "base", long: most, short: most };
      const spans = spot(instrument) ? [] : [span]; // on spot the wallet is the limit
      return { markets, orders: 2 * maxOrders + 2, reach: Number(spreadPct) / 100, spans };
    }
    case "ladder": {
      const { instrument, totalAmount, orderCount, maxDropPct } = ladderParams.parse(params);
      const span: Span = { instrument, in: "quote", long: new Big(totalAmount), short: none };
      return { markets, orders: orderCount + 4, reach: Number(maxDropPct) / 50, spans: [span] };
    }
    case "grid": {
      const { instrument, side, cells, perCell, maxPosition, baseValue, compound } = gridParams.parse(params);
      const most = new Big(maxPosition ?? baseValue ?? new Big(perCell).times(cells));
      const [long, short] = [side === "short" ? none : most, side === "short" || side === "neutral" ? most : none];
      // What is earned is put in again: no end can be said beforehand.
      const grows = compound && maxPosition === undefined;
      const spans: readonly Span[] = grows ? [] : [{ instrument, in: "quote", long, short }];
      return { markets, orders: 2 * cells + 4, reach: 0.85, spans };
    }
    case "single": {
      const { instrument, amount } = singleParams.parse(params);
      return { ...pairing, spans: [{ instrument, in: "quote", long: new Big(amount), short: none }] };
    }
    case "dual-hedge": {
      const { long, short, amount } = dualHedgeParams.parse(params);
      const most = new Big(amount);
      return {
        ...pairing,
        spans: [
          { instrument: long, in: "quote", long: most, short: none },
          { instrument: short, in: "quote", long: none, short: most },
        ],
      };
    }
    case "hedge": {
      const { lead, hedge, quantity, offsetPct, sideFirst } = hedgeParams.parse(params);
      const leg = (id: InstrumentId, isLong: boolean): Span => {
        const market = instruments.find((each) => each.id === id);
        const least = market === undefined ? none : sizeToBig(market, market.minSize);
        const most = least.plus(quantity); // a leg is rounded by its own steps
        return { instrument: id, in: "base", long: isLong ? most : none, short: isLong ? none : most };
      };
      const spans = [leg(lead, sideFirst === "buy"), leg(hedge, sideFirst === "sell")];
      return { ...pairing, reach: 0.1 + Number(offsetPct) / 100, spans };
    }
    default:
      return { ...pairing, spans: [] };
  }
}

/** Caps of several strategies in one market add up. */
function summed(spans: readonly Span[], factor: Big): Readonly<Record<InstrumentId, string>> {
  const sums = new Map<InstrumentId, Big>();
  for (const { instrument, long, short } of spans) {
    const most = (long.gt(short) ? long : short).times(factor);
    sums.set(instrument, most.plus(sums.get(instrument) ?? 0));
  }
  return Object.fromEntries([...sums].map(([id, sum]) => [id, sum.toFixed()]));
}
