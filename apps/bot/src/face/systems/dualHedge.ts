// The screens of the dual-account hedge: phase, both positions, what is left of the wait, and what the cycles have cost.
import { type InstrumentId, priceText, sizeText, venueOf } from "@bp/core";
import type { DualHedgeMemory, DualHedgeParams, DualPhase } from "@bp/strategies";
import type { Line, Moment, SystemFace } from "../system.ts";
import { costLines } from "./cost.ts";
import { heldText } from "./held.ts";

type DualMoment = Moment<DualHedgeParams, DualHedgeMemory>;

/** What a user of `dual-hedge` sees. */
export const dualHedgeFace: SystemFace<DualHedgeParams, DualHedgeMemory> = {
  everyMs: 10_000,
  news: (moment) => {
    const { memory, before, event, view } = moment;
    if (memory === before && event.seq !== 1 && view.fills().length === 0) return nothing;
    return [...(event.seq === 1 ? [begun(moment)] : nothing), ...trades(moment), ...turned(moment)];
  },
  panel: (moment) => {
    const { view, params, memory, lang } = moment;
    const zh = lang === "zh";
    const account = (id: InstrumentId) => `${venueOf(id)} ${heldText(view, id, lang)}`;
    const left = remaining(moment);
    return [
      `${phases[memory.phase][lang]}${left === undefined ? "" : ` · ${zh ? "剩余" : "left"} ${left} s`}`,
      `${zh ? "持仓" : "positions"} ${account(params.long)} / ${account(params.short)}`,
      ...costLines(moment, memory.cycles),
    ];
  },
  final: (moment) => costLines(moment, moment.memory.cycles),
};

const nothing: readonly never[] = [];
const info = (text: string): Line => ({ level: "info", text });

const phases: Readonly<Record<DualPhase, { readonly zh: string; readonly en: string }>> = {
  opening: { zh: "开仓中 OPENING", en: "OPENING" },
  waiting: { zh: "等待中 WAITING", en: "WAITING" },
  closing: { zh: "平仓中 CLOSING", en: "CLOSING" },
  balancing: { zh: "对冲中 BALANCING", en: "BALANCING" },
  unwinding: { zh: "解除中 UNWINDING", en: "UNWINDING" },
};

/** Seconds until the pair is closed, with one decimal; `undefined` outside the wait. */
function remaining({ memory, params, view }: DualMoment): string | undefined {
  if (memory.phase !== "waiting") return undefined;
  const ms = (memory.openedAt ?? memory.since) + params.holdMs - view.now;
  return (Math.max(0, ms) / 1_000).toFixed(1);
}

function begun({ params, lang }: DualMoment): Line {
  return info(
    lang === "zh"
      ? `双账户对冲启动: 多 ${params.long}, 空 ${params.short}, 金额 ${params.amount}`
      : `dual hedge: long on ${params.long}, short on ${params.short}, ${params.amount} of quote each`,
  );
}

function trades({ view, lang }: DualMoment): readonly Line[] {
  const zh = lang === "zh";
  return view.fills().map(({ instrument, side, size, price, fee, feeAsset, slot }) => {
    const market = view.instrument(instrument);
    const word = zh ? (side === "buy" ? "买入" : "卖出") : side === "buy" ? "bought" : "sold";
    const hedge = slot.startsWith("hold:") ? (zh ? " (对冲)" : " (hedge)") : "";
    return info(
      `${venueOf(instrument)} ${word} ${sizeText(market, size)} ${market.base} @ ${priceText(market, price)}${hedge}, ${zh ? "手续费" : "fee"} ${fee} ${feeAsset}`,
    );
  });
}

function turned(moment: DualMoment): readonly Line[] {
  const { memory, before, params, view, lang } = moment;
  const zh = lang === "zh";
  const lines: Line[] = [];
  if (memory.cycles > before.cycles)
    lines.push(
      info(
        zh
          ? `第 ${memory.cycles} 个周期完成, 两账户均已平仓, 重置`
          : `cycle ${memory.cycles} completed, both accounts flat`,
      ),
    );
  if (memory.phase !== before.phase) {
    const [a, b] = [heldText(view, params.long, lang), heldText(view, params.short, lang)];
    lines.push(info(`${phases[memory.phase][lang]}: ${venueOf(params.long)} ${a}, ${venueOf(params.short)} ${b}`));
  }
  return lines;
}
