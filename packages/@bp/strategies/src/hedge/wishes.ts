// What should be true now: the hedge equal to the lead, and the leg's order where it belongs.
import { type Hold, type Intent, lots, type View } from "@bp/core";
import { holdAt } from "../caps.ts";
import type { HedgeMemory } from "./memory.ts";
import { hedgeTrade, isInDoubt, leadTrade, reduction, type Touches, type Trade, tradeTo } from "./pair.ts";
import type { HedgeParams } from "./params.ts";
import type { Scale } from "./scale.ts";

const nothing: readonly never[] = [];

/** All wishes of the loop. The hedge comes first. */
export function wishesOf(
  memory: HedgeMemory,
  view: View,
  params: HedgeParams,
  scale: Scale,
  touches: Touches,
): readonly Intent[] {
  const { pair, unwinding, failed } = memory;
  const unknown = isInDoubt(view, params);
  const act = (trade: Trade | undefined, why: string) => holdOf(trade, view, params, scale, touches, why);
  if (failed !== undefined || view.halted !== undefined)
    return unknown
      ? nothing
      : reduction(pair, scale, touches).flatMap((trade) => act(trade, failed ?? "halted: down to what is hedged"));
  if (unwinding !== undefined) {
    if (unknown) return nothing;
    const back = leadTrade(pair, scale, touches);
    const isLarger = Math.abs(pair.lead) >= Math.abs(pair.hedge);
    const trade = unwinding.failed || isLarger ? back : (hedgeTrade(pair, scale, touches) ?? back);
    return act(trade, unwinding.why);
  }
  const hedged = act(hedgeTrade(pair, scale, touches), "hedge of the lead's trades");
  if (memory.phase === "closing" && touches.hedge !== undefined)
    return [...hedged, ...act(tradeTo("lead", 0, pair, scale, touches), "close the pair")];
  const { quote } = memory;
  if (
    quote === undefined ||
    memory.blind ||
    memory.goneSince !== undefined ||
    touches.lead === undefined ||
    touches.hedge === undefined
  )
    return hedged;
  return hedged.length === 0 ? single(quote) : [...hedged, quote];
}

/** The same array for the same quote, so that an unchanged wish is seen as unchanged. */
const singles = new WeakMap<Intent, readonly Intent[]>();
function single(quote: Intent): readonly Intent[] {
  let found = singles.get(quote);
  if (found === undefined) {
    found = [quote];
    singles.set(quote, found);
  }
  return found;
}

function holdOf(
  trade: Trade | undefined,
  view: View,
  params: HedgeParams,
  { slippage }: Scale,
  touches: Touches,
  why: string,
): readonly Hold[] {
  if (trade === undefined) return nothing;
  const id = params[trade.side];
  const own = view.position(id);
  const touch = touches[trade.side];
  if (own === undefined || touch === undefined) return nothing;
  return [holdAt(id, touch, own, lots(own + trade.size), slippage, why)];
}
