// The block that a grid shows every loop: counters, points, risk, balances, what each cell does, and their sum.
import { type CellStatus, heldAtCost, isEmptyCell, meantPerCell, payoutOf } from "@bp/strategies";
import { figuresAt, type GridFigures, type GridMoment, priceIn, sizeIn, text, timeText } from "./figures.ts";

/** The block, line by line. */
export function panelLines(moment: GridMoment): readonly string[] {
  const figures = figuresAt(moment);
  const say = (zh: string, en: string) => (moment.lang === "zh" ? zh : en);
  return [
    `──────── ${figures.symbol} ${timeText(moment.view.now)} UTC ────────`,
    ...counters(moment, figures, say),
    ...risk(moment, figures, say),
    ...balances(figures, say),
    ...lattice(moment, figures, say),
    ...figures.cells.map((cell) => cellLine(cell, moment, figures, say)),
    ...cellSum(moment, figures, say),
  ];
}

type Say = (zh: string, en: string) => string;

function counters({ memory, params }: GridMoment, { instrument, makerShare }: GridFigures, say: Say): string[] {
  const { ledger, points } = memory;
  const share = makerShare === undefined ? "-" : `${makerShare.times(100).toFixed(0)}%`;
  const payout = points.weekFrom === 0 ? "-" : timeText(payoutOf(points.weekFrom)).slice(0, 16);
  const pace = (params.paceMs / 1_000).toString();
  return [
    `${say("已买入成功", "已买入成功 (bought)")} ${ledger.buys} | ${say("已卖出成功", "已卖出成功 (sold)")} ${ledger.sells} | ${say("累计手续费", "fees so far")} ${ledger.fees.toFixed(6)} ${instrument.quote}`,
    `${say("积分(估计)", "points (estimate)")} ${points.total.toFixed(1)} | ${say("本周", "this week")} ${points.week.toFixed(1)} | ${say("周交易量", "week's volume")} ${points.weekVolume.toFixed(2)} | maker ${share} | ${say("发放", "paid out")} ${payout} UTC`,
    `${say("操作间隔", "between orders")} ${pace} s`,
  ];
}

function risk({ memory }: GridMoment, { instrument, profit }: GridFigures, say: Say): string[] {
  const { equity, ledger } = memory;
  if (equity === undefined) return [say("风险: 未知", "risk: not known yet")];
  const made = equity.now.minus(equity.start);
  const pct = equity.start.gt(0) ? made.times(100).div(equity.start).toFixed(2) : "-";
  const { quote } = instrument;
  return [
    `${say("风险", "risk")} ${equity.level} | ${say("盈亏", "P&L")} ${made.toFixed(4)} ${quote} (${pct}%) | ${say("今日", "today")} ${ledger.today.toFixed(4)} | ${say("最大回撤", "max draw-down")} ${equity.worstPct.toFixed(2)}%`,
    `${say("网格利润", "grid profit")} ${ledger.gross.minus(ledger.fees).toFixed(4)} ${quote} | ${say("浮动盈亏", "floating")} ${text(profit?.minus(ledger.gross).plus(ledger.fees), 4)} ${quote}`,
  ];
}

function balances({ instrument, quoteFree, baseFree, held, heldValue, price }: GridFigures, say: Say): string[] {
  const { base, quote, lotSize } = instrument;
  const digits = lotSize.split(".")[1]?.length ?? 0;
  return [
    `${say("可用", "free")} ${text(quoteFree, 2)} ${quote}, ${text(baseFree, digits)} ${base} | ${say("持有", "held")} ${held.toFixed(digits)} ${base} = ${text(heldValue, 2)} ${quote} | ${say("现价", "price")} ${text(price, 2)}`,
  ];
}

function lattice(moment: GridMoment, { instrument, cells, outside, deviation }: GridFigures, say: Say): string[] {
  const { memory, params } = moment;
  const [low] = cells;
  const high = cells.at(-1);
  if (low === undefined || high === undefined) return [say("网格: 等待行情", "lattice: waits for the market")];
  const step = params.kind === "geometric" ? `${params.ratioPct}%` : params.interval;
  const range = `${priceIn(instrument, low.cell.floor)} - ${priceIn(instrument, high.cell.ceiling)}`;
  const wild = deviation === undefined ? "-" : deviation.toFixed(4);
  const where = outside ? ` | ⚠️ ${say("价格在网格外", "price is outside lattice")}` : "";
  return [
    `${say("网格", "lattice")} ${range} | ${say("间隔", "interval")} ${step} | ${say("每格", "per cell")} ${meantPerCell(memory, params).toFixed(2)} ${instrument.quote} | ${say("波动率", "volatility")} ${wild}${where}`,
  ];
}

function cellLine(status: CellStatus, { memory }: GridMoment, { instrument }: GridFigures, say: Say): string {
  const { cell, state, opening, closing, basis, current, way } = status;
  const range = `${priceIn(instrument, cell.floor)}-${priceIn(instrument, cell.ceiling)}`;
  const name = `${current ? "▶" : " "} ${cell.index} ${range}`;
  const orders = [opening, closing].filter((order) => order !== undefined);
  const rests = orders
    .map(
      ({ side, price, size, filled }) =>
        `${side === "buy" ? say("买", "buy") : say("卖", "sell")} ${sizeIn(instrument, size)} @ ${priceIn(instrument, price)}${filled > 0 ? ` (${sizeIn(instrument, filled)} ${say("已成交", "filled")})` : ""}`,
    )
    .join(", ");
  const held = basis === undefined || isEmptyCell(cell) ? "" : ` ${say("成本", "cost")} ${basis.toFixed(2)}`;
  const short = way === "short" ? ` ${say("空", "short")}` : "";
  if (state === "HOLDING" || state === "STOPPING")
    return `${isSelling(status) ? "🔴" : "🟡"} ${name}${short} ${state}${held}${rests === "" ? "" : `: ${rests}`}`;
  if (opening !== undefined) return `🟢 ${name}${short} ${state}: ${rests}`;
  const why =
    memory.skips.find(({ topic }) => topic === `cell.${cell.index}`)?.say ?? say("等待价格", "waits for the price");
  return `⏳ ${name} ${state}: ${why}`;
}

/** A lot whose order that closes it rests, or that is being given up. Another one only holds: its order was cancelled, or cannot be placed yet. */
function isSelling({ state, closing }: CellStatus): boolean {
  return closing !== undefined || state === "STOPPING";
}

function cellSum({ memory }: GridMoment, { instrument, cells, heldValue }: GridFigures, say: Say): string[] {
  const buying = cells.filter(({ state }) => state === "BUY_RESTING" || state === "SELL_RESTING").length;
  const lots = cells.filter(({ state }) => state === "HOLDING" || state === "STOPPING");
  const selling = lots.filter(isSelling).length;
  const idle = lots.length - selling;
  const current = cells.find((each) => each.current)?.cell.index;
  return [
    `🟢 ${say("买入中", "buying")} ${buying} | 🔴 ${say("卖出中", "selling")} ${selling}${idle === 0 ? "" : ` | 🟡 ${say("持有", "holds")} ${idle}`} | ⏳ ${say("等待", "pending")} ${cells.length - buying - lots.length} | ${say("共", "in all")} ${cells.length} | ${say("已投入", "allocated")} ${heldAtCost(memory).toFixed(2)} ${instrument.quote} | ${say("持仓价值", "holding")} ${text(heldValue, 2)} | ${say("当前网格", "current cell")} ${current ?? "-"}`,
  ];
}
