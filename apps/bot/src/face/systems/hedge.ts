// The screens of the hedge loop: its lines in the original's order, its funding line, and a report of each cycle.
import { exchangeOf, type Instrument, priceText, sizeText, symbolOf, ticks, type View, venueOf } from "@bp/core";
import { fundingText, type HedgeMemory, type HedgeParams, stampsOf } from "@bp/strategies";
import type { FileLine, Line, Moment, SystemFace } from "../system.ts";
import { adviceOn, moneyHints } from "./hedge/faq.ts";
import { cycleLines, type Sides, totalLines } from "./hedge/report.ts";
import { heldText } from "./held.ts";

type HedgeMoment = Moment<HedgeParams, HedgeMemory>;

/** What a user of the hedge loop sees. */
export const hedgeFace: SystemFace<HedgeParams, HedgeMemory> = {
  everyMs: 60_000,
  news: (moment) => {
    const { event, memory, before, notes } = moment;
    const calm =
      memory === before && notes.length === 0 && event.type !== "timer.fired" && event.type !== "order.accepted";
    if (calm && event.seq !== 1 && moment.view.fills().length === 0) return nothing;
    return [
      ...(event.seq === 1 ? banner(moment) : nothing),
      ...troubles(moment),
      ...waits(moment),
      ...begun(moment),
      ...resting(moment),
      ...traded(moment),
      ...ended(moment),
      ...turned(moment),
    ];
  },
  panel: ({ memory, params, view, lang }) => {
    const { lead, hedge } = sidesOf(view, params);
    const zh = lang === "zh";
    const held = (side: "lead" | "hedge") => heldText(view, params[side], lang);
    const { quote } = memory;
    return [
      `[Cycle ${memory.cycle}] ${phases[memory.phase][lang]}${memory.failed === undefined ? "" : ` · ${memory.failed}`}`,
      `${lead.id} ${held("lead")}  ${hedge.id} ${held("hedge")}`,
      ...(quote === undefined
        ? []
        : [`${side(quote.side, zh)} ${sizeText(lead, quote.size)} @ ${priceText(lead, quote.price)}`]),
      ...fundingLine(view, params, lang),
      ...totalLines(memory.totals, lang),
    ];
  },
  final: ({ memory, view, params, lang }) => [
    ...(memory.last === undefined ? [] : cycleLines(memory.last, sidesOf(view, params), lang)),
    ...totalLines(memory.totals, lang),
  ],
  files: ({ memory, before }): readonly FileLine[] =>
    memory.last === before.last || memory.last === undefined
      ? nothing
      : [{ file: "hedge_cycles_{date}.jsonl", text: JSON.stringify(memory.last) }],
};

const nothing: readonly never[] = [];
const info = (text: string): Line => ({ level: "info", text });
const warn = (text: string): Line => ({ level: "warn", text });

const phases = {
  idle: { zh: "等待开始", en: "waits to begin" },
  leg1: { zh: "第一腿挂单中", en: "first leg rests" },
  between: { zh: "两腿之间休眠", en: "pause between the legs" },
  hold: { zh: "持有至资金费结算", en: "kept through the settlement" },
  leg2: { zh: "第二腿挂单中", en: "second leg rests" },
  closing: { zh: "平仓中", en: "closing both sides" },
  sleep: { zh: "休眠", en: "pause after the cycle" },
} as const;

const names: Readonly<Record<string, string>> = { backpack: "BP", "aster-futures": "Aster", "aster-spot": "Aster" };
const nameOf = ({ id }: Instrument): string => names[exchangeOf(venueOf(id))] ?? venueOf(id);
const side = (which: "buy" | "sell", zh: boolean): string => (zh ? (which === "buy" ? "买入" : "卖出") : which);

function sidesOf(view: View, params: HedgeParams): Sides {
  const lead = view.instrument(params.lead);
  const hedge = view.instrument(params.hedge);
  return { lead, hedge, leadName: nameOf(lead), hedgeName: nameOf(hedge) };
}

function banner({ params, lang, view }: HedgeMoment): readonly Line[] {
  const { leadName, hedgeName } = sidesOf(view, params);
  const zh = lang === "zh";
  const line = "=".repeat(60);
  const pair = `${leadName} ${symbolOf(params.lead)} / ${hedgeName} ${symbolOf(params.hedge)}`;
  return [
    line,
    zh ? `对冲循环 ${pair}` : `hedge loop ${pair}`,
    zh
      ? `数量 ${params.quantity}  偏移 ${params.offsetPct}%  两腿间隔 ${seconds(params.betweenLegsMs)} 秒  轮间隔 ${seconds(params.cycleMs)} 秒`
      : `quantity ${params.quantity}  offset ${params.offsetPct} %  ${seconds(params.betweenLegsMs)} s between the legs  ${seconds(params.cycleMs)} s between cycles`,
    ...moneyHints(lang),
    line,
  ].map(info);
}

const seconds = (ms: number): number => ms / 1_000;

/** What is known to help with what was said. */
function troubles({ notes, lang }: HedgeMoment): readonly Line[] {
  return notes.flatMap(({ why }) => {
    const advice = adviceOn({ text: why }, lang);
    return advice === undefined ? [] : [warn(advice)];
  });
}

function fundingLine(view: View, params: HedgeParams, lang: "en" | "zh"): readonly string[] {
  const [next] = stampsOf(view, params) ?? [];
  return next === undefined ? [] : [fundingIn(lang, next.at, view.now, params.stopBeforeFundingMs)];
}

/** How far away a stamp is: the original's line, or the same in English. */
function fundingIn(lang: "en" | "zh", stamp: number, now: number, stopMs: number): string {
  if (lang === "zh") return fundingText(stamp, now, stopMs);
  const left = Math.max(0, Math.floor((stamp - now) / 1_000));
  const minutes = Math.floor(left / 60);
  const time = new Date(stamp).toISOString().slice(11, 16);
  return `${left * 1_000 > stopMs ? `${minutes} min` : `${minutes} min ${left % 60} s`} to the funding stamp at ${time} UTC`;
}

function ended({ memory, before, view, params, lang }: HedgeMoment): readonly Line[] {
  if (memory.last === before.last || memory.last === undefined) return nothing;
  return cycleLines(memory.last, sidesOf(view, params), lang).map(info);
}

/** While a stamp keeps the next cycle waiting: once at its beginning, then each minute, then that it has passed. */
function waits({ memory, before, event, view, params, lang }: HedgeMoment): readonly Line[] {
  const { waitsFor } = memory;
  if (waitsFor === undefined) {
    if (before.waitsFor === undefined || before.waitsFor > view.now) return nothing;
    return [info(lang === "zh" ? "资金费率时间已到，继续" : "the funding stamp has passed, on we go")];
  }
  const left = Math.floor((waitsFor - view.now) / 1_000);
  const isDue = before.waitsFor !== waitsFor || (event.type === "timer.fired" && left % 60 === 0);
  return isDue ? [warn(fundingIn(lang, waitsFor, view.now, params.stopBeforeFundingMs))] : nothing;
}

function begun({ memory, before, view, params, lang }: HedgeMoment): readonly Line[] {
  if (memory.cycle <= before.cycle) return nothing;
  const start = lang === "zh" ? "开始新一轮" : "begins";
  return [`[Cycle ${memory.cycle}] ${start}`, ...fundingLine(view, params, lang)].map(info);
}

const tag = (slot: string): string => (slot === "leg2" ? "[Leg2]" : "[Leg1]");

/** The order of the leg: where it rests, when it was taken, how long it has waited, where it moves. */
function resting({ memory, before, event, view, params, lang }: HedgeMoment): readonly Line[] {
  const zh = lang === "zh";
  const { lead } = sidesOf(view, params);
  const { quote } = memory;
  const lines: Line[] = [];
  if (quote !== undefined && quote.price !== before.quote?.price) {
    if (before.quote !== undefined)
      lines.push(
        info(
          `${tag(quote.slot)} ${zh ? "超时未成交，撤单重挂" : "not filled in time, moves"} ${priceText(lead, before.quote.price)} → ${priceText(lead, quote.price)}`,
        ),
      );
    const basis = memory.basis === undefined ? "?" : priceText(lead, ticks(Math.round(memory.basis)));
    lines.push(
      info(
        `${tag(quote.slot)} ${side(quote.side, zh)} ${sizeText(lead, quote.size)} @ ${priceText(lead, quote.price)} (${zh ? "基准价" : "from"} ${basis}, ${symbolOf(lead.id)})`,
      ),
    );
  }
  for (const order of view.orders(params.lead)) {
    const slot = order.slot.slice(order.slot.indexOf("/") + 1);
    if (!slot.startsWith("leg")) continue;
    if (event.type === "order.accepted" && event.clientId === order.clientId && order.state === "open")
      lines.push(info(`${tag(slot)} ${zh ? "挂单成功，开始监控订单" : "rests, watching order"} ${event.venueOrderId}`));
    if (event.type === "timer.fired" && order.state === "open")
      lines.push({
        level: "debug",
        text: `${tag(slot)} ${zh ? "已等待" : "waited"} ${Math.floor(seconds(view.now - order.placedAt))} ${zh ? "秒" : "s"}`,
      });
  }
  return lines;
}

/** Own trades: the leg's, then the hedge that they ask for, then the hedge's. */
function traded({ before, memory, view, params, lang }: HedgeMoment): readonly Line[] {
  const zh = lang === "zh";
  const { lead, hedge, hedgeName } = sidesOf(view, params);
  return view.fills().flatMap(({ slot, instrument, side: which, size, price, total }) => {
    const leg = slot === "leg2" || before.phase === "leg2" || before.phase === "closing" ? "[Leg2]" : "[Leg1]";
    if (instrument === params.hedge)
      return [
        info(
          `${leg} ${zh ? "对冲成交" : "hedged"}: ${hedgeName} ${symbolOf(hedge.id)} ${side(which, zh)} ${sizeText(hedge, size)} @ ${priceText(hedge, price)}`,
        ),
      ];
    const trade = `${side(which, zh)} ${sizeText(lead, size)} @ ${priceText(lead, price)}`;
    if (!slot.startsWith("leg")) return [info(`${leg} ${zh ? "回补/平仓" : "closed"}: ${trade}`)];
    const waited = Math.round(seconds(view.now - memory.since));
    return [
      info(
        `${leg} ${zh ? "已成交" : "filled"}: ${trade} (${zh ? "订单累计" : "of the order"} ${sizeText(lead, total)}, ${zh ? "用时" : "after"} ${waited} ${zh ? "秒" : "s"})`,
      ),
      info(
        `${leg} ${zh ? "开始对冲" : "hedging"}: ${hedgeName} ${symbolOf(hedge.id)} ${side(which === "buy" ? "sell" : "buy", zh)}`,
      ),
    ];
  });
}

/** Pauses, and everything that is out of the ordinary. */
function turned({ memory, before, params, lang, view }: HedgeMoment): readonly Line[] {
  const zh = lang === "zh";
  const lines: Line[] = [];
  if (memory.phase !== before.phase) {
    const pause =
      memory.phase === "between" ? params.betweenLegsMs : memory.phase === "sleep" ? params.cycleMs : undefined;
    if (pause !== undefined && before.phase !== "hold")
      lines.push(info(zh ? `休眠 ${seconds(pause)} 秒...` : `pauses for ${seconds(pause)} s ...`));
    if (memory.phase === "closing") lines.push(warn(zh ? "两边平仓" : "both sides are closed"));
    if (memory.phase === "hold")
      lines.push(info(`${phases.hold[lang]} ${new Date(memory.holdUntil).toISOString().slice(11, 16)} UTC`));
  }
  if (memory.unwinding !== undefined && before.unwinding === undefined)
    lines.push(warn(`${zh ? "未能对冲，回补主腿" : "not hedged, the lead is traded back"}: ${memory.unwinding.why}`));
  if (memory.refused !== undefined && memory.refused !== before.refused)
    lines.push({ level: "error", text: memory.refused });
  if (memory.pausedUntil > view.now && memory.pausedUntil !== before.pausedUntil)
    lines.push(
      warn(
        zh
          ? `连续 ${params.negativeEdgeLimit} 轮价差为负，暂停`
          : `${params.negativeEdgeLimit} cycles in a row with a negative edge: paused`,
      ),
    );
  if (memory.failed !== undefined && before.failed === undefined)
    lines.push({ level: "error", text: `${zh ? "停止" : "halted"}: ${memory.failed}` });
  return lines;
}
