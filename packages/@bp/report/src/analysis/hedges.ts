// One coin held at several places: how long and how far the legs differed, what closing the difference cost, and how fast it was.
import { quantile } from "../metrics/quantile.ts";
import type { Analysis } from "./analysis.ts";
import { createKept } from "./kept.ts";

/** What hedging came to. Money in the common quote. */
export interface HedgeFigures {
  /** ∫ |difference| × price dt. */
  readonly unhedgedSeconds: number;
  /** Σ price × size of the fills that closed a difference, by as much as they closed. */
  readonly volume: number;
  /** Base that was hedged where that mid is known, and what that cost against the mid of the hedge's market when the difference arose. */
  readonly hedged: number;
  readonly slippage: number;
  readonly meanLatencyMs: number | undefined;
  /** Orders of these markets that were rejected, or expired without a fill. */
  readonly refusals: number;
  readonly latencies: NonNullable<Analysis["hedge"]>;
}

/** Follows all coins that are held at two places or more. Markets are told by their place in the run's list. */
export interface Hedges {
  /**
   * @param signed - base; @param price - common quote per base; @param at - the venue's time; @param now - the log's
   */
  fill(market: number, signed: number, price: number, at: number, now: number): void;
  /** What is not held any more, though nobody here traded: it changes the difference, and hedges nothing. As a fill. */
  gone(market: number, signed: number, price: number, at: number, now: number): void;
  /** Whether its coin is held at two places or more. */
  isLeg(market: number): boolean;
  refused(market: number): void;
  /** `undefined` where no coin is held at two places. */
  figures(now: number): HedgeFigures | undefined;
}

interface Debt {
  readonly market: number;
  readonly sign: number;
  size: number;
  readonly at: number;
  /** Mids of all markets when it arose, common quote; NaN where not known. */
  readonly mids: readonly number[];
}

interface Group {
  readonly debts: Debt[];
  difference: number;
  price: number;
  since: number;
  seconds: number;
}

const bounds = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
const quantiles = [0.5, 0.9, 0.99, 1];
/** Base below this share of a fill is rounding. */
const dust = 1e-9;
const mostDebts = 10_000;

/** @param bases - of each market; @param midOf - of a market now, common quote, NaN where not known */
export function createHedges(bases: readonly string[], midOf: (market: number) => number): Hedges {
  const shared = new Set(bases.filter((base, at) => bases.indexOf(base) !== at));
  const groups = new Map<string, Group>(
    [...shared].map((base) => [base, { debts: [], difference: 0, price: 0, since: 0, seconds: 0 }]),
  );
  const kept = createKept(1, 65_536);
  const counts = Array.from({ length: bounds.length + 1 }, () => 0);
  let [volume, hedged, slippage, latency, slowest, refusals] = [0, 0, 0, 0, 0, 0];

  const close = (debt: Debt, size: number, market: number, sign: number, price: number, at: number) => {
    volume += size * price;
    const ms = Math.max(0, at - debt.at);
    kept.push(ms);
    latency += ms;
    slowest = Math.max(slowest, ms);
    const bound = bounds.findIndex((upTo) => ms <= upTo);
    const place = bound < 0 ? bounds.length : bound;
    counts[place] = (counts[place] ?? 0) + 1;
    const mid = debt.mids[market] ?? Number.NaN;
    if (Number.isNaN(mid)) return;
    hedged += size;
    slippage += sign * (price - mid) * size;
  };

  const move = (market: number, signed: number, price: number, at: number, now: number, isTrade: boolean) => {
    if (groups.size === 0) return;
    const group = groups.get(bases[market] ?? "");
    if (group === undefined) return;
    if (group.since > 0) group.seconds += (Math.abs(group.difference) * group.price * (now - group.since)) / 1_000;
    group.since = now;
    group.price = price;
    group.difference += signed;
    const sign = Math.sign(signed);
    let rest = Math.abs(signed);
    const { debts } = group;
    while (rest > dust * Math.abs(signed)) {
      const [debt] = debts;
      if (debt === undefined || debt.sign === sign) break;
      const size = Math.min(debt.size, rest);
      if (isTrade && debt.market !== market) close(debt, size, market, sign, price, at); // else it took itself back
      debt.size -= size;
      rest -= size;
      if (debt.size <= dust * size) debts.shift();
    }
    if (rest > dust * Math.abs(signed) && debts.length < mostDebts)
      debts.push({ market, sign, size: rest, at, mids: bases.map((_, each) => midOf(each)) });
  };

  return {
    fill: (market, signed, price, at, now) => move(market, signed, price, at, now, true),
    gone: (market, signed, price, at, now) => move(market, signed, price, at, now, false),
    isLeg: (market) => groups.has(bases[market] ?? ""),
    refused: (market) => {
      if (groups.has(bases[market] ?? "")) refusals += 1;
    },
    figures: (now) => {
      if (groups.size === 0) return undefined;
      let seconds = 0;
      for (const { seconds: so, difference, price, since } of groups.values())
        seconds += so + (since > 0 ? (Math.abs(difference) * price * Math.max(0, now - since)) / 1_000 : 0);
      const values = kept.column(0);
      return {
        unhedgedSeconds: seconds,
        volume,
        hedged,
        slippage,
        meanLatencyMs: kept.count === 0 ? undefined : latency / kept.count,
        refusals,
        latencies: {
          latencyMs:
            kept.count === 0
              ? []
              : quantiles.map((share) => ({
                  quantile: share,
                  ms: share === 1 ? slowest : (quantile(values, share) ?? 0),
                })),
          latencies: counts.map((hedges, at) => ({ upToMs: bounds[at] ?? null, hedges })),
        },
      };
    },
  };
}
