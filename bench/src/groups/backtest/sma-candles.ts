// backtest/sma-candles: what a candle costs a rule with orders, fees and an equity curve.
import { type BarColumns, type BarRule, type BarsResult, runBars, smaCross } from "@bp/backtest";
import { begin, candlesOf, type Filled, fast, fee, slow } from "../../bars/candles.ts";
import { loop, loopFilled } from "../../bars/loop.ts";
import { grademarkPlayer } from "../../bars/peer.ts";
import type { Group } from "../../group.ts";
import { race } from "../../race.ts";

const limit = "js typed-array loop";
const peer = "grademark";

export const smaCandles: Group = {
  about:
    "Candles a second: two moving averages, long or flat, filled at the next open. All get the same orders (grademark those of a rule that is not asked at a candle of its own order).",
  run: async (options) => {
    const { about, bars } = candlesOf();
    const mark = grademarkPlayer(bars);
    const expected = loopFilled(bars);
    const wrong = [
      ...differences("@bp/backtest, runBars", filledOf(run(bars)), expected),
      ...differences(peer, mark(), filledOf(runBars(bars, patient(), money))),
    ];
    const work = (play: () => unknown) => () => {
      play();
      return bars.count;
    };
    const goals = [
      { against: limit, atLeast: 0.05 },
      { against: peer, atLeast: 5 },
    ];
    const figures = race(
      [
        { name: limit, role: "limit", work: work(() => loop(bars)) },
        { name: "@bp/backtest, runBars", role: "ours", goals, work: work(() => run(bars)) },
        { name: peer, role: "peer", work: work(mark) },
      ],
      options,
    );
    const facts = [
      `${bars.count} candles, ${about}; ${expected.bars.length} orders, ${expected.equity?.toFixed(2)} left`,
    ];
    return { unit: "/s", figures, facts, wrong };
  },
};

const money = { equity: begin, fee };
const run = (bars: BarColumns) => runBars(bars, smaCross(fast, slow), money);

/** Does not look at the candle at whose open it traded: grademark asks no rule there. */
function patient(): BarRule {
  const cross = smaCross(fast, slow);
  let wish = 0;
  let hasTraded = false;
  return (...candle) => {
    const said = cross(...candle);
    const isTold = !hasTraded && said !== wish;
    hasTraded = isTold;
    if (isTold) wish = said;
    return wish;
  };
}

const filledOf = ({ orders, equity }: BarsResult): Filled => ({
  bars: [...orders.bar],
  prices: [...orders.price],
  equity: equity.at(-1),
});

function differences(name: string, found: Filled, expected: Filled): readonly string[] {
  const wrong: string[] = [];
  if (found.bars.join() !== expected.bars.join()) wrong.push(`${name}: orders at other candles`);
  if (found.prices.join() !== expected.prices.join()) wrong.push(`${name}: orders at other prices`);
  const { equity } = found;
  const other = expected.equity ?? 0;
  if (equity !== undefined && Math.abs(equity / other - 1) > 1e-9)
    wrong.push(`${name}: ${equity} left instead of ${other}`);
  return wrong;
}
