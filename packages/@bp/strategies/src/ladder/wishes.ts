// What should be true now: rungs that rest, or a sale.
import { type Intent, lots, type OrderView, type Quote, type Ticks, ticks, type View } from "@bp/core";
import { minimumSize } from "../minimum.ts";
import { mayReduce } from "../reduce.ts";
import { type LadderMemory, leftOf, rungSlot, saleSlot } from "./memory.ts";
import type { LadderParams } from "./params.ts";
import type { LadderMarket } from "./prices.ts";
import { passiveBelow, type Rung } from "./rungs.ts";
import { worstOf } from "./sale.ts";

const nothing: readonly never[] = [];

/** The whole wish; the same intents again where nothing has changed. */
export function wishedNow(
  memory: LadderMemory,
  view: View,
  params: LadderParams,
  market: LadderMarket,
): readonly Intent[] {
  switch (memory.phase) {
    case "building":
    case "monitoring":
      return rungQuotes(memory, view, params, market);
    case "selling":
      return saleOf(memory, view, params, market);
    case "restarting":
    case "done":
    case "stopped":
      return nothing;
  }
}

/** Orders of ours by their slot. */
export function liveOf(view: View, { instrument }: LadderParams): ReadonlyMap<string, OrderView> {
  const live = new Map<string, OrderView>();
  for (const order of view.orders(instrument)) live.set(order.slot.slice(order.slot.indexOf("/") + 1), order);
  return live;
}

function rungQuotes(
  { ladder, filled, moving, drop }: LadderMemory,
  view: View,
  params: LadderParams,
  { touch }: LadderMarket,
): readonly Intent[] {
  if (ladder === undefined || moving || (drop !== undefined && params.onMaxDrop === "hold")) return nothing;
  const instrument = view.instrument(params.instrument);
  const live = liveOf(view, params);
  const top = passiveBelow(touch.ask[0], params, instrument);
  return ladder.rungs.flatMap((rung): readonly Quote[] => {
    const order = live.get(rungSlot(rung.index));
    const rests = order !== undefined && order.price <= rung.price;
    const price = rests ? order.price : ticks(Math.min(rung.price, top));
    const size = sizeAt(rung, filled, price);
    if (size <= 0 || price < 1 || (!rests && size < minimumSize(instrument, price))) return nothing;
    return [
      {
        kind: "quote",
        instrument: instrument.id,
        slot: rungSlot(rung.index),
        side: "buy",
        price,
        size: lots(size),
        postOnly: true,
      },
    ];
  });
}

/** What of a rung may still be bought at a price: neither more lots nor more money than it was planned with. */
function sizeAt(rung: Rung, filled: LadderMemory["filled"], price: Ticks): number {
  const left = leftOf(rung, filled);
  const budget = rung.price * rung.size - (filled[rung.index]?.units ?? 0);
  return Math.min(left, Math.floor(budget / price));
}

/**
 * A stop trades at once, again and again, within the cap. A sale for profit takes what is bid at its floor or above and rests
 * the remainder at the profit's price. Never both: together they would sell more than there is.
 */
function saleOf(
  { sale, targets }: LadderMemory,
  view: View,
  params: LadderParams,
  { touch }: LadderMarket,
): readonly Intent[] {
  const held = view.position(params.instrument);
  if (held === undefined || sale === undefined) return nothing;
  const instrument = view.instrument(params.instrument);
  const live = liveOf(view, params);
  const rests = live.has(saleSlot);
  const bid = touch.bid[0];
  const reduces = mayReduce(view, instrument.id, "sell");
  const worst = worstOf({ gives: sale.gives, targets }, params, bid);
  const isEnough = held >= minimumSize(instrument, worst, reduces);
  const taking = live.has(`hold:${instrument.id}`);
  const take: readonly Intent[] = [
    { kind: "hold", instrument: instrument.id, position: lots(0), worst, why: sale.why },
  ];
  if (sale.gives) return rests || !isEnough ? nothing : take;
  if (targets === undefined) return nothing;
  if (!rests && (taking || (bid >= worst && isEnough))) return take;
  if (held < (rests ? 1 : minimumSize(instrument, targets.takeProfit, reduces))) return nothing;
  return [
    {
      kind: "quote",
      instrument: instrument.id,
      slot: saleSlot,
      side: "sell",
      price: targets.takeProfit,
      size: held,
      postOnly: true,
      ...(reduces ? { reduceOnly: true } : {}),
    },
  ];
}

/** The old wish where the new one says the same, intent by intent. */
export function kept(before: readonly Intent[], now: readonly Intent[]): readonly Intent[] {
  const next = now.map((intent) => before.find((each) => isSame(each, intent)) ?? intent);
  return next.length === before.length && next.every((intent, at) => intent === before[at]) ? before : next;
}

function isSame(a: Intent, b: Intent): boolean {
  if (a.kind === "quote")
    return (
      b.kind === "quote" &&
      a.slot === b.slot &&
      a.price === b.price &&
      a.size === b.size &&
      a.side === b.side &&
      a.reduceOnly === b.reduceOnly
    );
  return b.kind === "hold" && a.worst === b.worst && a.position === b.position && a.why === b.why;
}
