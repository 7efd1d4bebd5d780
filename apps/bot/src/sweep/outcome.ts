// A backtest's result as the outcome of a trial: few figures, and the profit of each period.
import type { BacktestResult, Outcome } from "@bp/backtest";
import type { Big } from "@bp/core";
import { sharpe, sortino, volumeSums, yearMs } from "@bp/report";

/** The figures of an outcome, for objectives and tables; money in quote. `net` stands beside them. */
export const figureNames = [
  "gross",
  "realized",
  "unrealized",
  "fees",
  "funding",
  "volume",
  "fills",
  "commands",
  "wear",
  "makerShare",
  "profitPerVolume",
  "costPer10k",
  "maxDrawdown",
  "sharpe",
  "sortino",
  "halted",
  "seconds",
] as const;

/**
 * An outcome.
 *
 * @param worth - net profit at the end of each period, quote
 * @param periodMs - how long a period is
 */
export function outcomeOf(result: BacktestResult, worth: readonly number[], periodMs: number): Outcome {
  const { figures, ended, commands, ledgerEqual } = result;
  const { profit, ratios, sums } = figures.session;
  const returns = worth.map((each, at) => each - (worth[at - 1] ?? 0));
  const annual = { periodsPerYear: yearMs / periodMs };
  const { all } = volumeSums(sums.volumes);
  if (!ledgerEqual) throw new Error("the exchange's own books are not ours: please report this");
  return {
    net: profit.net.toFixed(),
    returns,
    figures: {
      gross: Number(profit.gross),
      realized: Number(profit.realized),
      unrealized: Number(profit.unrealized),
      fees: Number(profit.fees),
      funding: Number(profit.funding),
      volume: Number(all.quote),
      fills: sums.fills,
      commands,
      wear: numberOf(ratios.wear),
      makerShare: numberOf(ratios.makerShare),
      profitPerVolume: numberOf(ratios.profitPerVolume),
      costPer10k: numberOf(ratios.costPer10k),
      maxDrawdown: drawdownOf(worth),
      sharpe: sharpe(returns, annual) ?? null,
      sortino: sortino(returns, annual) ?? null,
      halted: ended.kind === "halted" || ended.kind === "liquidated" ? 1 : 0,
      seconds: figures.seconds,
    } satisfies Record<(typeof figureNames)[number], number | null>,
  };
}

const numberOf = (value: Big | undefined) => (value === undefined ? null : Number(value));

/** How far it was below the highest before, quote, 0 or more; as seen at the end of each period. */
function drawdownOf(worth: readonly number[]): number {
  let [top, most] = [0, 0];
  for (const each of worth) {
    top = Math.max(top, each);
    most = Math.max(most, top - each);
  }
  return most;
}
