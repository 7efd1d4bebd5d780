// The screens of the single-account buyer: the original's log lines, and what its rounds have cost.
import { bigToDecimal, notionalOf, priceText, sizeText } from "@bp/core";
import type { SingleMemory, SingleParams } from "@bp/strategies";
import type { Line, Moment, SystemFace } from "../system.ts";
import { costLines } from "./cost.ts";
import { heldText } from "./held.ts";

type SingleMoment = Moment<SingleParams, SingleMemory>;

/** What a user of `single` sees. */
export const singleFace: SystemFace<SingleParams, SingleMemory> = {
  everyMs: 60_000,
  news: (moment) => {
    const { memory, before, event, view } = moment;
    if (memory === before && event.seq !== 1 && view.fills().length === 0) return nothing;
    return [...(event.seq === 1 ? [begun(moment)] : nothing), ...trades(moment), ...turned(moment)];
  },
  panel: (moment) => {
    const { view, params, memory, lang } = moment;
    const market = view.instrument(params.instrument);
    const { bid, ask } = view.book(params.instrument);
    const price = (at: number | undefined) =>
      at === undefined ? "-" : priceText(market, at as typeof market.minPrice); // ticks of a level
    const held = heldText(view, params.instrument, lang);
    const zh = lang === "zh";
    return [
      `${market.id}  ${zh ? "最优买价" : "best bid"} ${price(bid?.[0])}  ${zh ? "最优卖价" : "best ask"} ${price(ask?.[0])}`,
      `${zh ? "持仓" : "position"} ${held} ${market.base}  ${memory.bid === undefined ? (zh ? "无挂单" : "no order") : orderText(moment, memory.bid)}`,
      ...costLines(moment, memory.rounds),
    ];
  },
  final: (moment) => costLines(moment, moment.memory.rounds),
};

const nothing: readonly never[] = [];
const info = (text: string): Line => ({ level: "info", text });

function begun({ params, lang }: SingleMoment): Line {
  return info(
    lang === "zh"
      ? `单账户模式启动: ${params.instrument}, 金额 ${params.amount}`
      : `single mode: ${params.instrument}, ${params.amount} of quote per order`,
  );
}

/** `bid 0.66 @ 150.25 = 99.165 USDC, margin 9.9165 at 10x`. */
function orderText(
  { view, params, lang, leverage }: SingleMoment,
  { price, size }: NonNullable<SingleMemory["bid"]>,
): string {
  const market = view.instrument(params.instrument);
  const notional = notionalOf(market, price, size);
  const times = market.kind === "perp" ? leverage?.[market.id] : undefined;
  const zh = lang === "zh";
  const margin =
    times === undefined
      ? ""
      : `, ${zh ? "保证金" : "margin"} ${bigToDecimal(notional.div(times).round(8))} ${zh ? `(${times} 倍)` : `at ${times}x`}`;
  return `${zh ? "买单" : "bid"} ${sizeText(market, size)} @ ${priceText(market, price)} = ${bigToDecimal(notional)} ${market.quote}${margin}`;
}

function trades({ view, params, lang }: SingleMoment): readonly Line[] {
  const market = view.instrument(params.instrument);
  return view.fills().map(({ side, size, price, fee, feeAsset }) => {
    const what = side === "buy" ? (lang === "zh" ? "买单成交" : "bought") : lang === "zh" ? "市价平仓成交" : "closed";
    return info(
      `${what} ${sizeText(market, size)} ${market.base} @ ${priceText(market, price)}, ${lang === "zh" ? "手续费" : "fee"} ${fee} ${feeAsset}`,
    );
  });
}

/** A new bid, one that follows the book, a position that comes first, and the end of one. */
function turned(moment: SingleMoment): readonly Line[] {
  const { memory, before, view, params, lang } = moment;
  const market = view.instrument(params.instrument);
  const zh = lang === "zh";
  const lines: Line[] = [];
  if (memory.holding && !before.holding) {
    const held = heldText(view, params.instrument, lang);
    lines.push(
      info(
        zh
          ? `检测到持仓 ${held} ${market.base}, 优先平仓`
          : `position ${held} ${market.base} found: it is closed first`,
      ),
    );
  }
  if (memory.rounds > before.rounds)
    lines.push(info(zh ? `第 ${memory.rounds} 轮完成` : `round ${memory.rounds} completed`));
  const { bid } = memory;
  if (bid !== undefined && bid !== before.bid) {
    const moved =
      before.bid === undefined
        ? ""
        : zh
          ? "超时且非最优买价, 撤单重挂: "
          : "old and no longer the best bid, replaced: ";
    lines.push(info(`${moved}${orderText(moment, bid)}`));
  }
  return lines;
}
