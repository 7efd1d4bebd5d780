// What each strategy waits for by itself, in plain words: read from what it remembers, as an explained decision tells it.
import { type Instrument, type InstrumentId, sizeText } from "@bp/core";
import type {
  DualHedgeMemory,
  DualHedgeParams,
  GridMemory,
  HedgeMemory,
  HedgeParams,
  LadderMemory,
  LadderParams,
  MakerMemory,
  MakerParams,
  SingleMemory,
  SingleParams,
} from "@bp/strategies";

/** What is known beside parameters and memory. */
export interface Moment {
  readonly now: number;
  readonly lang: "en" | "zh";
  readonly instrument: (id: InstrumentId) => Instrument;
}

/** A strategy's own reason. Memory is plain data: amounts of money are text, so that only numbers and words are read. */
type Reason<Params, Memory> = (params: Params, memory: Memory, moment: Moment, say: Say) => string | undefined;
type Say = (en: string, zh: string) => string;

/** Why a strategy of a kind waits; `undefined`: it does not say. */
export function ownReason(
  { use, params }: { readonly use: string; readonly params: unknown },
  memory: unknown,
  moment: Moment,
): string | undefined {
  const reason = Object.hasOwn(reasons, use) ? reasons[use] : undefined;
  const say: Say = (en, zh) => (moment.lang === "zh" ? zh : en);
  return memory === undefined
    ? undefined
    : (reason as Reason<unknown, unknown> | undefined)?.(params, memory, moment, say);
}

/** `4 s`, `3 min`. */
function leftText(until: number, { now, lang }: Moment): string {
  const seconds = Math.max(0, Math.ceil((until - now) / 1_000));
  if (seconds < 120) return lang === "zh" ? `${seconds} 秒` : `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return lang === "zh" ? `${minutes} 分钟` : `${minutes} min`;
}

const maker: Reason<MakerParams, MakerMemory> = ({ spreadModel, quantity, maxPosition }, memory, moment, say) => {
  if (moment.now < memory.coolUntil) {
    const left = leftText(memory.coolUntil, moment);
    return say(`cools down after a stop loss, ${left} left`, `止损后冷却中，剩余 ${left}`);
  }
  if (spreadModel.name !== "fixed" && (memory.sense?.watchedMs ?? 0) < spreadModel.warmUpMs) {
    const left = leftText(moment.now + spreadModel.warmUpMs - (memory.sense?.watchedMs ?? 0), moment);
    return say(
      `${spreadModel.name} watches the market before it quotes, ${left} left`,
      `${spreadModel.name} 报价前观察市场，剩余 ${left}`,
    );
  }
  if (memory.quotedAt === undefined && quantity === "auto")
    return say("a balance that sizes are made of is not known", "计算下单量所需的余额未知");
  return memory.quotedAt === undefined
    ? undefined
    : say(
        `there is no room for an order on either side (at most ${maxPosition})`,
        `两侧都没有下单空间（上限 ${maxPosition}）`,
      );
};

const grid: Reason<unknown, GridMemory> = (_, { over, anchor, stock, skips }, __, say) => {
  if (over !== undefined) return over;
  if (anchor === undefined) return say("the lattice waits for the market and the balances", "网格等待行情与余额");
  if (stock !== undefined) return say("the stock is being bought", "正在建立底仓");
  const [skip] = skips;
  return skip?.say ?? say("every cell waits for the price", "所有网格等待价格");
};

const ladder: Reason<LadderParams, LadderMemory> = (params, memory, moment, say) => {
  const { phase, since, end, moving, ladder: rungs } = memory;
  if (phase === "restarting") {
    const left = leftText(since + params.restartDelayMs, moment);
    return say(`sold; a new ladder in ${left}`, `已卖出，${left}后重新建立`);
  }
  if (phase === "done" || phase === "stopped") return end ?? say("the ladder is over", "阶梯已结束");
  if (moving) return say("the rungs come down for a new ladder", "正在撤单以重建阶梯");
  if (phase === "building" && rungs === undefined)
    return say("waits for a price to hang the ladder from", "等待用于建立阶梯的价格");
  if (phase === "monitoring") return say("all is bought; waits for the price of its profit", "已全部买入，等待止盈价");
  return phase === "selling" ? say("its buys must be gone before it sells", "卖出前等待买单撤销") : undefined;
};

const hedge: Reason<HedgeParams, HedgeMemory> = (params, memory, moment, say) => {
  const { phase, since, failed, refused, unwinding, pausedUntil, waitsFor, holdUntil } = memory;
  if (failed !== undefined) return failed;
  if (unwinding !== undefined) return unwinding.why;
  const wait = (until: number, en: string, zh: string) => {
    const left = leftText(until, moment);
    return say(`${en}, ${left} left`, `${zh}，剩余 ${left}`);
  };
  switch (phase) {
    case "idle":
      if (moment.now < pausedUntil)
        return wait(pausedUntil, "paused after cycles with a negative edge", "价差连续为负，暂停");
      if (refused !== undefined) return refused;
      if (waitsFor !== undefined) return wait(waitsFor, "waits until the funding stamp has passed", "等待资金费结算");
      return say(
        "waits until a cycle may begin: flat, funded, both books fresh",
        "等待开始新一轮：空仓、资金充足、两边盘口有效",
      );
    case "leg1":
    case "leg2":
      return say(`${phase}: waits until its orders are gone or its price is known`, `${phase}：等待订单撤销或价格确定`);
    case "between":
      return wait(since + params.betweenLegsMs, "pause between the legs", "两腿之间休眠");
    case "sleep":
      return wait(since + params.cycleMs, "pause after the cycle", "本轮结束后休眠");
    case "hold":
      return wait(holdUntil, "keeps the pair through the settlement", "持有至资金费结算");
    case "closing":
      return say("closes both sides once the resting orders are gone", "等待挂单撤销后两边平仓");
  }
};

const dualHedge: Reason<DualHedgeParams, DualHedgeMemory> = (params, memory, moment, say) => {
  const { phase, openedAt, since, size, cycles, prices } = memory;
  if (phase === "waiting") {
    const left = leftText((openedAt ?? since) + params.holdMs, moment);
    return say(`holds both positions, ${left} left`, `持有双边仓位，剩余 ${left}`);
  }
  if (phase === "balancing" || phase === "unwinding")
    return say("balances the accounts once the resting orders are gone", "等待挂单撤销后对冲");
  if (params.cycles > 0 && cycles >= params.cycles) return say(`${cycles} cycles are done`, `已完成 ${cycles} 个周期`);
  const { minSize, base } = moment.instrument(params.long);
  if (size > 0 && size < minSize)
    return say(
      `${params.amount} buys less ${base} than the market trades`,
      `${params.amount} 买不到最小下单量的 ${base}`,
    );
  return prices === undefined ? say("waits for prices of both accounts", "等待两个账户的价格") : undefined;
};

const single: Reason<SingleParams, SingleMemory> = (params, { bid, holding }, { instrument }, say) => {
  if (holding) return say("the position comes first: its closing order is worked out", "优先平仓");
  if (bid === undefined) return say("waits for the market", "等待行情");
  const market = instrument(params.instrument);
  if (bid.size >= market.minSize) return undefined;
  const least = `${sizeText(market, market.minSize)} ${market.base}`;
  return say(
    `${params.amount} buys less than the smallest order, ${least}`,
    `${params.amount} 低于最小下单量 ${least}`,
  );
};

/** Each is given what its own strategy takes and remembers. */
const reasons: Readonly<Record<string, Reason<never, never>>> = {
  "dual-hedge": dualHedge,
  grid,
  hedge,
  ladder,
  maker,
  single,
};
