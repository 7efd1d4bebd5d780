// Two accounts of one owner: one long, one short, the same size; opened, held, closed, again. Volume, not profit.
import { type InstrumentId, type Intent, lots, type Quote, type Side, type Strategy, type View } from "@bp/core";
import { holdAt } from "./caps.ts";
import { type DualHedgeMemory, nothingYet, type Pair, pairOf, tradable } from "./dualHedge/memory.ts";
import { type DualHedgeParams, dualHedgeParams } from "./dualHedge/params.ts";
import { next, touchOfPair } from "./dualHedge/phases.ts";
import { percent } from "./fraction.ts";
import { mayReduce } from "./reduce.ts";
import type { Touch } from "./touch.ts";

/**
 * Opens a long position on one account and a short one of the same size on the other, holds both for `holdMs`, closes both.
 *
 * Both legs rest post-only at the touch, wished in one step. A leg that fills alone is balanced on the other account once
 * the resting orders are gone: within a quarter of `maxNakedMs` after the first difference, at once when it is whole. If
 * that has not worked after half of it, the leg that is ahead is taken back; if the accounts still differ after
 * `maxNakedMs` and as long again, everything stops and a person is told. No decision is made while one of the positions
 * or the book is unknown, and no order is taken for filled that has only vanished: positions and trades alone count.
 *
 * Orders of the two accounts never meet: legs stand on both sides of one touch, a balancing order waits until no order of
 * either account is left, and the engine and the rule `own-cross` see both accounts as one market.
 */
export const dualHedge: Strategy<DualHedgeParams, DualHedgeMemory> = {
  name: "dual-hedge",
  params: dualHedgeParams,
  // The pair that is open goes on with its own size; `maxNakedMs` is what the run's rules and its patience are made of.
  changeable: () => ["amount", "holdMs", "openTimeoutMs", "closeTimeoutMs", "repriceMs", "slippagePct", "staleMs"],
  instruments: ({ long, short }) => [long, short],
  start: () => nothingYet,
  remember: next,
  want: (view, memory, params) => {
    const pair = pairOf(view, params);
    const touch = touchOfPair(view, params);
    if (pair === undefined || touch === undefined) return nothing;
    switch (memory.phase) {
      case "waiting":
        return nothing;
      case "balancing":
      case "unwinding":
        return balancing(view, memory, params, pair, touch);
      case "opening":
        return isDone(memory, params) ? nothing : legs(view, memory, params, opening(memory, pair));
      case "closing": {
        const late = memory.prices !== undefined && view.now - memory.since >= params.closeTimeoutMs;
        if (late) return closeNow(view, memory, params, pair, touch);
        return legs(view, memory, params, { long: pair.long, short: -pair.short });
      }
    }
  },
  remarks: (view, memory, params) => {
    const { minSize, base } = view.instrument(params.long);
    if (memory.size > 0 && memory.size < minSize)
      return [{ topic: "size", say: `${params.amount} buys less ${base} than the market trades`, alert: true }];
    if (memory.phase !== "unwinding") return nothing;
    return [{ topic: "naked", say: "one account is ahead of the other and is being taken back", alert: true }];
  },
  ends: (view, memory, params) => {
    const { nakedSince } = memory;
    if (nakedSince !== undefined && view.now - nakedSince >= 2 * params.maxNakedMs)
      return {
        kind: "halt",
        why: `the accounts have differed for ${view.now - nakedSince} ms and could not be balanced`,
      };
    return isDone(memory, params) ? { kind: "done", why: `${memory.cycles} cycles` } : undefined;
  },
};

const nothing: readonly never[] = [];

function isDone({ phase, cycles }: DualHedgeMemory, params: DualHedgeParams): boolean {
  return params.cycles > 0 && cycles >= params.cycles && phase === "opening";
}

/** What is left to open on each account, in lots. */
function opening({ size }: DualHedgeMemory, { long, short }: Pair): { readonly long: number; readonly short: number } {
  return { long: size - long, short: size + short };
}

/** Both legs at their prices; one that is whole wishes nothing more. */
function legs(
  view: View,
  { phase, prices }: DualHedgeMemory,
  params: DualHedgeParams,
  left: { readonly long: number; readonly short: number },
): readonly Intent[] {
  if (prices === undefined) return nothing;
  const closes = phase === "closing";
  const leg = (instrument: InstrumentId, slot: string, side: Side, which: "long" | "short"): readonly Quote[] => {
    const size = lots(left[which]);
    if (size < view.instrument(instrument).minSize) return nothing;
    const reduceOnly = closes && mayReduce(view, instrument, side);
    return [{ kind: "quote", instrument, slot, side, price: prices[which], size, postOnly: true, reduceOnly }];
  };
  return [
    ...leg(params.long, closes ? "close.long" : "open.long", closes ? "sell" : "buy", "long"),
    ...leg(params.short, closes ? "close.short" : "open.short", closes ? "buy" : "sell", "short"),
  ];
}

/** Brings both accounts to equal sizes, once no leg rests any more: what still rests could fill on top of it. */
function balancing(
  view: View,
  memory: DualHedgeMemory,
  params: DualHedgeParams,
  pair: Pair,
  touch: Touch,
): readonly Intent[] {
  if (isResting(view, memory) || !tradable(view, params, pair.net)) return nothing;
  // Ahead is the account with more; opening, the other one follows it, else (and when that failed) it goes back.
  const longIsAhead = pair.net > 0;
  const forward = memory.phase === "balancing" && memory.towards === "open";
  const moves = longIsAhead === forward ? "short" : "long";
  const why = forward ? "hedges the account that is ahead" : "takes back the account that is ahead";
  if (moves === "short") return hold(view, params, "short", pair.short, -pair.long, touch, why);
  return hold(view, params, "long", pair.long, -pair.short, touch, why);
}

/** The close has taken too long: what is left is closed with orders that take, the larger side first. */
function closeNow(
  view: View,
  memory: DualHedgeMemory,
  params: DualHedgeParams,
  pair: Pair,
  touch: Touch,
): readonly Intent[] {
  if (isResting(view, memory)) return nothing;
  return [
    ...hold(view, params, "long", pair.long, 0, touch, "closing took too long"),
    ...hold(view, params, "short", pair.short, 0, touch, "closing took too long"),
  ];
}

function hold(
  view: View,
  params: DualHedgeParams,
  which: "long" | "short",
  held: number,
  position: number,
  touch: Touch,
  why: string,
): readonly Intent[] {
  if (!tradable(view, params, position - held)) return nothing;
  return [holdAt(params[which], touch, held, position, percent(params.slippagePct), why)];
}

/**
 * Whether a leg of ours may still rest at a venue. One in doubt that can only reduce keeps nothing waiting: it can never
 * close more than there is. When time is short (`unwinding`) none in doubt does, since what comes of it later is seen and
 * taken back in its turn.
 */
function isResting(view: View, { phase }: DualHedgeMemory): boolean {
  for (const { slot, state, reduceOnly } of view.orders()) {
    if (slot.includes("/hold:")) continue;
    if (state !== "unknown" || (phase !== "unwinding" && !reduceOnly)) return true;
  }
  return false;
}
