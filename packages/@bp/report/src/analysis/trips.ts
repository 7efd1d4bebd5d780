// Round trips, added up as they close.
import { deviation, mean } from "../metrics/moments.ts";
import { quantile } from "../metrics/quantile.ts";
import { createTradeCounter, type TradeFigures } from "../metrics/trades.ts";
import { createKept } from "./kept.ts";
import type { RoundTrip, Trades } from "./tables.ts";

/** What all round trips come to. Money in the common quote, after fees. */
export interface TripFigures extends TradeFigures {
  readonly fees: number;
  /** Ms. */
  readonly averageHolding: number | undefined;
  readonly medianHolding: number | undefined;
  readonly winnersHolding: number | undefined;
  readonly losersHolding: number | undefined;
  /** Mean of the worst and the best on the way, by the mid: 0 or negative, 0 or positive. */
  readonly excursionAgainst: number | undefined;
  readonly excursionFor: number | undefined;
  /** Mean of the best less what was taken in the end, before fees: what was given back. */
  readonly endDrawdown: number | undefined;
  /** Mean and deviation of profit / notional at the entry. */
  readonly averageReturn: number | undefined;
  readonly returnDeviation: number | undefined;
}

/** A round trip as it is told: one object for all of them, so that a million of them leave nothing behind. */
export type Trip = { -readonly [K in keyof RoundTrip]: RoundTrip[K] extends number | null ? number : RoundTrip[K] };

/** None yet. @returns with NaN for what may be unknown */
export function blankTrip(): Trip {
  const money = { entry: 0, exit: 0, profit: 0, fees: 0, worst: Number.NaN, best: Number.NaN };
  return { market: "", side: "long", openedAt: 0, closedAt: 0, size: 0, ...money, slot: "" };
}

/** Collects round trips. */
export interface Trips {
  /** Reads one at once. Of one without mids `worst` and `best` are NaN. */
  add(trip: Trip): void;
  figures(): TripFigures;
  list(): Trades;
}

const newestKept = 500;
const looked = 65_536;
const bins = 30;

/** None yet. */
export function createTrips(): Trips {
  const counter = createTradeCounter();
  const newest: Trip[] = [];
  const kept = createKept(3, looked); // profit, holding, return
  const held = { all: 0, won: 0, lost: 0 };
  const ways = { against: 0, forUs: 0, back: 0, count: 0 };
  const sum = { fees: 0 };
  let count = 0;
  const shareOf = (sum: number, of: number) => (of === 0 ? undefined : sum / of);
  return {
    add: (trip) => {
      const net = trip.profit - trip.fees;
      const holding = trip.closedAt - trip.openedAt;
      if (count < newestKept) newest.push({ ...trip });
      else copy(trip, newest[count % newestKept]);
      count += 1;
      counter.add(net);
      sum.fees += trip.fees;
      held.all += holding;
      if (net > 0) held.won += holding;
      else if (net < 0) held.lost += holding;
      if (!Number.isNaN(trip.worst)) {
        ways.against += trip.worst;
        ways.forUs += trip.best;
        ways.back += trip.best - trip.profit;
        ways.count += 1;
      }
      kept.push(net, holding, net / (trip.size * trip.entry));
    },
    figures: () => {
      const figures = counter.figures();
      const { won, lost } = figures;
      return {
        ...figures,
        fees: sum.fees,
        averageHolding: shareOf(held.all, count),
        medianHolding: quantile(kept.column(1), 0.5),
        winnersHolding: shareOf(held.won, won),
        losersHolding: shareOf(held.lost, lost),
        excursionAgainst: shareOf(ways.against, ways.count),
        excursionFor: shareOf(ways.forUs, ways.count),
        endDrawdown: shareOf(ways.back, ways.count),
        averageReturn: mean(kept.column(2)),
        returnDeviation: deviation(kept.column(2)),
      };
    },
    list: () => {
      const turn = count > newestKept ? count % newestKept : 0;
      return {
        count,
        newest: [...newest.slice(turn), ...newest.slice(0, turn)].map((trip) => ({
          ...trip,
          worst: Number.isNaN(trip.worst) ? null : trip.worst,
          best: Number.isNaN(trip.best) ? null : trip.best,
        })),
        histogram: histogramOf(kept.column(0), kept.every),
      };
    },
  };
}

function copy(from: Trip, to: Trip | undefined): void {
  if (to === undefined) return;
  to.market = from.market;
  to.side = from.side;
  to.openedAt = from.openedAt;
  to.closedAt = from.closedAt;
  to.size = from.size;
  to.entry = from.entry;
  to.exit = from.exit;
  to.profit = from.profit;
  to.fees = from.fees;
  to.worst = from.worst;
  to.best = from.best;
  to.slot = from.slot;
}

/** Equal bins from the smallest to the largest. @param every - how many trades one value stands for */
function histogramOf(values: Float64Array, every: number): Trades["histogram"] {
  if (values.length === 0) return [];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const wide = high > low ? (high - low) / bins : 1;
  const counts = new Float64Array(high > low ? bins : 1);
  for (const value of values) {
    const bin = Math.min(counts.length - 1, Math.floor((value - low) / wide));
    counts[bin] = (counts[bin] ?? 0) + every;
  }
  return [...counts].map((trades, bin) => ({ from: low + bin * wide, to: low + (bin + 1) * wide, trades }));
}
