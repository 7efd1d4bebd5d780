// One account: a bid at the best bid, and whatever it buys is sold again. Volume, not profit.
import type { Event, Lots, Quote, Strategy, StrategyRemark, Ticks, View } from "@bp/core";
import { holdAt } from "./caps.ts";
import { percent } from "./fraction.ts";
import { type SingleParams, singleParams } from "./single/params.ts";
import { sizeFor } from "./size.ts";
import { type Touch, touchOf } from "./touch.ts";

/** The bid that is wished, and since when. */
export interface SingleBid {
  readonly price: Ticks;
  readonly size: Lots;
  /** When it was decided, in ms. */
  readonly since: number;
}

/** What `single` remembers. Plain data. */
export interface SingleMemory {
  /** `undefined` while a position is being closed, or nothing can be known. */
  readonly bid: SingleBid | undefined;
  /** Closing orders of the present position that have ended. */
  readonly attempts: number;
  /** Positions opened and closed again. */
  readonly rounds: number;
  readonly holding: boolean;
}

/**
 * Buys at the best bid with one post-only order of `amount` quote, and closes what it holds before it buys again.
 *
 * A position always comes first: the bid is taken away, and once it is gone a reduce-only order sells exactly what is
 * held, at no worse than `closeSlippagePct` beyond the touch, again and again until flat. An order younger than `ageMs`
 * stays; an older one follows the best bid when that is at least a tick away. Each round costs a maker and a taker fee;
 * no profit is planned.
 */
export const single: Strategy<SingleParams, SingleMemory> = {
  name: "single",
  params: singleParams,
  changeable: () => ["amount", "ageMs", "closeSlippagePct", "closeAlertAfter", "staleMs", "postOnly"],
  instruments: ({ instrument }) => [instrument],
  start: () => ({ bid: undefined, attempts: 0, rounds: 0, holding: false }),
  remember: (memory, event, view, params) => {
    const held = view.position(params.instrument);
    if (held === undefined) return memory.bid === undefined ? memory : { ...memory, bid: undefined };
    if (isHeld(view, params, held)) return closing(memory, event);
    const flat = memory.holding ? { ...memory, holding: false, attempts: 0, rounds: memory.rounds + 1 } : memory;
    const touch = touchOf(view, params);
    if (touch === undefined) return flat.bid === undefined ? flat : { ...flat, bid: undefined };
    if (isDue(flat, event, view, params, touch)) return { ...flat, bid: bidAt(view, params, touch) };
    if (event.type !== "params.changed" || flat.bid === undefined) return flat;
    return { ...flat, bid: { ...flat.bid, size: sizeAt(view, params, flat.bid.price) } }; // its place in the queue is left alone
  },
  want: (view, memory, params) => {
    const { instrument: id } = params;
    const held = view.position(id);
    const touch = touchOf(view, params);
    if (held === undefined || touch === undefined) return nothing;
    if (isHeld(view, params, held))
      return [holdAt(id, touch, held, 0, percent(params.closeSlippagePct), "position first")];
    if (memory.bid === undefined || memory.bid.size < view.instrument(id).minSize) return nothing;
    const { price, size } = memory.bid;
    const quote: Quote = {
      kind: "quote",
      instrument: id,
      slot: "bid",
      side: "buy",
      price,
      size,
      postOnly: params.postOnly,
    };
    return [quote];
  },
  remarks: (view, memory, params) => {
    const remarks: StrategyRemark[] = [];
    if (memory.attempts >= params.closeAlertAfter)
      remarks.push({
        topic: "close",
        say: `${memory.attempts} closing orders have not brought the position to nothing`,
        alert: true,
      });
    const { bid } = memory;
    const { minSize, base } = view.instrument(params.instrument);
    if (bid !== undefined && bid.size < minSize)
      remarks.push({ topic: "size", say: `${params.amount} buys less ${base} than the market trades`, alert: true });
    return remarks;
  },
};

const nothing: readonly never[] = [];

/** What is below the minimum size cannot be closed, and does not keep it from going on. */
function isHeld(view: View, { instrument }: SingleParams, held: Lots): boolean {
  return Math.abs(held) >= view.instrument(instrument).minSize;
}

function closing(memory: SingleMemory, event: Event): SingleMemory {
  // An IOC order that ended with something left is one attempt; the first one is preceded by the end of the bid.
  const ended = memory.holding && event.type === "order.expired" && event.reason === "filled-what-it-could";
  if (memory.holding && memory.bid === undefined && !ended) return memory;
  return { ...memory, bid: undefined, holding: true, attempts: memory.attempts + (ended ? 1 : 0) };
}

function isDue(memory: SingleMemory, event: Event, view: View, { ageMs }: SingleParams, { bid }: Touch): boolean {
  if (memory.bid === undefined) return true;
  if (bid[0] === memory.bid.price) return false;
  if ((event.type === "order.rejected" || event.type === "order.expired") && event.reason === "would-take") return true;
  return view.now - memory.bid.since >= ageMs;
}

function bidAt(view: View, params: SingleParams, { bid }: Touch): SingleBid {
  return { price: bid[0], size: sizeAt(view, params, bid[0]), since: view.now };
}

function sizeAt(view: View, { instrument: id, amount }: SingleParams, price: Ticks): Lots {
  return sizeFor(view.instrument(id), amount, price);
}
