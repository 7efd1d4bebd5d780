// Recorded size among real orders: levels and prints that know nothing of us, and our place in their queues.
import type { Side } from "@bp/core";
import type { Floor } from "./floor.ts";
import { touch } from "./market.ts";
import { LEVEL } from "./matching.ts";
import { queueAfter } from "./models/queue.ts";
import { print } from "./settle.ts";
import type { Market } from "./state.ts";

/**
 * Brings the recorded size at a price to `size`. Orders of accounts that it crosses trade with it; recorded size that it
 * crosses is out of date and goes.
 */
export function setLevel(floor: Floor, market: Market, side: Side, price: number, size: number): void {
  const open = size > 0 ? cross(floor, market, side, price, size) : 0;
  const { matcher } = market;
  const mine = side === "buy" ? price <= matcher.bid : matcher.ask > 0 && price >= matcher.ask;
  const occupied = mine ? matcher.first(price) : 0;
  const crossed = side === "buy" ? matcher.ask > 0 && price >= matcher.ask : price <= matcher.bid;
  if (crossed) return; // an order of an account still stands in its way
  if (occupied === 0) {
    market.printed.delete(price);
    if (open === 0) return;
    matcher.rest(side, price, open, LEVEL, 0);
  } else if (!change(floor, market, price, open, size)) return;
  touch(market, side, price);
  floor.changed.add(market);
}

/** Trades with accounts beyond the price and drops recorded size there; returns what is left. */
function cross(floor: Floor, market: Market, side: Side, price: number, size: number): number {
  const { matcher } = market;
  const buying = side === "buy";
  let open = size;
  let number = 0;
  for (;;) {
    const best = buying ? matcher.ask : matcher.bid;
    if (best === 0 || (buying ? best > price : best < price)) return open;
    let kept = false;
    for (let slot = matcher.first(best); slot !== 0; ) {
      if (matcher.ownerOf(slot) < 0) {
        const next = matcher.next(slot);
        floor.others.delete(matcher.tagOf(slot));
        matcher.cancel(slot, matcher.tagOf(slot));
        touch(market, buying ? "sell" : "buy", best);
        floor.changed.add(market);
        slot = next;
      } else if (open > 0) {
        if (number === 0) number = ++floor.orders;
        const traded = Math.min(open, matcher.sizeOf(slot));
        open -= traded;
        fill(market, side, number, slot, traded);
        slot = matcher.first(best); // a fill may have taken neighbours out too
      } else {
        kept = true;
        slot = matcher.next(slot);
      }
    }
    if (kept) return open;
  }
}

function fill(market: Market, taker: Side, number: number, slot: number, size: number): void {
  market.taker = { side: taker, number, order: undefined, penalty: undefined };
  market.matcher.fill(slot, size);
  market.taker = undefined;
}

/** Makes the recorded part of a level as large as `size`; false when it is that already. */
function change(floor: Floor, market: Market, price: number, size: number, shown: number): boolean {
  const { matcher } = market;
  let recorded = 0;
  let front = 0; // recorded size before the first order of an account
  let ours = false;
  for (let slot = matcher.first(price); slot !== 0; slot = matcher.next(slot)) {
    if (matcher.ownerOf(slot) >= 0) ours = true;
    else {
      recorded += matcher.sizeOf(slot);
      if (!ours) front += matcher.sizeOf(slot);
    }
  }
  const printed = market.printed.get(price) ?? 0;
  if (printed > 0) market.printed.delete(price);
  if (size === recorded) return shown !== size;
  if (size > recorded) {
    const last = matcher.last(price);
    if (matcher.ownerOf(last) === LEVEL) matcher.resize(last, matcher.sizeOf(last) + size - recorded);
    else matcher.rest(price <= matcher.bid ? "buy" : "sell", price, size - recorded, LEVEL, 0);
    return true;
  }
  const kept = ours ? Math.round(queueAfter(front, recorded, size, printed, floor.rules.queue)) : front;
  const fromFront = Math.min(Math.max(front - kept, 0), recorded - size);
  shorten(floor, market, matcher.first(price), fromFront, "next");
  shorten(floor, market, matcher.last(price), recorded - size - fromFront, "previous");
  return true;
}

/** Takes `size` lots of recorded size away, walking from `slot`. */
function shorten(floor: Floor, market: Market, slot: number, size: number, way: "next" | "previous"): void {
  const { matcher } = market;
  let open = size;
  for (let at = slot; at !== 0 && open > 0; ) {
    const following = way === "next" ? matcher.next(at) : matcher.previous(at);
    if (matcher.ownerOf(at) < 0) {
      const here = Math.min(open, matcher.sizeOf(at));
      open -= here;
      lessen(floor, market, at, here);
    }
    at = following;
  }
}

/**
 * A recorded print. Orders of accounts at better prices fill first, then the queue at its price moves. Recorded size is not
 * taken away by it (the next level says what is left); what was in front of an order of ours goes behind it.
 */
export function printTape(floor: Floor, market: Market, price: number, size: number, taker: Side): void {
  const number = ++floor.orders;
  const resting = ++floor.orders;
  let open = size;
  if (market.own > 0) {
    open = tradeThrough(market, price, open, taker, number);
    if (open > 0) open = moveQueue(floor, market, price, open, taker, number);
  }
  if (open > 0) print(floor, market, price, open, taker, number, resting);
}

function tradeThrough(market: Market, price: number, size: number, taker: Side, number: number): number {
  const { matcher } = market;
  let open = size;
  let at = taker === "sell" ? matcher.bid : matcher.ask;
  while (open > 0 && at > 0 && (taker === "sell" ? at > price : at < price)) {
    const following = taker === "sell" ? matcher.below(at - 1) : matcher.above(at + 1);
    for (let slot = matcher.first(at); slot !== 0 && open > 0; ) {
      if (matcher.ownerOf(slot) < 0) {
        slot = matcher.next(slot);
        continue;
      }
      const traded = Math.min(open, matcher.sizeOf(slot));
      open -= traded;
      fill(market, taker, number, slot, traded);
      slot = matcher.first(at); // a fill may have taken neighbours out too
    }
    at = following;
  }
  return open;
}

/** Returns what of the print was traded by nobody we know. */
function moveQueue(floor: Floor, market: Market, price: number, size: number, taker: Side, number: number): number {
  const { matcher } = market;
  const resting: Side = taker === "sell" ? "buy" : "sell";
  const there = resting === "buy" ? price <= matcher.bid : matcher.ask > 0 && price >= matcher.ask;
  if (!there || !hasOwn(market, price)) return size;
  let open = size;
  let ours = 0;
  let moved = 0;
  for (let slot = matcher.first(price); slot !== 0 && open > 0; slot = matcher.first(price)) {
    const traded = Math.min(open, matcher.sizeOf(slot));
    open -= traded;
    if (matcher.ownerOf(slot) >= 0) {
      ours += traded;
      fill(market, taker, number, slot, traded);
    } else {
      moved += traded;
      lessen(floor, market, slot, traded);
    }
  }
  if (moved > 0) {
    const last = matcher.last(price);
    if (last !== 0 && matcher.ownerOf(last) === LEVEL) matcher.resize(last, matcher.sizeOf(last) + moved);
    else matcher.rest(resting, price, moved, LEVEL, 0);
    market.printed.set(price, (market.printed.get(price) ?? 0) + moved);
  }
  return size - ours;
}

function hasOwn(market: Market, price: number): boolean {
  const { matcher } = market;
  for (let slot = matcher.first(price); slot !== 0; slot = matcher.next(slot))
    if (matcher.ownerOf(slot) >= 0) return true;
  return false;
}

/** Takes size away from an anonymous order. */
function lessen(floor: Floor, market: Market, slot: number, size: number): void {
  const { matcher } = market;
  const rest = matcher.sizeOf(slot) - size;
  if (rest === 0) floor.others.delete(matcher.tagOf(slot));
  matcher.resize(slot, rest);
}
