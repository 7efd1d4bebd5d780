// One finished cycle: as a line of the cycle file, and in words.
import { bigToDecimal, type Instrument, symbolOf } from "@bp/core";
import type { LadderCycle } from "@bp/strategies";
import { coins, durationText, priceIn, timeText } from "./figures.ts";

/** One line for `auto_trading_cycle_<date>.log`: names and values, so that it can be read by a program. */
export function recordOf(cycle: LadderCycle, instrument: Instrument): string {
  const values: readonly (readonly [string, string | number])[] = [
    ["cycle", cycle.number],
    ["market", symbolOf(instrument.id)],
    ["why", cycle.why.replaceAll(" ", "-")],
    ["started", timeText(cycle.startedAt).replace(" ", "T")],
    ["ended", timeText(cycle.endedAt).replace(" ", "T")],
    ["lasted", durationText(cycle.endedAt - cycle.startedAt)],
    ["from", priceIn(instrument, cycle.anchor)],
    ["rungs", `${cycle.rungsFilled}/${cycle.rungs}`],
    ["bought", bigToDecimal(cycle.bought)],
    ["spent", bigToDecimal(cycle.spent)],
    ["sold", bigToDecimal(cycle.sold)],
    ["received", bigToDecimal(cycle.received)],
    ["fees", cycle.fees.toFixed(8)],
    ["net", cycle.net.toFixed(8)],
    ["dust", bigToDecimal(cycle.dust)],
    ["dustCost", cycle.dustCost.toFixed(8)],
  ];
  return `${timeText(cycle.endedAt)} ${values.map(([name, value]) => `${name}=${value}`).join(" ")}`;
}

/** Why it sold, in Chinese. */
export const saleWords: Readonly<Record<LadderCycle["why"], string>> = {
  "take profit": "止盈",
  "trailing take profit": "移动止盈",
  "stop loss": "止损",
  "max drop": "超过最大跌幅",
};

/** What a person reads of it. */
export function cycleText(cycle: LadderCycle, { base, quote }: Instrument, lang: "en" | "zh"): string {
  const { number, why, sold, received, net, dust } = cycle;
  const took = durationText(cycle.endedAt - cycle.startedAt);
  const left = dust.gt(0) ? coins(dust) : undefined;
  if (lang === "en")
    return `cycle ${number} (${why}): sold ${coins(sold)} ${base} for ${received.toFixed(2)} ${quote}, ${net.toFixed(4)} after fees, in ${took}${left === undefined ? "" : `; ${left} ${base} go into the next one`}`;
  return `第 ${number} 轮完成 (${saleWords[why]}): 卖出 ${coins(sold)} ${base}, 收入 ${received.toFixed(2)} ${quote}, 净利 ${net.toFixed(4)}, 用时 ${took}${left === undefined ? "" : `; 剩余 ${left} ${base} 计入下一轮`}`;
}
