// The exponent of the queue model, from what became of own orders.
import { type Random, random } from "@bp/core";
import { byLog, byShare, printsOnly } from "@bp/sim";
import { logLikelihood, tells } from "./likelihood.ts";
import type { QueueStory } from "./story.ts";

/** How the fit is made. */
export interface QueueFitOptions {
  /** Fewer orders that tell anything are refused; default 30. */
  readonly leastOrders?: number;
  /** How often the orders are drawn anew for the error; default 200. */
  readonly draws?: number;
  /** Of these draws; default 1. */
  readonly seed?: number;
  /** Of more orders so many are taken, evenly; default 4,000. */
  readonly mostOrders?: number;
}

/** The fitted exponent and its error, or why there is none. */
export type QueueFit =
  | {
      readonly fitted: true;
      /** n of `byShare(n)`. */
      readonly exponent: number;
      /** Standard error: how much n varies when the orders are drawn anew, with what the fit itself leaves open. */
      readonly error: number;
      /** 19 of 20 draws are between these, and never closer than 1.96 standard errors. */
      readonly low: number;
      readonly high: number;
      /** How far real queues are from the model: 0 exact, 1 as if each cancel came from one side alone, more: worse. */
      readonly spread: number;
      /** Orders that tell something of n, and those that were filled among them. */
      readonly orders: number;
      readonly filled: number;
      /** As `--queue-model` of a backtest takes it. */
      readonly model: string;
      /** A model without an exponent that explains the orders better, and by how much: logarithm of the likelihoods' ratio. */
      readonly rival: { readonly model: "prints" | "log"; readonly by: number } | undefined;
    }
  | { readonly fitted: false; readonly why: string; readonly orders: number; readonly filled: number };

const lowest = 0.1;
const highest = 10;
const spreads = [0, 0.003, 0.03, 0.1, 0.3, 0.6, 1, 2];

/**
 * Fits n of `byShare(n)` by maximum likelihood: on a grid of exponents from 0.1 to 10 first, then around the best one. How
 * far the queues may be from the model is fitted with it. The error is that of 200 draws of the orders with replacement.
 *
 * Refused with too few orders, and where the data do not bound n on both sides.
 *
 * @param stories - of `queueStories`
 * @see rigtorp.se, Estimating order queue position (2013), for the model; Efron (1979) for the error
 */
export function fitQueue(stories: readonly QueueStory[], options: QueueFitOptions = {}): QueueFit {
  const { leastOrders = 30, draws = 200, seed = 1, mostOrders = 4_000 } = options;
  const all = stories.filter(tells);
  const every = Math.max(1, all.length / mostOrders);
  const telling = Array.from({ length: Math.floor(all.length / every) }, (_, at) => all[Math.floor(at * every)]).filter(
    (each) => each !== undefined,
  );
  const counts = { orders: telling.length, filled: telling.filter(({ fill }) => fill !== undefined).length };
  const refused = (why: string): QueueFit => ({ fitted: false, why, ...counts });
  if (telling.length < leastOrders)
    return refused(
      `${telling.length} orders tell anything of the queue, and ${leastOrders} are needed: they must have rested behind others while size was taken back`,
    );
  const whole = telling.map(() => 1);
  const coarse = bestOf(tableOf(telling, gridOf([lowest, highest], 25), spreads), whole);
  if (coarse.at === 0 || coarse.at === 24) {
    const edge = coarse.at === 0 ? lowest : highest;
    const rival = rivalOf(telling, coarse.most);
    const better = rival === undefined ? "" : `; --queue-model ${rival.model} explains these orders better`;
    return refused(`the likeliest exponent is ${edge} or beyond: the data do not bound it${better}`);
  }
  const middle = spreads.indexOf(coarse.spread);
  const near = spreads.slice(Math.max(0, middle - 1), middle + 2);
  const around = (n: number, width: number) => gridOf([Math.max(lowest, n / width), Math.min(highest, n * width)], 21);
  const wide = tableOf(telling, around(coarse.exponent, 1.6), near);
  const fine = tableOf(telling, around(bestOf(wide, whole).exponent, 1.08), near);
  const { exponent, spread, most } = bestOf(fine, whole);
  const chance = random(seed);
  const drawn = Array.from({ length: draws }, () => bestOf(wide, weights(telling.length, chance)).exponent).toSorted(
    (a, b) => a - b,
  );
  const mean = drawn.reduce((sum, each) => sum + each, 0) / draws;
  const variance = drawn.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, draws - 1);
  const step = (exponent * 2 * Math.log(1.08)) / 20;
  const error = Math.sqrt(variance + step ** 2 / 12);
  return {
    fitted: true,
    exponent,
    error,
    low: Math.min(drawn[Math.floor(draws * 0.025)] ?? exponent, exponent - 1.96 * error),
    high: Math.max(drawn[Math.ceil(draws * 0.975) - 1] ?? exponent, exponent + 1.96 * error),
    spread,
    ...counts,
    model: `share:${Number(exponent.toFixed(3))}`,
    rival: rivalOf(telling, most),
  };
}

/** A difference of likelihoods that is hardly chance. @see Akaike (1974): a parameter costs 1, and 2 more are evidence */
const evident = 3;

function rivalOf(stories: readonly QueueStory[], most: number): Extract<QueueFit, { fitted: true }>["rival"] {
  const rivals = (
    [
      ["prints", printsOnly],
      ["log", byLog],
    ] as const
  ).map(([model, queue]) => ({
    model,
    by:
      Math.max(...spreads.map((spread) => stories.reduce((sum, each) => sum + logLikelihood(each, queue, spread), 0))) -
      most,
  }));
  return rivals.toSorted((a, b) => b.by - a.by).find(({ by }) => by > evident);
}

/** Log-likelihoods by exponent, spread and order. */
interface Table {
  readonly grid: readonly number[];
  readonly spreads: readonly number[];
  readonly rows: readonly (readonly Float64Array[])[];
}

function gridOf([low, high]: readonly [number, number], count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => low * (high / low) ** (at / (count - 1)));
}

function tableOf(stories: readonly QueueStory[], grid: readonly number[], wide: readonly number[]): Table {
  return {
    grid,
    spreads: wide,
    rows: grid.map((exponent) => {
      const model = byShare(exponent);
      return wide.map((spread) => Float64Array.from(stories, (each) => logLikelihood(each, model, spread)));
    }),
  };
}

/** The likeliest place of a table; between two exponents by the parabola through the best one and its neighbours. */
function bestOf({ grid, rows, spreads: wide }: Table, weight: readonly number[]) {
  const profile = rows.map((row) => {
    let most = Number.NEGATIVE_INFINITY;
    let spread = 0;
    for (const [at, logs] of row.entries()) {
      let sum = 0;
      for (let order = 0; order < logs.length; order++) sum += (weight[order] ?? 0) * (logs[order] ?? 0);
      if (sum > most) [most, spread] = [sum, wide[at] ?? 0];
    }
    return { most, spread };
  });
  const log = (at: number) => profile[at]?.most ?? Number.NEGATIVE_INFINITY;
  let at = 0;
  for (let each = 1; each < grid.length; each++) if (log(each) > log(at)) at = each;
  const [before, here, after] = [log(at - 1), log(at), log(at + 1)];
  const bend = before - 2 * here + after;
  const shift = Number.isFinite(bend) && bend < 0 ? (before - after) / (2 * bend) : 0;
  const ratio = (grid[1] ?? 1) / (grid[0] ?? 1);
  return { at, exponent: (grid[at] ?? 1) * ratio ** shift, spread: profile[at]?.spread ?? 0, most: here };
}

/** How often each of so many is drawn when as many are drawn with replacement. */
function weights(count: number, chance: Random): readonly number[] {
  const drawn = Array.from({ length: count }, () => 0);
  for (let each = 0; each < count; each++) {
    const at = chance.whole(0, count - 1);
    drawn[at] = (drawn[at] ?? 0) + 1;
  }
  return drawn;
}
