// The dashboard of a ladder, with the labels and the digits that its users know.
import { venueOf } from "@bp/core";
import type { LadderPhase } from "@bp/strategies";
import { arrow, durationText, figuresAt, type LadderFigures, type LadderMoment, text, timeText } from "./figures.ts";

type Say = (zh: string, en: string) => string;

/** Words for where it is in its cycle. */
const phases: Readonly<Record<LadderPhase, readonly [zh: string, en: string]>> = {
  building: ["建仓中", "building"],
  monitoring: ["监控中", "monitoring"],
  selling: ["卖出中", "selling"],
  restarting: ["等待重启", "restarting"],
  done: ["已完成", "done"],
  stopped: ["已停止", "stopped"],
};

/** The dashboard, line by line. */
export function panelLines(moment: LadderMoment): readonly string[] {
  const figures = figuresAt(moment);
  const say: Say = (zh, en) => (moment.lang === "zh" ? zh : en);
  return [...head(moment, figures, say), ...market(moment, figures, say), ...orders(moment, figures, say)];
}

function head({ view, memory, startedAt }: LadderMoment, { symbol }: LadderFigures, say: Say): string[] {
  return [
    `===== ${say("自动化交易", "ladder")} #${memory.cycle} ${say(...phases[memory.phase])} =====`,
    `${say("当前时间", "time")}: ${timeText(view.now)} UTC`,
    `${say("交易对", "market")}: ${symbol}`,
    `${say("脚本启动时间", "started")}: ${timeText(startedAt)} UTC`,
    `${say("运行时间", "running")}: ${durationText(view.now - startedAt)}`,
  ];
}

function market({ view, params }: LadderMoment, figures: LadderFigures, say: Say): string[] {
  const { instrument, price, risePct, progressPct, takeProfit } = figures;
  const up = view.link(venueOf(instrument.id)) === "up";
  const goal = takeProfit === undefined ? "" : ` (${takeProfit.toFixed()} ${instrument.quote})`;
  return [
    `----- ${say("市场信息", "market data")} -----`,
    `${say("WebSocket 状态", "WebSocket")}: ${up ? say("已连接", "connected") : say("未连接", "not connected")}`,
    `${say("当前价格", "price")}: ${text(price, 1)} ${instrument.quote}`,
    `${say("涨跌幅", "rise")}: ${arrow(risePct, 2)}${risePct === undefined ? "" : " %"}`,
    `${say("止盈目标", "take profit")}: ${params.takeProfitPct} %${goal}`,
    `${say("完成进度", "progress")}: ${text(progressPct, 0)}${progressPct === undefined ? "" : " %"}`,
  ];
}

function orders({ view, params, memory }: LadderMoment, figures: LadderFigures, say: Say): string[] {
  const { instrument, rungs, filled, cost, size, average, breakEven, value, gross, net, risePct } = figures;
  const { quote, base } = instrument;
  const result = (amount: typeof gross) => `${arrow(amount, 2)}${amount === undefined ? "" : ` ${quote}`}`;
  const { totals } = memory;
  const source =
    view.last(params.instrument) === undefined
      ? say("中间价", "mid")
      : say("最新成交 (WebSocket)", "last trade (WebSocket)");
  return [
    `----- ${say("订单统计", "orders")} -----`,
    `${say("总订单数", "orders")}: ${rungs}`,
    `${say("已成交订单", "filled")}: ${filled}`,
    `${say("成交总金额", "amount")}: ${cost.toFixed(2)} ${quote}`,
    `${say("成交总数量", "quantity")}: ${size.toFixed(6)} ${base}`,
    `${say("平均成交价", "average")}: ${text(average, 2)} ${quote}`,
    `${say("保本价", "break-even")}: ${text(breakEven, 2)} ${quote}`,
    `${say("当前持仓价值", "value")}: ${text(value, 2)} ${quote}`,
    `${say("盈亏金额", "P&L")}: ${result(gross)} | ${say("扣除手续费后", "after fees")}: ${result(net)}`,
    `${say("盈亏百分比", "P&L %")}: ${arrow(risePct, 2)}${risePct === undefined ? "" : " %"}`,
    `${say("累计", "so far")}: ${totals.cycles} ${say("轮", "cycles")}, ${say("净利", "net")} ${totals.net.toFixed(4)} ${quote}`,
    `${say("最后更新", "updated")}: ${timeText(view.book(params.instrument).at)} UTC`,
    `${say("价格数据来源", "source of the price")}: ${source}`,
  ];
}
