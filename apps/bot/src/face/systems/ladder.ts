// The screens and files of a ladder's users.
import { bigToDecimal } from "@bp/core";
import type { LadderMemory, LadderParams } from "@bp/strategies";
import type { FileLine, SystemFace } from "../system.ts";
import { figuresAt, type LadderMoment, text } from "./ladder/figures.ts";
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

function totalLines({ memory, view, params, lang }: LadderMoment): readonly string[] {
  const { totals } = memory;
  const { quote } = view.instrument(params.instrument);
  const zh = lang === "zh";
  return [
    `${zh ? "完成轮数" : "cycles"} ${totals.cycles} (${zh ? "盈利" : "won"} ${totals.won})  ${zh ? "买入" : "spent"} ${totals.spent.toFixed(2)}  ${zh ? "卖出" : "received"} ${totals.received.toFixed(2)}  ${zh ? "手续费" : "fees"} ${totals.fees.toFixed(4)}  ${zh ? "净利" : "net"} ${totals.net.toFixed(4)} ${quote}`,
  ];
}

/** What is still held, which a stop leaves as it is. */
function heldLines(moment: LadderMoment): readonly string[] {
  const { memory, lang } = moment;
  if (memory.lot === undefined) return [];
  const { instrument, size, average, breakEven, takeProfit, gross, net } = figuresAt(moment);
  const { base, quote } = instrument;
  const zh = lang === "zh";
  return [
    `${zh ? "持仓" : "held"} ${bigToDecimal(size)} ${base}, ${zh ? "均价" : "average"} ${text(average, 2)}, ${zh ? "保本价" : "break-even"} ${text(breakEven, 2)}, ${zh ? "止盈价" : "take profit"} ${takeProfit?.toFixed() ?? "-"}, ${zh ? "浮动盈亏" : "P&L"} ${text(gross, 2)} (${zh ? "扣除手续费后" : "after fees"} ${text(net, 2)}) ${quote}`,
  ];
}
