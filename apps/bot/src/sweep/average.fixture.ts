// A cheap thing to sweep: buys above a moving average of generated candles, with no exchange and no engine.
import type { Outcome, SweepValues } from "@bp/backtest";
import { random } from "@bp/core";

const closes = (() => {
  const chance = random(5);
  let price = 100;
  return Array.from({ length: 2_400 }, () => {
    price *= 1 + chance.normal() / 500;
    return price;
  });
})();

/** What holding while the price is above its average of `length` candles comes to, less `fee` a change. */
export function averageOutcome(values: SweepValues): Outcome {
  const said = values["length"] ?? values["strategies.average.params.length"];
  const [length, fee] = [Number(said), Number(values["fee"] ?? 0)];
  if (!(length >= 1)) throw new Error(`an average of ${length} candles`);
  const returns = Array.from({ length: 240 }, () => 0);
  let [sum, held, changes] = [0, 0, 0];
  for (const [at, close] of closes.entries()) {
    sum += close - (at >= length ? (closes[at - length] ?? 0) : 0);
    const period = Math.floor(at / 10);
    const before = closes[at - 1] ?? close;
    returns[period] = (returns[period] ?? 0) + held * (close - before);
    const wants = at >= length && close > sum / length ? 1 : 0;
    if (wants === held) continue;
    held = wants;
    changes += 1;
    returns[period] = (returns[period] ?? 0) - fee;
  }
  const net = returns.reduce((total, each) => total + each, 0);
  return { net: net.toFixed(8), returns, figures: { changes } };
}
