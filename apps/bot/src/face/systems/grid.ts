// The screens and files of a grid's users.
import { type GridMemory, type GridParams, gridLoopMs } from "@bp/strategies";
import type { FileLine, SystemFace } from "../system.ts";
import { figuresAt, type GridMoment, text, timeText } from "./grid/figures.ts";
import { newsLines, riskText } from "./grid/news.ts";
import { panelLines } from "./grid/panel.ts";
import { summaryColumns, summaryRow } from "./grid/summary.ts";

/**
 * A block every ten seconds, a line for each trade, cycle, shift and change of risk. Files: `trade_summary_log.txt` (a row a
 * loop, with the columns before the first), `performance.log` (after each cycle), `risk_log.txt` (changes of the risk
 * level). `trade_detailed.log` is the main file of an imported configuration: the lines of trades are in it already.
 */
export const gridFace: SystemFace<GridParams, GridMemory> = {
  everyMs: gridLoopMs,
  news: newsLines,
  panel: panelLines,
  final: (moment) => [...panelLines(moment), ...finalLines(moment)],
  files: (moment) => (moment.memory === moment.before ? nothing : fileLines(moment)),
};

const nothing: readonly never[] = [];

function fileLines(moment: GridMoment): readonly FileLine[] {
  const { view, memory, before } = moment;
  const lines: FileLine[] = [];
  const time = timeText(view.now);
  if (memory.ledger.lastCycle !== before.ledger.lastCycle)
    lines.push({ file: "performance.log", text: `${time} ${performance(moment)}` });
  const risk = riskText(moment);
  if (risk !== undefined) lines.push({ file: "risk_log.txt", text: `${time} ${risk}` });
  if (before.anchor === undefined && memory.anchor !== undefined)
    lines.push({ file: "trade_summary_log.txt", text: summaryColumns.join(",") });
  if (memory.loopAt !== before.loopAt && memory.anchor !== undefined)
    lines.push({ file: "trade_summary_log.txt", text: summaryRow(moment) });
  return lines;
}

function performance(moment: GridMoment): string {
  const { successPct, average, profit } = figuresAt(moment);
  const { ledger, equity } = moment.memory;
  return [
    `cycles=${ledger.cycles}`,
    `success=${text(successPct, 1)}%`,
    `average=${text(average, 5)}`,
    `grid=${ledger.gross.minus(ledger.fees).toFixed(5)}`,
    `total=${text(profit, 5)}`,
    `drawdown=${(equity?.worstPct ?? 0).toFixed(2)}%`,
  ].join(" ");
}

function finalLines(moment: GridMoment): string[] {
  const { instrument, successPct, average, floating } = figuresAt(moment);
  const { ledger, points } = moment.memory;
  const { quote } = instrument;
  const say = (zh: string, en: string) => (moment.lang === "zh" ? zh : en);
  return [
    say("📊 统计报告", "📊 statistics"),
    `${say("完成的网格", "cycles closed")} ${ledger.cycles} | ${say("成功率", "success rate")} ${text(successPct, 1)}% | ${say("平均利润", "average profit")} ${text(average, 5)} ${quote}`,
    `${say("网格利润", "grid profit")} ${ledger.gross.toFixed(5)} - ${say("手续费", "fees")} ${ledger.fees.toFixed(5)} = ${ledger.gross.minus(ledger.fees).toFixed(5)} ${quote} | ${say("浮动盈亏", "floating")} ${text(floating, 5)} ${quote}`,
    `${say("交易量", "volume")} ${points.volume.toFixed(2)} ${quote} | ${say("积分(估计)", "points (estimate)")} ${points.total.toFixed(1)}`,
  ];
}
