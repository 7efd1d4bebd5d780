// What round trips earned: how often, how much, in which runs.
import type { Numbers } from "./moments.ts";

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

/** Counts round trips one by one, in the order in which they close. */
export interface TradeCounter {
  add(profit: number): void;
  figures(): TradeFigures;
}

/** None yet. */
export function createTradeCounter(): TradeCounter {
  let [count, won, lost] = [0, 0, 0];
  let [streak, winStreak, lossStreak] = [0, 0, 0]; // streak: positive of wins, negative of losses
  const sum = { gains: 0, losses: 0, largestWin: 0, largestLoss: 0 };
  const welford = { middle: 0, spread: 0 }; // running mean and Σ (x − mean)²
  return {
    add: (profit) => {
      count += 1;
      const off = profit - welford.middle;
      welford.middle += off / count;
      welford.spread += off * (profit - welford.middle);
      if (profit > 0) {
        won += 1;
        sum.gains += profit;
        if (profit > sum.largestWin) sum.largestWin = profit;
        streak = streak > 0 ? streak + 1 : 1;
        if (streak > winStreak) winStreak = streak;
      } else if (profit < 0) {
        lost += 1;
        sum.losses -= profit;
        if (profit < sum.largestLoss) sum.largestLoss = profit;
        streak = streak < 0 ? streak - 1 : -1;
        if (-streak > lossStreak) lossStreak = -streak;
      }
    },
    figures: () => {
      const { gains, losses, largestWin, largestLoss } = sum;
      const averageWin = won === 0 ? undefined : gains / won;
      const averageLoss = lost === 0 ? undefined : -losses / lost;
      const deviation = count < 2 ? 0 : Math.sqrt(welford.spread / (count - 1));
      return {
        count,
        won,
        lost,
        winRate: won + lost === 0 ? undefined : won / (won + lost),
        expectancy: count === 0 ? undefined : (gains - losses) / count,
        averageWin,
        averageLoss,
        largestWin: won === 0 ? undefined : largestWin,
        largestLoss: lost === 0 ? undefined : largestLoss,
        payoff: averageWin === undefined || averageLoss === undefined ? undefined : averageWin / -averageLoss,
        profitFactor: losses === 0 ? undefined : gains / losses,
        winStreak,
        lossStreak,
        quality: deviation === 0 ? undefined : (Math.sqrt(count) * welford.middle) / deviation,
      };
    },
  };
}

/** Adds up round trips. @param profits - of each, in the order in which they were closed */
export function tradeFigures(profits: Numbers): TradeFigures {
  const counter = createTradeCounter();
  for (let at = 0; at < profits.length; at++) counter.add(profits[at] ?? 0);
  return counter.figures();
}
