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
  readonly instrument: (id: InstrumentId) => Instrument;
}

/** A strategy's own reason. Memory is plain data: amounts of money are text, so that only numbers and words are read. */
type Reason<Params, Memory> = (params: Params, memory: Memory, moment: Moment) => string | undefined;

/** Why a strategy of a kind waits; `undefined`: it does not say. */
export function ownReason(
  { use, params }: { readonly use: string; readonly params: unknown },
  memory: unknown,
  moment: Moment,
): string | undefined {
  const reason = Object.hasOwn(reasons, use) ? reasons[use] : undefined;
  return memory === undefined ? undefined : (reason as Reason<unknown, unknown> | undefined)?.(params, memory, moment);
}

/** `4 s`, `3 min`. */
function leftText(until: number, { now }: Moment): string {
  const seconds = Math.max(0, Math.ceil((until - now) / 1_000));
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

const maker: Reason<MakerParams, MakerMemory> = ({ spreadModel, quantity, maxPosition }, memory, moment) => {
  if (moment.now < memory.coolUntil) {
    const left = leftText(memory.coolUntil, moment);
    return `cools down after a stop loss, ${left} left`;
  }
  if (spreadModel.name !== "fixed" && (memory.sense?.watchedMs ?? 0) < spreadModel.warmUpMs) {
    const left = leftText(moment.now + spreadModel.warmUpMs - (memory.sense?.watchedMs ?? 0), moment);
    return `${spreadModel.name} watches the market before it quotes, ${left} left`;
  }
  if (memory.quotedAt === undefined && quantity === "auto") return "a balance that sizes are made of is not known";
  return memory.quotedAt === undefined
    ? undefined
    : `there is no room for an order on either side (at most ${maxPosition})`;
};

const grid: Reason<unknown, GridMemory> = (_, { over, anchor, stock, skips }) => {
  if (over !== undefined) return over;
  if (anchor === undefined) return "the lattice waits for the market and the balances";
  if (stock !== undefined) return "the stock is being bought";
  const [skip] = skips;
  return skip?.say ?? "every cell waits for the price";
};

const ladder: Reason<LadderParams, LadderMemory> = (params, memory, moment) => {
  const { phase, since, end, moving, ladder: rungs } = memory;
  if (phase === "restarting") {
    const left = leftText(since + params.restartDelayMs, moment);
    return `sold; a new ladder in ${left}`;
  }
  if (phase === "done" || phase === "stopped") return end ?? "the ladder is over";
  if (moving) return "the rungs come down for a new ladder";
  if (phase === "building" && rungs === undefined) return "waits for a price to hang the ladder from";
  if (phase === "monitoring") return "all is bought; waits for the price of its profit";
  return phase === "selling" ? "its buys must be gone before it sells" : undefined;
};

const hedge: Reason<HedgeParams, HedgeMemory> = (params, memory, moment) => {
  const { phase, since, failed, refused, unwinding, pausedUntil, waitsFor, holdUntil } = memory;
  if (failed !== undefined) return failed;
  if (unwinding !== undefined) return unwinding.why;
  const wait = (until: number, why: string) => `${why}, ${leftText(until, moment)} left`;
  switch (phase) {
    case "idle":
      if (moment.now < pausedUntil) return wait(pausedUntil, "paused after cycles with a negative edge");
      if (refused !== undefined) return refused;
      if (waitsFor !== undefined) return wait(waitsFor, "waits until the funding stamp has passed");
      return "waits until a cycle may begin: flat, funded, both books fresh";
    case "leg1":
    case "leg2":
      return `${phase}: waits until its orders are gone or its price is known`;
    case "between":
      return wait(since + params.betweenLegsMs, "pause between the legs");
    case "sleep":
      return wait(since + params.cycleMs, "pause after the cycle");
    case "hold":
      return wait(holdUntil, "keeps the pair through the settlement");
    case "closing":
      return "closes both sides once the resting orders are gone";
  }
};

const dualHedge: Reason<DualHedgeParams, DualHedgeMemory> = (params, memory, moment) => {
  const { phase, openedAt, since, size, cycles, prices } = memory;
  if (phase === "waiting") {
    const left = leftText((openedAt ?? since) + params.holdMs, moment);
    return `holds both positions, ${left} left`;
  }
  if (phase === "balancing" || phase === "unwinding") return "balances the accounts once the resting orders are gone";
  if (params.cycles > 0 && cycles >= params.cycles) return `${cycles} cycles are done`;
  const { minSize, base } = moment.instrument(params.long);
  if (size > 0 && size < minSize) return `${params.amount} buys less ${base} than the market trades`;
  return prices === undefined ? "waits for prices of both accounts" : undefined;
};

const single: Reason<SingleParams, SingleMemory> = (params, { bid, holding }, { instrument }) => {
  if (holding) return "the position comes first: its closing order is worked out";
  if (bid === undefined) return "waits for the market";
  const market = instrument(params.instrument);
  if (bid.size >= market.minSize) return undefined;
  const least = `${sizeText(market, market.minSize)} ${market.base}`;
  return `${params.amount} buys less than the smallest order, ${least}`;
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
