// Market making on one instrument: quotes on both sides of a fair price, and inventory kept within bounds.
import {
  type Event,
  type Hold,
  type Intent,
  type Lots,
  type Millis,
  millis,
  type Quote,
  type Strategy,
  type View,
} from "@bp/core";
import { holdAt } from "./caps.ts";
import type { Fraction } from "./fraction.ts";
import { stillHanging, withFills } from "./maker/hanging.ts";
import { type Reduction, reductionOf } from "./maker/inventory.ts";
import { type MakerParams, makerParams } from "./maker/params.ts";
import { ladderOf, quotesOf, sizesOf } from "./maker/quotes.ts";
import { rebalanceOf } from "./maker/rebalance.ts";
import { type Scale, scaleOf } from "./maker/scale.ts";
import { remarksOf, type Sense, sensed } from "./maker/sense.ts";
import { stanceOf } from "./maker/stance.ts";
import { type Closing, closingOf, movesResult } from "./maker/stops.ts";
import { type Touch, touchOf } from "./touch.ts";

/** What the maker remembers between events. Plain data. */
export interface MakerMemory {
  /** The quotes that are wished; the same array until they change. */
  readonly quotes: readonly Quote[];
  /** When they were last worked out; `undefined`: not since the market was last unknown, closing or cooling down. */
  readonly quotedAt: Millis | undefined;
  /** The position they were worked out for. */
  readonly quotedFor: Lots | undefined;
  /** A stop loss or take profit that is being worked until flat. */
  readonly closing: Closing | undefined;
  /** No quotes before this moment. */
  readonly coolUntil: Millis;
  /** Spot: the own position that brings the wallet back to its target share. */
  readonly rebalance: { readonly position: number; readonly why: string } | undefined;
  /** What a spread model has measured; `undefined` with a fixed spread. */
  readonly sense: Sense | undefined;
  /** Quotes whose counterpart has filled and that wait where they are; they are among `quotes`. */
  readonly hanging: readonly Quote[];
}

/**
 * Quotes both sides of one instrument, spot or perpetual.
 *
 * Quotes are worked out anew every `intervalMs`, after own fills and other changes of the position, with other
 * parameters, when one of them would reach the opposite touch, and when the venue found that one would take; in between the wish stays the same, so
 * that orders keep their place in the queue. Stop loss, take profit, cap and threshold are looked at on every event that
 * can move them and come before quotes. While one of them (or a rebalance) closes, nothing is quoted, except that a
 * threshold reduction leaves the quotes of its own side, which cannot meet it.
 *
 * Nothing is wished while the position, a balance it needs, the book (invalid or older than `staleMs`) or the link is
 * unknown. Cap, threshold, skew, stops and targets are for perpetuals; rebalancing is for spot.
 *
 * Off unless asked for: other fair prices, spreads by a model, sizes that lean, orders that hang, a tolerance before quotes
 * follow the market.
 */
export const maker: Strategy<MakerParams, MakerMemory> = {
  name: "maker",
  params: makerParams,
  changeable: () => [
    "spreadPct",
    "quantity",
    "maxOrders",
    "intervalMs",
    "targetPosition",
    "maxPosition",
    "positionThreshold",
    "inventorySkew",
    "stopLoss",
    "takeProfit",
    "coolDownMs",
    "rebalance",
    "fair",
    "spreadModel",
    "sizeSkew",
    "hanging",
    "tolerancePct",
    "slippageCapPct",
    "staleMs",
  ],
  instruments: (params) => [params.instrument],
  start: () => ({
    quotes: nothing,
    quotedAt: undefined,
    quotedFor: undefined,
    closing: undefined,
    coolUntil: millis(0),
    rebalance: undefined,
    sense: undefined,
    hanging: nothing,
  }),
  remember: (before, event, view, params) => {
    const touch = touchOf(view, params);
    const held = view.position(params.instrument);
    const sense = sensed(before.sense, event, view.now, touch, params);
    const hanging = params.hanging.enabled ? withFills(before.quotes, before.hanging, view.fills()) : before.hanging;
    const memory = sense === before.sense && hanging === before.hanging ? before : { ...before, sense, hanging };
    if (touch === undefined || held === undefined) return quiet(memory);
    const closing = watchStops(memory, event, view, params, touch, held);
    if (closing.closing !== undefined || view.now < closing.coolUntil) return quiet(closing);
    return isDue(closing, event, view, params, touch, held)
      ? requote(closing, event, view, params, touch, held)
      : closing;
  },
  want: (view, memory, params) => {
    const touch = touchOf(view, params);
    const held = view.position(params.instrument);
    if (touch === undefined || held === undefined) return nothing;
    const { instrument: id } = params;
    const instrument = view.instrument(id);
    const scale = scaleOf(params, instrument);
    if (instrument.kind === "spot") {
      const { rebalance } = memory;
      if (rebalance === undefined || rebalance.position === held) return memory.quotes;
      return [holdAt(id, touch, held, rebalance.position, rebalanceSlippage, rebalance.why)];
    }
    if (memory.closing !== undefined) return [holdAt(id, touch, held, 0, scale.slippage, memory.closing.why)];
    const reduction = reductionOf(held, scale, instrument);
    if (reduction === undefined) return memory.quotes;
    return reduced(
      memory.quotes,
      holdAt(id, touch, held, reduction.position, scale.slippage, reduction.why),
      reduction,
    );
  },
  remarks: (_view, { sense }, { spreadModel }) => remarksOf(sense, spreadModel),
};

/** A rebalancing order may go 0.1 % beyond the touch. */
const rebalanceSlippage: Fraction = { top: 1n, bottom: 1000n };
const nothing: readonly never[] = [];

/** Without quotes; they are worked out at once when they are allowed again. */
function quiet(memory: MakerMemory): MakerMemory {
  if (memory.quotedAt === undefined) return memory;
  return {
    ...memory,
    quotes: nothing,
    quotedAt: undefined,
    quotedFor: undefined,
    rebalance: undefined,
    hanging: nothing,
  };
}

function watchStops(
  memory: MakerMemory,
  event: Event,
  view: View,
  params: MakerParams,
  { bid, ask }: Touch,
  held: Lots,
): MakerMemory {
  const instrument = view.instrument(params.instrument);
  if (instrument.kind === "spot") return memory;
  const closable = Math.abs(held) >= instrument.minSize; // what is below the minimum size cannot be closed
  if (memory.closing !== undefined) {
    if (closable) return memory;
    const cools = memory.closing.kind === "stop loss";
    return {
      ...memory,
      closing: undefined,
      coolUntil: cools ? millis(view.now + params.coolDownMs) : memory.coolUntil,
    };
  }
  if (!closable || !movesResult(event, view, params.instrument)) return memory;
  const closing = closingOf(view, params, (bid[0] + ask[0]) / 2);
  return closing === undefined ? memory : { ...memory, closing };
}

function isDue(memory: MakerMemory, event: Event, view: View, params: MakerParams, touch: Touch, held: Lots): boolean {
  const { quotes, quotedAt, quotedFor, rebalance } = memory;
  if (quotedAt === undefined || held !== quotedFor || view.now - quotedAt >= params.intervalMs) return true;
  if (event.type === "params.changed") return true;
  if (event.type === "timer.fired") return rebalance !== undefined;
  if ((event.type === "order.rejected" || event.type === "order.expired") && event.reason === "would-take") return true;
  for (const { side, price } of quotes) if (side === "buy" ? price >= touch.ask[0] : price <= touch.bid[0]) return true;
  return false;
}

function requote(
  memory: MakerMemory,
  event: Event,
  view: View,
  params: MakerParams,
  touch: Touch,
  held: Lots,
): MakerMemory {
  const { instrument: id } = params;
  const instrument = view.instrument(id);
  const scale = scaleOf(params, instrument);
  const drift =
    instrument.kind === "spot" && params.rebalance.enabled ? rebalanceOf(view, params, instrument, touch) : undefined;
  if (drift !== undefined) {
    const position = drift.side === "buy" ? held + drift.size : held - drift.size;
    return {
      ...memory,
      quotes: nothing,
      quotedAt: view.now,
      quotedFor: held,
      rebalance: { position, why: drift.why },
      hanging: nothing,
    };
  }
  const leaning = instrument.kind === "perp" ? held : 0;
  const stance = stanceOf(view.book(id), touch, params, scale, instrument, leaning, memory.sense);
  if (stance === undefined) return quiet(memory);
  const ladder = ladderOf(touch, scale, instrument, stance);
  const { bid, ask } = touch;
  const hanging = scale.hangs === undefined ? nothing : stillHanging(memory.hanging, bid[0], ask[0], scale.hangs);
  const sizes = sizesOf(view, instrument, scale, ladder, held, memory.quotes, hanging);
  if (sizes === undefined) return quiet(memory);
  const quotes = quotesOf(id, ladder, sizes, memory.quotes, hanging);
  const stays = event.type !== "params.changed" && stands(memory.quotes, quotes, touch, scale); // what a person has changed shows at once
  return {
    ...memory,
    quotes: stays ? memory.quotes : quotes,
    quotedAt: view.now,
    quotedFor: held,
    rebalance: undefined,
    hanging,
  };
}

/** Whether the quotes may stay: each is wished as it is, or is off by no more than the tolerance and does not reach the touch. */
function stands(old: readonly Quote[], wished: readonly Quote[], { bid, ask }: Touch, { tolerance }: Scale): boolean {
  return (
    old.length === wished.length &&
    old.every((quote, at) => {
      const next = wished[at];
      if (next === undefined || quote.side !== next.side || quote.size !== next.size) return false;
      if (quote.price === next.price) return quote.slot === next.slot || tolerance > 0;
      const rests = quote.side === "buy" ? quote.price < ask[0] : quote.price > bid[0];
      return rests && Math.abs(next.price - quote.price) <= quote.price * tolerance;
    })
  );
}

/** The reduction, and beside it the quotes of its own side unless it is urgent. */
function reduced(quotes: readonly Quote[], hold: Hold, { side, urgent }: Reduction): readonly Intent[] {
  return urgent ? [hold] : [hold, ...quotes.filter((quote) => quote.side === side)];
}
