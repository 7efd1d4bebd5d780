// What has just happened to a ladder, line by line: the plan, orders, trades, the profit and what came of it.
import { Big, notionalOf, priceText, sizeText, toBig, venueOf } from "@bp/core";
import { feeIn } from "@bp/strategies";
import type { Line } from "../../system.ts";
import { coins, figuresAt, type LadderMoment, moneyOf, priceIn, text } from "./figures.ts";
import { cycleText, saleWords } from "./record.ts";

const nothing: readonly never[] = [];
const checkMs = 15_000;
const info = (line: string): Line => ({ level: "info", text: line });
const warn = (line: string): Line => ({ level: "warn", text: line });

/** Mostly none. */
export function newsLines(moment: LadderMoment): readonly Line[] {
  const { memory, before, event, view } = moment;
  if (event.type === "timer.fired") return [...changes(moment), ...check(moment)];
  if (event.type === "order.accepted") return [...created(moment), ...changes(moment)];
  return memory === before && view.fills().length === 0 ? nothing : [...trades(moment), ...changes(moment)];
}

function changes(moment: LadderMoment): readonly Line[] {
  const { memory, before } = moment;
  if (memory === before) return nothing;
  const lines: Line[] = [];
  if (memory.ladder !== undefined && memory.ladder !== before.ladder) lines.push(...planned(moment));
  if (memory.moving && !before.moving) lines.push(info(movingText(moment)));
  if (memory.sale !== undefined && memory.sale.why !== before.sale?.why) lines.push(info(saleText(moment)));
  const failures = memory.sale?.failures ?? 0;
  if (failures > (before.sale?.failures ?? 0))
    lines.push(warn(moment.lang === "zh" ? `卖单失败 ${failures} 次, 继续重试` : `sale refused ${failures} times`));
  if (memory.lastCycle !== undefined && memory.lastCycle !== before.lastCycle) lines.push(...finished(moment));
  if (memory.phase === "stopped" && before.phase !== "stopped" && memory.end !== undefined)
    lines.push({ level: "error", text: `${moment.lang === "zh" ? "已停止: " : "stopped: "}${memory.end}` });
  return lines;
}

/** The plan: what was to be spent and what the rungs come to, each rung, and the balances. */
function planned(moment: LadderMoment): readonly Line[] {
  const { view, params, memory, lang } = moment;
  const instrument = view.instrument(params.instrument);
  const { quote } = instrument;
  const rungs = memory.ladder?.rungs ?? [];
  const amounts = rungs.map(({ price, size }) => notionalOf(instrument, price, size));
  const sum = amounts.reduce((total, each) => total.plus(each), new Big(0));
  const zh = lang === "zh";
  const meant = toBig(params.totalAmount).toFixed(2);
  return [
    info(
      zh
        ? `计划总金额 ${meant} ${quote}, 实际总金额 ${sum.toFixed(2)} ${quote}, ${rungs.length} 个订单`
        : `planned ${meant} ${quote}, actual ${sum.toFixed(2)} ${quote} in ${rungs.length} orders`,
    ),
    ...rungs.map(({ index, price, size }, at) => {
      const what = `${priceText(instrument, price)} × ${sizeText(instrument, size)} = ${text(amounts[at], 2)} ${quote}`;
      return info(`${zh ? "计划订单" : "order"} ${index + 1}: ${what}`);
    }),
    ...balances(moment),
  ];
}

/** The balance table: asset, total, available, locked, value, and their sum. */
function balances(moment: LadderMoment): readonly Line[] {
  const { view, lang } = moment;
  const { instrument, price } = figuresAt(moment);
  const { base, quote } = instrument;
  const zh = lang === "zh";
  let sum = new Big(0);
  const rows = [quote, base].flatMap((asset): readonly string[] => {
    const balance = view.balance(venueOf(instrument.id), asset);
    const worth = asset === quote ? new Big(1) : price;
    if (balance === undefined || worth === undefined) return [];
    const { total, free } = balance;
    const value = total.times(worth);
    sum = sum.plus(value);
    const words = zh ? ["总额", "可用", "锁定", "价值"] : ["total", "available", "locked", "value"];
    const figures = [coins(total), coins(free), coins(total.minus(free)), `${value.toFixed(2)} ${quote}`];
    return [`${asset}: ${words.map((word, at) => `${word} ${figures[at]}`).join(", ")}`];
  });
  if (rows.length === 0) return nothing;
  return [...rows, `${zh ? "总价值" : "sum"}: ${sum.toFixed(2)} ${quote}`].map((row) => info(row));
}

/** An order of ours that the venue has taken. */
function created({ view, params, event, lang }: LadderMoment): readonly Line[] {
  if (event.type !== "order.accepted") return nothing;
  const instrument = view.instrument(params.instrument);
  let count = 0;
  let found: string | undefined;
  for (const { clientId, side, price, size, since } of view.orders(params.instrument)) {
    count += 1;
    if (clientId !== event.clientId || since !== event.at) continue; // told twice, by the answer and by the stream
    const way = lang === "zh" ? (side === "buy" ? "买入" : "卖出") : side;
    found = `${event.venueOrderId} ${way} ${sizeText(instrument, size)} @ ${priceText(instrument, price)}`;
  }
  if (found === undefined) return nothing;
  return [info(lang === "zh" ? `订单已创建: ${found}, 挂单 ${count}` : `order created: ${found}, ${count} pending`)];
}

/** Each trade, and the statistics after it. */
function trades(moment: LadderMoment): readonly Line[] {
  const { view, params, lang } = moment;
  const fills = view.fills().filter(({ instrument }) => instrument === params.instrument);
  if (fills.length === 0) return nothing;
  const zh = lang === "zh";
  const { instrument, rungs, filled, cost, size, average } = figuresAt(moment);
  const { base, quote } = instrument;
  const lines = fills.map((fill) => {
    const way = fill.side === "buy" ? (zh ? "买入成交" : "bought") : zh ? "卖出成交" : "sold";
    const fee = feeIn(instrument, fill).quote;
    return info(
      `${way}: ${sizeText(instrument, fill.size)} ${base} @ ${priceText(instrument, fill.price)}, ${zh ? "手续费" : "fee"} ${fee.toFixed(8)} ${quote}, ${fill.slot}`,
    );
  });
  const sums = `${cost.toFixed(2)} ${quote}, ${size.toFixed(6)} ${base}, ${zh ? "均价" : "average"} ${text(average, 2)}`;
  return [
    ...lines,
    info(zh ? `统计更新: 已成交 ${filled}/${rungs}, ${sums}` : `statistics: ${filled}/${rungs} filled, ${sums}`),
  ];
}

/** How far it is to the profit: for the log, now and then. */
function check(moment: LadderMoment): readonly Line[] {
  const { event, memory, lang, params } = moment;
  if (memory.lot === undefined || Math.floor(event.at / checkMs) === Math.floor((event.at - 1_000) / checkMs))
    return nothing;
  const { price, average, risePct, takeProfit } = figuresAt(moment);
  const zh = lang === "zh";
  const goal = `${params.takeProfitPct} % (${takeProfit?.toFixed() ?? "-"})`;
  return [
    {
      level: "debug",
      text: zh
        ? `止盈检查: 当前价 ${text(price, 2)}, 均价 ${text(average, 2)}, 涨幅 ${text(risePct, 2)} %, 目标 ${goal}`
        : `take profit: price ${text(price, 2)}, average ${text(average, 2)}, rise ${text(risePct, 2)} %, target ${goal}`,
    },
  ];
}

function movingText({ params, memory, view, lang }: LadderMoment): string {
  const minutes = params.noFillRestartMs / 60_000;
  const anchor = memory.ladder === undefined ? "-" : priceIn(view.instrument(params.instrument), memory.ladder.anchor);
  return lang === "zh"
    ? `${minutes} 分钟无成交, 价格已离开 ${anchor}: 撤销全部订单并重新建立`
    : `no fill in ${minutes} minutes and the price has left ${anchor}: all rungs come down for a new ladder`;
}

function saleText(moment: LadderMoment): string {
  const { memory, view, params, lang } = moment;
  const { instrument, price, average, risePct } = figuresAt(moment);
  const { sale, targets } = memory;
  let pending = 0;
  for (const { side } of view.orders(params.instrument)) if (side === "buy") pending += 1;
  const low = targets === undefined || sale?.gives === true ? "-" : moneyOf(instrument, targets.floor).toFixed();
  const where = [text(price, 2), text(average, 2), text(risePct, 2)];
  if (lang === "zh")
    return `卖出 (${sale === undefined ? "-" : saleWords[sale.why]}): 当前价 ${where[0]}, 均价 ${where[1]}, 涨幅 ${where[2]} %, 最低卖价 ${low}, 撤销 ${pending} 个买单`;
  return `selling (${sale?.why}): price ${where[0]}, average ${where[1]}, rise ${where[2]} %, lowest ${low}; ${pending} buys are cancelled`;
}

function finished(moment: LadderMoment): readonly Line[] {
  const { memory, view, params, lang } = moment;
  if (memory.lastCycle === undefined) return nothing;
  const lines = [info(cycleText(memory.lastCycle, view.instrument(params.instrument), lang)), ...balances(moment)];
  if (memory.phase !== "restarting") return lines;
  const seconds = params.restartDelayMs / 1_000;
  return [...lines, info(lang === "zh" ? `${seconds} 秒后重新建立` : `a new ladder in ${seconds} s`)];
}
