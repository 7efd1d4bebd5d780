// The pair is watched in every phase: whether it is known, whether it is equal, and whether it is still there.
import { type Event, lots, sizeText, type View } from "@bp/core";
import { touchOf } from "../touch.ts";
import type { HedgeMemory, Pair } from "./memory.ts";
import {
  atomsOf,
  feeAtoms,
  goneFrom,
  hasOrders,
  hedgeTrade,
  heldBy,
  isInDoubt,
  leadTrade,
  lotOf,
  type PairSide,
  type Touches,
} from "./pair.ts";
import type { HedgeParams } from "./params.ts";
import type { Scale } from "./scale.ts";

/** A hedge that was sent may be on its way for so long before the lead is traded back instead, in ms. */
const stepMs = 1_000;
/** What is gone must be gone for so long before it counts, unless the engine is sure, in ms: lists of a venue lag. */
const sureMs = 2_000;
/** So often in one cycle a lead is traded back before a person has to look. */
const mostUnwinds = 5;

/** Both markets as far as they can be trusted. */
export function touchesOf(view: View, { lead, hedge, staleMs }: HedgeParams): Touches {
  return {
    lead: touchOf(view, { instrument: lead, staleMs }),
    hedge: touchOf(view, { instrument: hedge, staleMs }),
  };
}

/** Folds what is held, and starts, keeps or stops the clock of what is naked. */
export function watched(
  memory: HedgeMemory,
  event: Event,
  view: View,
  params: HedgeParams,
  scale: Scale,
  touches: Touches,
): HedgeMemory {
  const resumed = event.type === "operator.asked" && event.ask === "resume" ? afresh(memory, view) : memory;
  const seen = see(resumed, view, params, scale);
  const missed = missing(seen, view, params, scale);
  return clocked(missed, view, params, scale, touches);
}

/** A person has looked: what is open is closed, then the loop goes on. */
function afresh(memory: HedgeMemory, view: View): HedgeMemory {
  if (memory.failed === undefined) return memory;
  return {
    ...memory,
    failed: undefined,
    goneSince: undefined,
    unwinding: undefined,
    nakedSince: undefined,
    unwinds: 0,
    quote: undefined,
    phase: "closing",
    since: view.now,
  };
}

function see(memory: HedgeMemory, view: View, params: HedgeParams, scale: Scale): HedgeMemory {
  const lead = heldBy("lead", view, memory, params, scale);
  const hedge = heldBy("hedge", view, memory, params, scale);
  const dark = lead === undefined;
  const blind = dark || hedge === undefined;
  const pair = fresh(memory.pair, {
    lead: lead ?? believed("lead", memory, view, params, scale),
    hedge: hedge ?? believed("hedge", memory, view, params, scale),
  });
  const others = blind || !isQuiet(view, params) ? memory.others : othersNow(memory, view, params);
  if (pair === memory.pair && blind === memory.blind && dark === memory.dark && others === memory.others) return memory;
  // Nothing could be done about the lead while it was out of sight: its clocks begin anew.
  const seen = memory.blind && !blind;
  const back = seen || (memory.dark && !dark);
  const { unwinding } = memory;
  const unequal = pair.lead + pair.hedge;
  const manual =
    seen && memory.cycle > 0 && params.reconcile === "manual" && Math.abs(unequal) > feeAtoms(memory, scale)
      ? `after a time out of sight the pair is unequal: ${textOf(pair, scale)}`
      : undefined;
  return {
    ...memory,
    pair,
    blind,
    dark,
    others,
    nakedSince: back && memory.nakedSince !== undefined ? view.now : memory.nakedSince,
    unwinding: back && unwinding !== undefined ? { ...unwinding, since: view.now } : unwinding,
    failed: memory.failed ?? manual,
  };
}

/** What a side that is out of sight holds, in atoms: as before, and own trades that are told meanwhile. */
function believed(side: PairSide, memory: HedgeMemory, view: View, params: HedgeParams, scale: Scale): number {
  if (scale[side].kind === "spot") return atomsOf(memory.wallets[side].base, scale); // they have been counted already
  let sum = memory.pair[side];
  for (const fill of view.fills())
    if (fill.instrument === params[side]) sum += (fill.side === "buy" ? fill.size : -fill.size) * lotOf(side, scale);
  return sum;
}

const fresh = (before: Pair, now: Pair): Pair =>
  before.lead === now.lead && before.hedge === now.hedge ? before : now;

/** Nothing of ours is held or works: whatever the accounts hold is somebody else's. */
function isQuiet(view: View, { lead, hedge }: HedgeParams): boolean {
  return view.position(lead) === 0 && view.position(hedge) === 0 && !hasOrders(view, lead) && !hasOrders(view, hedge);
}

function othersNow({ others }: HedgeMemory, view: View, params: HedgeParams): HedgeMemory["others"] {
  const lead = view.external(params.lead) ?? 0;
  const hedge = view.external(params.hedge) ?? 0;
  return lead === others.lead && hedge === others.hedge ? others : { lead, hedge };
}

/** A liquidation, or another hand: once it is certain, the pair is taken down to what both sides still hold. */
function missing(memory: HedgeMemory, view: View, params: HedgeParams, scale: Scale): HedgeMemory {
  if (memory.blind) return memory;
  const seems = { lead: gone("lead", view, memory, params, scale), hedge: gone("hedge", view, memory, params, scale) };
  const certain = {
    lead: Math.min(seems.lead, memory.gone.lead),
    hedge: Math.min(seems.hedge, memory.gone.hedge),
  };
  const side = (["hedge", "lead"] as const).find((each) => seems[each] > certain[each]);
  if (side === undefined) {
    const same = certain.lead === memory.gone.lead && certain.hedge === memory.gone.hedge;
    if (same && memory.goneSince === undefined) return memory;
    return { ...memory, goneSince: undefined, gone: certain };
  }
  const since = memory.goneSince ?? view.now;
  if (view.halted === undefined && view.now - since < sureMs)
    return memory.goneSince === undefined ? { ...memory, goneSince: since } : memory;
  const { id, base } = scale[side];
  const why = `${sizeText(scale[side], lots(seems[side]))} ${base} of ${id} are gone without an order of ours`;
  return see({ ...memory, goneSince: undefined, gone: seems, failed: memory.failed ?? why }, view, params, scale);
}

function gone(side: PairSide, view: View, memory: HedgeMemory, params: HedgeParams, scale: Scale): number {
  return scale[side].kind === "perp" ? goneFrom(side, view, memory, params) : 0;
}

/** Whether a trade is without its hedge, and something can be done about it. */
function isNaked(memory: HedgeMemory, scale: Scale, touches: Touches): boolean {
  const { pair } = memory;
  const open = Math.abs(pair.lead + pair.hedge);
  if (open === 0) return false;
  if (hedgeTrade(pair, scale, touches) !== undefined) return true;
  if (open <= feeAtoms(memory, scale)) return false;
  return touches.lead === undefined || touches.hedge === undefined || leadTrade(pair, scale, touches) !== undefined;
}

function clocked(memory: HedgeMemory, view: View, params: HedgeParams, scale: Scale, touches: Touches): HedgeMemory {
  if (!isNaked(memory, scale, touches)) return dressed(memory);
  const { nakedSince = view.now, unwinding, pair } = memory;
  const ticking = nakedSince === memory.nakedSince ? memory : { ...memory, nakedSince };
  if (memory.failed !== undefined || view.halted !== undefined) return ticking;
  if (memory.dark) return ticking; // nothing can be traded back, and nothing is concluded of a time in which nobody could look
  if (unwinding !== undefined) {
    if (view.now - unwinding.since < params.maxNakedMs) return ticking;
    return { ...ticking, failed: `${textOf(pair, scale)}: neither hedged nor traded back in time` };
  }
  const tooSmall = touches.hedge !== undefined && hedgeTrade(pair, scale, touches) === undefined;
  // No order of the lead is left that could bring the rest: waiting would help nothing.
  const hopeless = tooSmall && memory.quote === undefined && !hasOrders(view, params.lead);
  const isEarly = view.now - nakedSince < params.maxNakedMs && !hopeless;
  if (isEarly || isHedging(view, params)) return ticking;
  const why = tooSmall
    ? `${textOf(pair, scale)}: too little to hedge${hopeless ? "" : ` for ${params.maxNakedMs / 1_000} s`}`
    : `${textOf(pair, scale)}: not hedged within ${params.maxNakedMs / 1_000} s`;
  return { ...ticking, quote: undefined, unwinding: { since: view.now, why, failed: !tooSmall } };
}

/** Whether a hedge was sent just now and its answer is still to come, however long where nobody can look. */
function isHedging(view: View, params: HedgeParams): boolean {
  if (isInDoubt(view, params)) return true;
  const { hedge } = params;
  for (const { placedAt } of view.orders(hedge)) if (view.now - placedAt < stepMs) return true;
  return false;
}

/** The pair is equal, as far as it can be. */
function dressed(memory: HedgeMemory): HedgeMemory {
  const { nakedSince, unwinding } = memory;
  if (nakedSince === undefined && unwinding === undefined) return memory;
  const clean = { ...memory, nakedSince: undefined, unwinding: undefined };
  if (unwinding === undefined) return clean;
  const unwinds = memory.unwinds + 1;
  const often = unwinds >= mostUnwinds ? `traded back ${unwinds} times in one cycle` : undefined;
  return { ...clean, unwinds, failed: memory.failed ?? (unwinding.failed ? unwinding.why : often) };
}

/** What both sides hold, for a person. */
export function textOf({ lead, hedge }: Pair, { lead: first, hedge: second, leadLot, hedgeLot }: Scale): string {
  const text = (atoms: number, lot: number, of: typeof first) => sizeText(of, lots(Math.trunc(atoms / lot)));
  return `${first.id} ${text(lead, leadLot, first)}, ${second.id} ${text(hedge, hedgeLot, second)}`;
}
