// What was earned for what was risked.
import { kellyLeverage, riskOfRuin } from "../../metrics/bets.ts";
import { averageDrawdown, dips, drawdowns, ulcerIndex } from "../../metrics/drawdown.ts";
import { deviation, mean } from "../../metrics/moments.ts";
import * as over from "../../metrics/ratios.ts";
import { regression } from "../../metrics/regression.ts";
import { sharpe, smartSharpe, smartSortino, sortino } from "../../metrics/sharpe.ts";
import { tailRatio } from "../../metrics/tail.ts";
import { figuresOf, type Gathered, sampling } from "../gathered.ts";
import { growthOf, totalReturn } from "../growth.ts";
import type { Metric } from "../metric.ts";

/** The group. */
export function ratioFigures(run: Gathered): readonly Metric[] {
  const { returns, equity, samples, riskFreeRate } = run;
  const how = sampling(run);
  const market = `benchmark: the first market's price; ${how}`;
  const annual = { periodsPerYear: samples.periodsPerYear, riskFreeRate };
  const below = drawdowns(equity);
  const [deepest, ulcer] = [run.maxDrawdown, ulcerIndex(below)];
  const [total, growth] = [totalReturn(run), growthOf(run)];
  const average = averageDrawdown(dips(equity));
  const beside = regression(returns, run.benchmark, annual);
  const [middle, spread] = [mean(returns), deviation(returns)];
  return figuresOf("ratio", {
    sharpe: [sharpe(returns, annual), "ratio", how],
    "smart-sharpe": [smartSharpe(returns, annual), "ratio", `Sharpe / penalty for autocorrelation; ${how}`],
    sortino: [sortino(returns, annual), "ratio", how],
    "smart-sortino": [smartSortino(returns, annual), "ratio", `Sortino / penalty for autocorrelation; ${how}`],
    calmar: [over.calmar(growth, deepest), "ratio", `CAGR / |max drawdown|; ${how}`],
    omega: [over.omega(returns), "ratio", `threshold 0; ${how}`],
    sterling: [over.sterling(growth, average), "ratio", `CAGR / |average drawdown|; ${how}`],
    "gain-to-pain": [over.gainToPain(returns), "ratio", `Σ returns / |Σ losses|, by sample; ${how}`],
    "ulcer-performance": [
      over.ulcerPerformance(growth, riskFreeRate, ulcer),
      "ratio",
      `(CAGR − risk-free) / ulcer index; ${how}`,
    ],
    serenity: [over.serenity(returns, below, ulcer, riskFreeRate), "ratio", how],
    recovery: [over.recoveryFactor(total, deepest), "ratio", `total return / |max drawdown|; ${how}`],
    "common-sense": [
      over.commonSense(run.trips.profitFactor, tailRatio(returns)),
      "ratio",
      `profit factor of round trips × tail ratio of returns; ${how}`,
    ],
    treynor: [beside?.treynor, "ratio", market],
    information: [beside?.information, "ratio", market],
    alpha: [beside?.alpha, "fraction", `arithmetic; ${market}`],
    beta: [beside?.beta, "ratio", market],
    "r-squared": [beside?.r2, "ratio", market],
    "kelly-leverage": [kellyLeverage(middle, spread), "ratio", `mean / variance of one period; ${how}`],
    "risk-of-ruin": [
      riskOfRuin(middle, spread),
      "fraction",
      `of ever losing half of the capital if returns go on so; ${how}`,
    ],
  });
}
