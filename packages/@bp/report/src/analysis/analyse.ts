// From what was folded to what is shown.
import { Big, venueOf } from "@bp/core";
import { drawdowns } from "../metrics/drawdown.ts";
import { rolling } from "../metrics/rolling.ts";
import type { Analysis } from "./analysis.ts";
import { tablesOf } from "./cells.ts";
import { confidenceFigures, confidenceOf } from "./figures/confidence.ts";
import { exposureFigures } from "./figures/exposure.ts";
import { hedgeFigures } from "./figures/hedge.ts";
import { makerFigures } from "./figures/maker.ts";
import { ratioFigures } from "./figures/ratios.ts";
import { returnFigures } from "./figures/returns.ts";
import { riskFigures } from "./figures/risk.ts";
import { tradeFigures } from "./figures/trades.ts";
import type { Folded } from "./folded.ts";
import { gather } from "./gather.ts";
import type { Gathered } from "./gathered.ts";
import type { MarketFold } from "./marketFold.ts";
import type { RunMeta } from "./meta.ts";
import { joined } from "./periods.ts";
import type { MarketSeries } from "./points.ts";
import type { Samples } from "./sampler.ts";
import { textOf } from "./splitOf.ts";
import { thin } from "./thin.ts";
import { cautioned, isShortRun } from "./yearly.ts";

/** Windows of the rolling figures, at most so many of them are worked out. */
const rollingPoints = 500;

/** Works everything out. */
export function analyse(folded: Folded, meta: RunMeta): Analysis {
  const { ledger, quote, capital } = folded;
  const folds = [...ledger.markets.values()];
  const instruments = folds.map((fold) => fold.instrument());
  const { value: start, ...found } = capital.found(instruments, (market) => folds[market]?.firstPrice ?? Number.NaN);
  const run = gather(folded, folds, start);
  const { samples, equity, returns } = run;
  const confidence = confidenceOf(run, meta);
  const window = Math.max(20, Math.floor(returns.length / 10));
  const rolled =
    returns.length < 2 * window
      ? undefined
      : rolling(returns, run.benchmark, {
          window,
          most: rollingPoints,
          annual: { periodsPerYear: samples.periodsPerYear, riskFreeRate: run.riskFreeRate },
        });
  const ends = Float64Array.from(rolled?.ends ?? [], (end) => samples.at[end + 1] ?? 0);
  const points = (values: readonly (number | undefined)[] = []) =>
    thin(
      ends,
      Float64Array.from(values, (value) => value ?? Number.NaN),
    );
  const orders = ledger.orders.counts();
  return {
    version: 1,
    meta: {
      run: meta.run,
      mode: meta.mode,
      strategy: meta.strategy ?? null,
      models: meta.models ?? [],
      seed: meta.seed ?? null,
      dataDigest: meta.dataDigest ?? null,
      lacks: [...(meta.lacks ?? []), ...blindSpots(folds, run)],
      from: run.from,
      to: run.to,
      quote,
      markets: instruments.map(({ id }) => id),
      capital: found,
      sampleMs: samples.stepMs,
      periodsPerYear: samples.periodsPerYear,
      riskFreeRate: run.riskFreeRate,
      fills: run.fills,
      externalFills: ledger.external,
      orders: {
        placed: orders.placed,
        filled: orders.filled,
        cancelled: orders.cancelled,
        rejected: orders.rejected,
        expired: orders.expired,
        gone: orders.gone,
        doubted: orders.doubted,
      },
      unconverted: [...new Set(folds.flatMap((fold) => fold.fees.totals().unconverted))],
    },
    metrics: cautioned(
      [
        ...returnFigures(run),
        ...riskFigures(run),
        ...ratioFigures(run),
        ...tradeFigures(run),
        ...exposureFigures(run),
        ...makerFigures(run),
        ...hedgeFigures(run),
        ...confidenceFigures(run, confidence),
      ],
      isShortRun(run.to - run.from, returns),
    ),
    profit: run.profit,
    series: {
      equity: thin(
        samples.at,
        samples.earned.map((value) => start + value),
      ),
      drawdown: thin(samples.at, drawdowns(equity)),
      markets: folds.map((fold, place) => seriesOf(fold, place, samples)),
      rolling: {
        windowMs: rolled === undefined ? 0 : window * samples.stepMs,
        volatility: points(rolled?.volatility),
        sharpe: points(rolled?.sharpe),
        sortino: points(rolled?.sortino),
        beta: points(rolled?.beta),
      },
    },
    markouts: run.markouts,
    days: run.days,
    months: run.months,
    years: joined(run.days, (day) => day.slice(0, 4)),
    tables: tablesOf(folds.flatMap((fold) => fold.cells.all())),
    trades: folded.trips.list(),
    drawdowns: run.drawdowns,
    funding: fundingOf(folded, folds),
    hedge: run.hedge?.latencies ?? null,
    confidence,
  };
}

function seriesOf(fold: MarketFold, place: number, samples: Samples): MarketSeries {
  const { id, base, quote } = fold.instrument();
  const column = (at: number) => [...fold.fillPoints.column(at)];
  return {
    market: id,
    venue: venueOf(id),
    base,
    quote,
    price: thin(samples.at, samples.price[place] ?? new Float64Array()),
    inventory: thin(samples.at, samples.held[place] ?? new Float64Array()),
    fills: { at: column(0), price: column(1), size: column(2), maker: column(3) },
    fillsEvery: fold.fillPoints.every,
  };
}

function fundingOf({ settlements, rateOf }: Folded, folds: readonly MarketFold[]): Analysis["funding"] {
  const venues = new Map<string, { amount: Big; settlements: number }>();
  for (const fold of folds) {
    if (fold.fundingCount === 0) continue;
    const venue = venueOf(fold.instrument().id);
    const sum = venues.get(venue) ?? { amount: new Big(0), settlements: 0 };
    venues.set(venue, {
      amount: sum.amount.plus(fold.split().funding.times(rateOf(fold.instrument().quote) ?? 1)),
      settlements: sum.settlements + fold.fundingCount,
    });
  }
  return {
    venues: [...venues].map(([venue, sum]) => ({ venue, amount: textOf(sum.amount), settlements: sum.settlements })),
    settlements: settlements.toSorted((a, b) => a.at - b.at),
  };
}

/** What could not be seen, in plain words. */
function blindSpots(folds: readonly MarketFold[], { fills, markouts, capital, isRuined }: Gathered): readonly string[] {
  const found: string[] = [];
  const known = markouts.find((each) => each.side === "both" && each.horizonMs === 1_000)?.fills ?? 0;
  if (fills > 0 && known === 0)
    found.push("no books around the fills: spread, adverse selection and markouts are not known");
  else if (known < fills * 0.9)
    found.push(
      `mids after ${fills - known} of ${fills} fills are not known: what came of these counts as inventory, near the end as adverse`,
    );
  for (const fold of folds)
    if (fold.held() !== 0 && Number.isNaN(fold.worth()))
      found.push(`${fold.instrument().id} has no price: what is held of it counts as nothing`);
  if (isRuined)
    found.push("equity was at 0 or below: nothing compounds through that, its returns and their ratios are not known");
  if (capital <= 0) found.push("no capital is known: there are no returns");
  return found;
}
