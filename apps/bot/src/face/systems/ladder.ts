// The screens and files of a ladder's users.
import { Big } from "@bp/core";
import { averageCostOf, type LadderMemory, type LadderParams } from "@bp/strategies";
import type { FileLine, SystemFace } from "../system.ts";
import { coins, figuresAt, type LadderMoment, text } from "./ladder/figures.ts";
import { newsLines } from "./ladder/news.ts";
import { panelLines } from "./ladder/panel.ts";
import { recordOf } from "./ladder/record.ts";

/**
 * A dashboard every 15 s, a line for the plan and each rung of it, each order that was created, each trade, each check of the
 * profit (debug), each sale and each cycle. File: `auto_trading_cycle_<date>.log`, a line for each finished cycle.
 */
export const ladderFace: SystemFace<LadderParams, LadderMemory> = {
  everyMs: 15_000,
  news: newsLines,
  panel: panelLines,
  final: (moment) => [...totalLines(moment), ...heldLines(moment)],
  files: ({ memory, before, view, params }) => {
    const { lastCycle } = memory;
    if (lastCycle === undefined || lastCycle === before.lastCycle) return nothing;
    return [{ file: cycleFile, text: recordOf(lastCycle, view.instrument(params.instrument)) }];
  },
};

const nothing: readonly FileLine[] = [];
const cycleFile = "auto_trading_cycle_{date}.log";

/**
 * What the sales have brought so far, those of the cycle that is under way too. Money that is still in coins is in the line
 * below it, so `received - cost - fees = net` to the last digit. Fees in coins are fees here, and no part of the cost.
 */
function totalLines({ memory, view, params, lang }: LadderMoment): readonly string[] {
  const { totals, book, lot } = memory;
  const { quote } = view.instrument(params.instrument);
  const received = totals.received.plus(book.received).round(4);
  const fees = totals.fees.plus(book.fees).minus(feesHeld(lot)).round(4);
  const net = totals.net.plus(book.net).round(4);
  const cost = received.minus(fees).minus(net);
  const [made, paid, taken, left] = [received, cost, fees, net].map((each) => each.toFixed(4));
  return [
    lang === "zh"
      ? `完成轮数 ${totals.cycles} (盈利 ${totals.won})  卖出收入 ${made} - 其成本 ${paid} - 手续费 ${taken} = 净利 ${left} ${quote}`
      : `cycles ${totals.cycles} (won ${totals.won})  sold for ${made} - its cost ${paid} - fees ${taken} = net ${left} ${quote}`,
  ];
}

/** Fees of the buys that are not sold yet, in quote; those in coins at the average price. */
function feesHeld(lot: LadderMemory["lot"]): Big {
  return lot === undefined ? new Big(0) : lot.fees.plus(lot.taken.times(averageCostOf(lot)));
}

/** What is still held, which a stop leaves as it is. */
function heldLines(moment: LadderMoment): readonly string[] {
  const { memory, lang } = moment;
  if (memory.lot === undefined) return [];
  const { instrument, there, average, breakEven, takeProfit, gross, net } = figuresAt(moment);
  const { base, quote } = instrument;
  const cost = average === undefined ? undefined : there.times(average);
  const zh = lang === "zh";
  return [
    `${zh ? "持仓" : "held"} ${coins(there)} ${base}, ${zh ? "成本" : "cost"} ${text(cost, 4)}, ${zh ? "均价" : "average"} ${text(average, 2)}, ${zh ? "保本价" : "break-even"} ${text(breakEven, 2)}, ${zh ? "止盈价" : "take profit"} ${takeProfit?.toFixed() ?? "-"}, ${zh ? "浮动盈亏" : "P&L"} ${text(gross, 2)} (${zh ? "扣除手续费后" : "after fees"} ${text(net, 2)}) ${quote}`,
  ];
}
