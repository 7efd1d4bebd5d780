// What round trips earned: how often, how much, in which runs.
import { deviation, mean, type Numbers } from "./moments.ts";

/** What the profits of round trips come to. A trade that earned exactly nothing is neither won nor lost. */
export interface TradeFigures {
  readonly count: number;
  readonly won: number;
  readonly lost: number;
  /** won / (won + lost); `undefined` without either. */
  readonly winRate: number | undefined;
  /** Mean profit of all. */
  readonly expectancy: number | undefined;
  readonly averageWin: number | undefined;
  /** Negative. */
  readonly averageLoss: number | undefined;
  readonly largestWin: number | undefined;
  readonly largestLoss: number | undefined;
  /** Mean win / |mean loss|. */
  readonly payoff: number | undefined;
  /** Σ wins / |Σ losses|. */
  readonly profitFactor: number | undefined;
  /** The longest row of wins, and of losses, without the other between. */
  readonly winStreak: number;
  readonly lossStreak: number;
  /** System quality number: √n × mean / deviation. @see Tharp (2008) */
  readonly quality: number | undefined;
}

/** Adds up round trips. @param profits - of each, in the order in which they were closed */
export function tradeFigures(profits: Numbers): TradeFigures {
  let [won, lost, gains, losses] = [0, 0, 0, 0];
  let [largestWin, largestLoss] = [0, 0];
  let [streak, winStreak, lossStreak] = [0, 0, 0]; // streak: positive of wins, negative of losses
  for (let at = 0; at < profits.length; at++) {
    const profit = profits[at] ?? 0;
    if (profit > 0) {
      won += 1;
      gains += profit;
      largestWin = Math.max(largestWin, profit);
      streak = streak > 0 ? streak + 1 : 1;
      winStreak = Math.max(winStreak, streak);
    } else if (profit < 0) {
      lost += 1;
      losses -= profit;
      largestLoss = Math.min(largestLoss, profit);
      streak = streak < 0 ? streak - 1 : -1;
      lossStreak = Math.max(lossStreak, -streak);
    }
  }
  const [averageWin, averageLoss] = [won === 0 ? undefined : gains / won, lost === 0 ? undefined : -losses / lost];
  const [expectancy, spread] = [mean(profits), deviation(profits)];
  return {
    count: profits.length,
    won,
    lost,
    winRate: won + lost === 0 ? undefined : won / (won + lost),
    expectancy,
    averageWin,
    averageLoss,
    largestWin: won === 0 ? undefined : largestWin,
    largestLoss: lost === 0 ? undefined : largestLoss,
    payoff: averageWin === undefined || averageLoss === undefined ? undefined : averageWin / -averageLoss,
    profitFactor: losses === 0 ? undefined : gains / losses,
    winStreak,
    lossStreak,
    quality:
      expectancy === undefined || spread === undefined || spread === 0
        ? undefined
        : (Math.sqrt(profits.length) * expectancy) / spread,
  };
}
