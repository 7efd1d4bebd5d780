// Every figure beside one that was written independently in numpy and scipy: equal to 1e-9.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { random } from "@bp/core";
import { describe, expect, it } from "vitest";
import { kelly, kellyLeverage, riskOfRuin } from "./bets.ts";
import { bootstrap, intervalOf } from "./bootstrap.ts";
import { averageDrawdown, dips, drawdowns, maxDrawdown, ulcerIndex, worstDrawdowns } from "./drawdown.ts";
import { deviation, kurtosis, mean, skewness } from "./moments.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { pbo } from "./pbo.ts";
import { calmar, gainToPain, omega, recoveryFactor, serenity, sterling, ulcerPerformance } from "./ratios.ts";
import { regression } from "./regression.ts";
import { cagr, compounded, expectedReturn, extremes, returnsOf, winShare } from "./returns.ts";
import { rolling } from "./rolling.ts";
import { deflatedSharpe, luckySharpe, probabilisticSharpe } from "./selection.ts";
import { autocorrelation, sharpe, smartSharpe, smartSortino, sortino } from "./sharpe.ts";
import { expectedShortfall, tailRatio, valueAtRisk } from "./tail.ts";
import { tradeFigures } from "./trades.ts";
import { downsideDeviation, volatility } from "./volatility.ts";

/** Debian's, whose packages are python3-numpy and python3-scipy. */
const python = "/usr/bin/python3";
const looked = spawnSync(python, ["-c", "import numpy, scipy"], { encoding: "utf8" });
const missing =
  looked.status === 0
    ? undefined
    : `${python} cannot import numpy and scipy: apt-get install --no-install-recommends python3-numpy python3-scipy`;

interface Case {
  readonly name: string;
  readonly equity: number[];
  readonly market: number[];
  readonly span: number;
  readonly periods: number;
  readonly free: number;
  readonly window: number;
}

const cases: readonly Case[] = [
  walk("a calm year of hours", { seed: 1, count: 8_760, drift: 2e-5, noise: 1e-3, periods: 8_760, free: 0.04 }),
  walk("a losing week of minutes", { seed: 2, count: 10_080, drift: -1e-6, noise: 2e-4, periods: 525_600, free: 0 }),
  walk("ninety wild days", { seed: 3, count: 90, drift: 0.002, noise: 0.05, periods: 365, free: 0.02 }),
  walk("returns that follow one another", {
    seed: 4,
    count: 3_000,
    drift: 1e-5,
    noise: 5e-4,
    periods: 8_760,
    free: 0,
    memory: 0.6,
  }),
  walk("mostly standing still", { seed: 5, count: 2_000, drift: 0, noise: 1e-3, periods: 8_760, free: 0, still: 0.8 }),
];
const trades = [11, 12].map((seed) => {
  const chance = random(seed);
  return Array.from({ length: 500 }, () => (chance.next() < 0.05 ? 0 : chance.normal() * 3 + 0.2));
});
const matrices = [
  { rows: noise(21, 20, 160), blocks: 8 },
  { rows: noise(22, 7, 203), blocks: 10 },
];
const draws = [31, 32].map((seed) => {
  const rows: number[][] = [];
  bootstrap(returnsOf(cases[2]?.equity ?? []), { draws: 200, seed }, (drawn) => rows.push([...drawn]));
  return { rows, periods: 365 };
});
const normal = {
  z: Array.from({ length: 161 }, (_, at) => (at - 80) / 8),
  p: [1e-300, 1e-20, 1e-9, 0.001, 0.024, 0.025, 0.07, 0.075, 0.3, 0.5, 0.7, 0.925, 0.976, 0.999, 1 - 1e-12],
};

describe.skipIf(missing !== undefined)(
  `figures beside numpy and scipy${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    const answer = missing === undefined ? ask({ series: cases, trades, matrices, draws, normal }) : undefined;

    it.each(cases.map((each, at) => [each.name, at] as const))("agree over %s", (_, at) => {
      const found = cases[at];
      expect(differences(found === undefined ? {} : figuresOf(found), answer?.series[at])).toEqual([]);
    });

    it("agree over round trips", () => {
      for (const [at, profits] of trades.entries()) {
        const { count: _count, won: _won, lost: _lost, ...figures } = tradeFigures(profits);
        expect(differences({ ...figures, kelly: kelly(figures.winRate, figures.payoff) }, answer?.trades[at])).toEqual(
          [],
        );
      }
    });

    it("agree over which of many trials was lucky", () => {
      for (const [at, { rows, blocks }] of matrices.entries()) {
        const { lossProbability, ...found } = pbo(rows, blocks);
        expect(differences({ ...found, losses: lossProbability }, answer?.matrices[at])).toEqual([]);
      }
    });

    it("agree over the ends of intervals", () => {
      for (const [at, { rows, periods }] of draws.entries())
        expect(
          differences(
            {
              ...intervalOf(
                rows.map((row) => sharpe(row, { periodsPerYear: periods }) ?? 0),
                0.9,
              ),
            },
            answer?.draws[at],
          ),
        ).toEqual([]);
    });

    it("agree over the normal distribution, far into its tails", () => {
      expect(
        differences({ cdf: normal.z.map(normalCdf), quantile: normal.p.map(normalQuantile) }, answer?.normal),
      ).toEqual([]);
    });
  },
);

function figuresOf({ equity, market, span, periods, free, window }: Case): Record<string, unknown> {
  const returns = returnsOf(equity);
  const benchmark = returnsOf(market);
  const annual = { periodsPerYear: periods, riskFreeRate: free };
  const below = drawdowns(equity);
  const found = dips(equity);
  const total = compounded(returns);
  const growth = cagr(total, span);
  const ulcer = ulcerIndex(below);
  const each = sharpe(returns, { periodsPerYear: 1 }) ?? Number.NaN;
  const sample = {
    sharpe: each,
    samples: returns.length,
    skew: skewness(returns) ?? Number.NaN,
    kurtosis: kurtosis(returns) ?? Number.NaN,
  };
  const spread = 0.3 * Math.abs(each) + 0.01;
  const rolled = rolling(returns, benchmark, { window, most: Number.POSITIVE_INFINITY, annual });
  return {
    total,
    cagr: growth,
    expected: expectedReturn(returns),
    winShare: winShare(returns),
    ...extremes(returns),
    mean: mean(returns),
    skew: skewness(returns),
    kurtosis: kurtosis(returns),
    volatility: volatility(returns, periods),
    downsideDeviation: downsideDeviation(returns, periods),
    maxDrawdown: maxDrawdown(below),
    averageDrawdown: averageDrawdown(found),
    dips: found.length,
    longestDip: Math.max(...found.map(({ from, recovered }) => (recovered ?? equity.length) - from)),
    ulcer,
    worstDrawdowns: worstDrawdowns(below),
    var95: valueAtRisk(returns),
    var99: valueAtRisk(returns, 0.01),
    cvar95: expectedShortfall(returns),
    tailRatio: tailRatio(returns),
    sharpe: sharpe(returns, annual),
    sortino: sortino(returns, annual),
    autocorrelation: autocorrelation(returns),
    smartSharpe: smartSharpe(returns, annual),
    smartSortino: smartSortino(returns, annual),
    calmar: calmar(growth, maxDrawdown(below)),
    sterling: sterling(growth, averageDrawdown(found)),
    omega: omega(returns),
    omegaAbove: omega(returns, 1e-4),
    gainToPain: gainToPain(returns),
    ulcerPerformance: ulcerPerformance(growth, free, ulcer),
    serenity: serenity(returns, below, ulcer, free),
    recovery: recoveryFactor(total, maxDrawdown(below)),
    ...regression(returns, benchmark, annual),
    psr: probabilisticSharpe(sample),
    lucky: luckySharpe(50, spread),
    dsr: deflatedSharpe(sample, { trials: 50, deviation: spread }),
    kellyLeverage: kellyLeverage(mean(returns), deviation(returns)),
    ruin: riskOfRuin(mean(returns), deviation(returns)),
    rollingVolatility: rolled.volatility,
    rollingSharpe: rolled.sharpe,
    rollingSortino: rolled.sortino,
    rollingBeta: rolled.beta,
  };
}

interface Answer {
  readonly series: readonly Record<string, unknown>[];
  readonly trades: readonly Record<string, unknown>[];
  readonly matrices: readonly Record<string, unknown>[];
  readonly draws: readonly Record<string, unknown>[];
  readonly normal: Record<string, unknown>;
}

function ask(input: object): Answer {
  const file = join(import.meta.dirname, "reference.py");
  const { status, stdout, stderr } = spawnSync(python, [file], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Answer; // as the file writes it
}

/** Names that are on one side only, and numbers that are not within 1e-9 of the other, relative. */
function differences(ours: Record<string, unknown>, theirs: Record<string, unknown> = {}): readonly object[] {
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((name): object[] => {
    const [mine, other] = [[ours[name]].flat(), [theirs[name]].flat()];
    if (mine.length !== other.length) return [{ name, ours: mine.length, theirs: other.length }];
    const off = mine.findIndex((each, at) => !near(each, other[at]));
    return off < 0 ? [] : [{ name, off, ours: mine[off], theirs: other[off] }];
  });
}

function near(one: unknown, other: unknown): boolean {
  if (typeof one !== "number" || typeof other !== "number") return (one ?? null) === (other ?? null);
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other)) + Number.MIN_VALUE;
}

function walk(
  name: string,
  of: {
    readonly seed: number;
    readonly count: number;
    readonly drift: number;
    readonly noise: number;
    readonly periods: number;
    readonly free: number;
    readonly memory?: number;
    readonly still?: number;
  },
): Case {
  const chance = random(of.seed);
  const equity = [10_000];
  const market = [150];
  let last = 0;
  for (let at = 1; at <= of.count; at++) {
    const common = chance.normal();
    last = (of.memory ?? 0) * last + of.noise * (0.3 * common + chance.normal());
    const still = chance.next() < (of.still ?? 0);
    equity.push((equity[at - 1] ?? 0) * (1 + (still ? 0 : of.drift + last)));
    market.push((market[at - 1] ?? 0) * (1 + 2 * of.noise * common));
  }
  const span = (of.count * 365 * 86_400_000) / of.periods;
  return { name, equity, market, span, periods: of.periods, free: of.free, window: Math.min(168, of.count >> 2) };
}

function noise(seed: number, trials: number, periods: number): number[][] {
  const chance = random(seed);
  return Array.from({ length: trials }, (_, trial) =>
    Array.from({ length: periods }, () => chance.normal() + trial * 0.01),
  );
}
