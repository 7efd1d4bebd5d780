// A loop of hedged trades: an order rests on one venue, each of its trades is hedged on another, and back again.
import { millis, type Strategy, type StrategyRemark } from "@bp/core";
import { stepped } from "./hedge/cycle.ts";
import type { HedgeMemory } from "./hedge/memory.ts";
import { noWallet } from "./hedge/pair.ts";
import { type HedgeParams, hedgeParams } from "./hedge/params.ts";
import { scaleOf } from "./hedge/scale.ts";
import { counted, noTotals, noTrades } from "./hedge/tally.ts";
import { textOf, touchesOf, watched } from "./hedge/watch.ts";
import { wishesOf } from "./hedge/wishes.ts";

/**
 * Sells (or buys) on the lead with an order that rests, hedges each of its trades at once on the other venue, waits, closes
 * both the same way, waits, and begins anew.
 *
 * The hedge is a wish to hold minus what the lead holds, so partial trades, cancel races and trades that are told late come
 * to the same. What is too little for the hedge's market waits for more. What is unhedged for `maxNakedMs` is traded back on
 * the lead; if it could have been hedged, or cannot be traded back within the same time, everything halts. After a halt
 * only the larger side is reduced to the smaller one.
 *
 * Nothing rests while either market or account is unknown. No cycle begins within `stopBeforeFundingMs` of a funding stamp
 * of either venue, as they say it at that moment.
 */
export const hedge: Strategy<HedgeParams, HedgeMemory> = {
  name: "hedge",
  params: hedgeParams,
  // A pair that is open lies on the side it was opened on; `maxNakedMs` is what the run's rules and its patience are made of.
  changeable: () => [
    "quantity",
    "offsetPct",
    "rounding",
    "postOnly",
    "legWaitMs",
    "legLimitMs",
    "betweenLegsMs",
    "cycleMs",
    "cycles",
    "stopBeforeFundingMs",
    "fundingPolicy",
    "slippagePct",
    "minEdgePct",
    "negativeEdgeLimit",
    "edgePauseMs",
    "reconcile",
    "carry",
    "xemm",
    "staleMs",
  ],
  instruments: ({ lead, hedge: other }) => [lead, other],
  start: () => ({
    phase: "idle",
    since: millis(0),
    cycle: 0,
    beganAt: millis(0),
    quote: undefined,
    quotedAt: millis(0),
    basis: undefined,
    pair: { lead: 0, hedge: 0 },
    blind: true,
    dark: true,
    nakedSince: undefined,
    unwinding: undefined,
    unwinds: 0,
    others: { lead: 0, hedge: 0 },
    goneSince: undefined,
    gone: { lead: 0, hedge: 0 },
    failed: undefined,
    wallets: { lead: noWallet, hedge: noWallet },
    trades: noTrades,
    negativeEdge: false,
    negatives: 0,
    pausedUntil: millis(0),
    waitsFor: undefined,
    holdUntil: millis(0),
    refused: undefined,
    earned: undefined,
    last: undefined,
    totals: noTotals,
  }),
  remember: (memory, event, view, params) => {
    const scale = scaleOf(params, view);
    const touches = touchesOf(view, params);
    const seen = watched(counted(memory, view, params, scale), event, view, params, scale, touches);
    if (seen.blind || seen.failed !== undefined || view.halted !== undefined || isDone(seen, params)) return seen;
    return stepped(seen, { view, params, scale, touches, changed: event.type === "params.changed" });
  },
  want: (view, memory, params) => wishesOf(memory, view, params, scaleOf(params, view), touchesOf(view, params)),
  remarks: (view, memory, params) => {
    const said: StrategyRemark[] = [];
    const { failed, unwinding, refused, pausedUntil } = memory;
    if (refused !== undefined) said.push({ topic: "check", say: refused, alert: true });
    if (unwinding !== undefined) said.push({ topic: "naked", say: `traded back: ${unwinding.why}`, alert: true });
    if (failed !== undefined) {
      const left = textOf(memory.pair, scaleOf(params, view));
      said.push({ topic: "failed", say: `${failed}; left: ${left}`, alert: true });
    }
    if (view.now < pausedUntil)
      said.push({
        topic: "edge",
        say: `${params.negativeEdgeLimit} cycles in a row cost more than they brought: paused for ${params.edgePauseMs / 1_000} s`,
        alert: true,
      });
    return said;
  },
  ends: (_, memory, params) => {
    if (memory.failed !== undefined) return { kind: "halt", why: memory.failed };
    return isDone(memory, params) ? { kind: "done", why: `${memory.cycle} cycles` } : undefined;
  },
};

function isDone({ phase, cycle }: HedgeMemory, { cycles }: HedgeParams): boolean {
  return cycles > 0 && cycle >= cycles && phase === "sleep";
}
