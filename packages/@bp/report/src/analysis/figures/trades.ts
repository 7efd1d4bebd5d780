// Round trips.
import { kelly } from "../../metrics/bets.ts";
import { figuresOf, type Gathered } from "../gathered.ts";
import type { Metric } from "../metric.ts";

const trips = "round trips, first in first out, after fees; a fill that closes several lots makes a trip of each";
const sampled = "evenly spread 65,536 of them at most";
const walked = "by the mid while it was open, before fees";

/** The group. */
export function tradeFigures({ trips: each }: Gathered): readonly Metric[] {
  return figuresOf("trade", {
    "round-trips": [each.count, "count", trips],
    "win-rate": [each.winRate, "fraction", `won / (won + lost); ${trips}`],
    payoff: [each.payoff, "ratio", `average win / |average loss|; ${trips}`],
    "profit-factor": [each.profitFactor, "ratio", `Σ wins / |Σ losses|; ${trips}`],
    expectancy: [each.expectancy, "quote", `mean of all; ${trips}`],
    "average-win": [each.averageWin, "quote", trips],
    "average-loss": [each.averageLoss, "quote", trips],
    "largest-win": [each.largestWin, "quote", trips],
    "largest-loss": [each.largestLoss, "quote", trips],
    "win-streak": [each.winStreak, "count", `in the order in which they closed; ${trips}`],
    "loss-streak": [each.lossStreak, "count", `in the order in which they closed; ${trips}`],
    "average-holding": [each.averageHolding, "ms", trips],
    "median-holding": [each.medianHolding, "ms", `${sampled}; ${trips}`],
    "winners-holding": [each.winnersHolding, "ms", trips],
    "losers-holding": [each.losersHolding, "ms", trips],
    "excursion-against": [each.excursionAgainst, "quote", `mean of the worst ${walked}; ${trips}`],
    "excursion-for": [each.excursionFor, "quote", `mean of the best ${walked}; ${trips}`],
    "end-drawdown": [each.endDrawdown, "quote", `mean of the best less what was taken, ${walked}; ${trips}`],
    "trade-fees": [each.fees, "quote", `of both fills, by size; ${trips}`],
    "average-trade-return": [each.averageReturn, "fraction", `profit / notional at the entry; ${sampled}; ${trips}`],
    quality: [each.quality, "ratio", `√n × mean / deviation; ${trips}`],
    kelly: [kelly(each.winRate, each.payoff), "fraction", `win rate − (1 − win rate) / payoff; ${trips}`],
  });
}
