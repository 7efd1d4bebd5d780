// Puts what was folded into what every group of figures is made of.
import { Big } from "@bp/core";
import { dips } from "../metrics/drawdown.ts";
import { returnsOf } from "../metrics/returns.ts";
import { withFall } from "./fall.ts";
import type { Folded } from "./folded.ts";
import type { Gathered } from "./gathered.ts";
import type { MarketFold } from "./marketFold.ts";
import { createMarkouts } from "./markouts.ts";
import { daysOf, joined, weekOf } from "./periods.ts";
import type { Samples } from "./sampler.ts";
import { splitOf } from "./splitOf.ts";
import type { Drawdown } from "./tables.ts";

const listedDrawdowns = 10;

/** @param capital - quote; 0: there are no returns */
export function gather(folded: Folded, folds: readonly MarketFold[], capital: number): Gathered {
  const { ledger, options, rateOf } = folded;
  const to = ledger.now;
  const from = ledger.from ?? to;
  const samples = folded.sampler.samples(to, folded.earned(), folded.sampled());
  const equity = capital > 0 ? samples.earned.map((value) => capital + value) : new Float64Array();
  const fall = folded.fall.deepest;
  const drawdowns = capital > 0 ? withFall(deepest(equity, samples), fall, capital) : [];
  const isRuined = equity.some((value) => value <= 0);
  const days = daysOf(samples, capital, folded.days);
  const cells = folds.flatMap((fold) => fold.cells.all());
  const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
  const times = folds.map((fold) => fold.times.totals(to));
  const quoting = folds.map((fold) => ledger.stopwatch(fold.instrument().id).quoting(to));
  const passed = folds.map((fold) => fold.through.counts());
  const splits = folds.map((fold) => {
    const rate = rateOf(fold.instrument().quote) ?? new Big(1);
    return { split: fold.split(), rate, booked: fold.earned(), turned: fold.turned() };
  });
  return {
    from,
    to,
    capital,
    riskFreeRate: options.riskFreeRate ?? 0,
    samples,
    equity,
    returns: isRuined ? new Float64Array() : returnsOf(equity),
    isRuined,
    benchmark: benchmarkOf(samples),
    days,
    weeks: joined(days, weekOf),
    months: joined(days, (day) => day.slice(0, 7)),
    drawdowns,
    maxDrawdown: capital > 0 ? (drawdowns[0]?.depth ?? 0) : undefined,
    maxFall: leastOf([...(fall === undefined ? [] : [fall]), ...drawdowns].map(({ amount }) => amount)),
    deepest: drawdowns[0] ?? fall,
    profit: splitOf(splits),
    markouts: createMarkouts(folds.map((fold) => fold.markouts)).rows(),
    trips: folded.trips.figures(),
    hedge: folded.hedges.figures(to),
    legFunding: sum(
      splits.map(({ split, rate }, market) => (folded.hedges.isLeg(market) ? split.funding.times(rate).toNumber() : 0)),
    ),
    orders: ledger.orders.counts(),
    fills: sum(cells.map((cell) => cell.fills)),
    volume: sum(cells.map((cell) => cell.volume)),
    makerVolume: sum(cells.map((cell) => (cell.maker ? cell.volume : 0))),
    quotedVolume: folded.counts.quoted,
    requests: folded.counts.requests,
    times: {
      held: sum(times.map((each) => each.heldMs)),
      long: sum(times.map((each) => each.longMs)),
      short: sum(times.map((each) => each.shortMs)),
      both: sum(quoting.map((each) => each.bothMs)),
      any: sum(quoting.map((each) => each.anyMs)),
      atTouch: sum(times.map((each) => each.atTouchMs)),
    },
    markets: folds.length,
    passed: { queue: sum(passed.map((each) => each.queue)), through: sum(passed.map((each) => each.through)) },
  };
}

/** Returns of the first market's price: the last one known goes on; 0 before the first one. */
function benchmarkOf({ price: [row] }: Samples): Float64Array {
  let last = 0;
  const prices = (row ?? new Float64Array()).map((value) => {
    if (!Number.isNaN(value)) last = value;
    return last;
  });
  return last === 0 ? new Float64Array() : returnsOf(prices);
}

const leastOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((a, b) => Math.min(a, b));

function deepest(equity: Float64Array, { at, earned }: Samples): readonly Drawdown[] {
  const time = (place: number) => at[place] ?? 0;
  return dips(equity)
    .toSorted((a, b) => a.depth - b.depth)
    .slice(0, listedDrawdowns)
    .map(({ from, lowest, recovered, depth }) => ({
      depth,
      amount: (earned[lowest] ?? 0) - (earned[from] ?? 0),
      from: time(from),
      lowest: time(lowest),
      recovered: recovered === undefined ? null : time(recovered),
    }));
}
