// The limits of a run as risk rules, in the order in which they are asked.
import type { AnyRule, Instrument, InstrumentId } from "@bp/core";
import {
  type Band,
  dailyLimit,
  dailyLoss,
  drawdown,
  type FallLevel,
  fundingWindow,
  funds,
  liquidation,
  margin,
  maxLeverage,
  maxLoss,
  maxNaked,
  maxNotional,
  maxOpenOrders,
  maxPosition,
  orderRate,
  ownCross,
  type Pair,
  priceBand,
  sizeFactors,
  staleMarket,
  whenHalted,
} from "@bp/risk";

/** The limits of a run, in the units of a person. JSON: they are part of the recipe. What is left out is not limited. */
export interface Limits {
  /** Base, of each market or by market; the worst case of position and working orders on each side. */
  readonly maxPosition?: string | Readonly<Record<InstrumentId, string>> | undefined;
  readonly maxOpenOrders: number;
  /** Fraction around the mid (or mark) within which prices may lie; of all markets or by market. */
  readonly priceBand: Band;
  readonly staleMs: number;
  readonly rate: { readonly orders: number; readonly windowMs: number };
  /** Quote, of one order. */
  readonly maxOrderNotional?: string | undefined;
  /** Quote, of single markets in the worst case. */
  readonly maxMarketNotional?: Readonly<Record<InstrumentId, string>> | undefined;
  /** Quote, of everything together in the worst case. */
  readonly maxNotional?: string | undefined;

  /** Percent of the equity at the start; halts. */
  readonly maxLossPct?: string | undefined;
  /** Quote, since the start; halts. */
  readonly maxLoss?: string | undefined;
  /** Quote, open losses too, since 00:00 UTC; halts. */
  readonly dailyLoss?: string | undefined;
  /** Quote, realized, since 00:00 UTC; nothing new until the next day. */
  readonly dailyLimit?: string | undefined;
  /** Quote below the best profit so far; halts. */
  readonly maxDrawdown?: string | undefined;
  /** Quote; a change of a balance that no trade, fee or funding explains, a deposit included; halts. Left out: it is told. */
  readonly maxUnexplained?: string | undefined;
  /** Smaller new orders after a fall of the equity. */
  readonly sizeFactors?: readonly FallLevel[] | undefined;

  /** Markets that hedge each other. */
  readonly pairs?: readonly Pair[] | undefined;
  /** How long a pair may be unhedged before nothing adds to it. */
  readonly maxNakedMs?: number | undefined;
  /** How long before it halts. Only with `maxNakedMs`. */
  readonly nakedHaltMs?: number | undefined;
  /** Base; how much unhedged does not count. */
  readonly maxNakedBase?: string | undefined;
  /** Quote; the same. */
  readonly maxNakedNotional?: string | undefined;
  /** Nothing new so long before funding is paid in a market or in what it is paired with. */
  readonly fundingWindowMs?: number | undefined;

  /** The leverage set at the venues, of all perpetuals or by market: what initial margin is counted with. */
  readonly leverage?: number | Readonly<Record<InstrumentId, number>> | undefined;
  /** Equity over initial margin at least; 1 where only `leverage` is said. */
  readonly minMarginRatio?: number | undefined;
  /** Notional of the perpetuals of a wallet over its equity at most. */
  readonly maxLeverage?: number | undefined;
  /** Percent between mark and liquidation price below which nothing adds. */
  readonly liquidationPct?: number | undefined;
  /** The same, below which it halts. Only with `liquidationPct`. */
  readonly liquidationHaltPct?: number | undefined;
}

/** The rules: what stops everything first, what costs a look at the funds last. */
export function rulesOf(limits: Limits, instruments: readonly Instrument[]): readonly AnyRule[] {
  const { pairs = [], maxOpenOrders: open, rate, staleMs } = limits;
  const markets = instruments.map(({ id }) => id);
  const perps = instruments.filter(({ kind }) => kind === "perp").map(({ id }) => id);
  const rules: (AnyRule | undefined)[] = [
    whenHalted(),
    ...lossesOf(limits, markets),
    staleMarket(staleMs),
    priceBand(limits.priceBand, staleMs),
    said(limits.fundingWindowMs, (beforeMs) => fundingWindow({ beforeMs, pairs })),
    said(limits.maxNakedMs, (maxNakedMs) => nakedOf(limits, pairs, maxNakedMs)),
    said(limits.sizeFactors, (levels) => sizeFactors({ markets, levels })),
    notionalOf(limits, markets),
    positionOf(limits, markets),
    ownCross(),
    funds(),
    marginOf(limits, perps),
    said(limits.maxLeverage, (most) => maxLeverage(most, perps)),
    said(limits.liquidationPct, (refusePct) =>
      liquidation({ markets: perps, refusePct, ...given({ haltPct: limits.liquidationHaltPct }) }),
    ),
    maxOpenOrders({ total: open }),
    orderRate(rate.orders, rate.windowMs),
  ];
  return rules.filter((each) => each !== undefined);
}

function lossesOf(limits: Limits, markets: readonly InstrumentId[]): readonly (AnyRule | undefined)[] {
  const { maxLossPct: pct, maxLoss: amount, pairs = [] } = limits;
  return [
    pct === undefined && amount === undefined ? undefined : maxLoss({ markets, ...given({ pct, amount }) }),
    said(limits.dailyLoss, dailyLoss),
    said(limits.maxDrawdown, drawdown),
    said(limits.dailyLimit, (limit) => dailyLimit(limit, { markets, pairs })),
  ];
}

function nakedOf(limits: Limits, pairs: readonly Pair[], maxNakedMs: number): AnyRule {
  const { nakedHaltMs: haltMs, maxNakedBase: base, maxNakedNotional: notional } = limits;
  return maxNaked({ pairs, maxNakedMs, ...given({ haltMs, base, notional }) });
}

function notionalOf(limits: Limits, markets: readonly InstrumentId[]): AnyRule | undefined {
  const { maxOrderNotional: perOrder, maxMarketNotional: perMarket, maxNotional: total } = limits;
  if (perOrder === undefined && perMarket === undefined && total === undefined) return undefined;
  return maxNotional({ markets, ...given({ perOrder, perMarket, total }) });
}

function positionOf({ maxPosition: most }: Limits, markets: readonly InstrumentId[]): AnyRule | undefined {
  if (most === undefined) return undefined;
  const caps = typeof most === "string" ? Object.fromEntries(markets.map((id) => [id, most])) : most;
  return Object.keys(caps).length === 0 ? undefined : maxPosition(caps);
}

function marginOf({ leverage, minMarginRatio }: Limits, perps: readonly InstrumentId[]): AnyRule | undefined {
  if (leverage === undefined && minMarginRatio === undefined) return undefined;
  return margin({ markets: perps, ...given({ leverage, minRatio: minMarginRatio }) });
}

/** A rule where its limit is said. */
function said<T>(limit: T | undefined, rule: (limit: T) => AnyRule): AnyRule | undefined {
  return limit === undefined ? undefined : rule(limit);
}

/** Options without those that are not said. */
function given<T extends object>(options: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [key in keyof T]?: Exclude<T[key], undefined>; // what is left of it
  };
}
