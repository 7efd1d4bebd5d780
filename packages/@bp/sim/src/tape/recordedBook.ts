// Recorded size among real orders: levels and prints that know nothing of us, and our place in their queues.
import type { Side } from "@bp/core";
import type { QueueModel } from "../contract.ts";
import { LEVEL, type Matcher } from "../matching.ts";
import { createFronts } from "./fronts.ts";

/** What a recorded book plays into, and who hears of it. */
export interface RecordedBookOptions {
  /** Recorded size is in it under the owner `LEVEL`, one order or several at a price. */
  readonly matcher: Matcher;
  readonly queue: QueueModel;
  /** The size at a price is other than before. */
  readonly touched: (side: Side, price: number) => void;
  /** An order of an account is met: it is to be filled by `matcher.fill`, which may take other orders out too. */
  readonly fill: (taker: Side, slot: number, size: number) => void;
  /** An anonymous order (owner `ANONYMOUS`) is gone. */
  readonly gone: (tag: number) => void;
}

/** One market as a recording tells it. */
export interface RecordedBook {
  /**
   * Brings the recorded size at a price to `size`, 0 or more. Orders of accounts that it crosses trade with it; recorded size
   * that it crosses is out of date and goes.
   */
  level(side: Side, price: number, size: number): void;
  /** The same, but does nothing and answers false where it would cross: more rows of the same message may clear its way. */
  tryLevel(side: Side, price: number, size: number): boolean;
  /**
   * A recorded print. Orders of accounts at better prices fill first, then the queue at its price moves. Recorded size is not
   * taken away by it (the next level says what is left); what was in front of an order of ours goes behind it.
   *
   * @returns lots that were traded by nobody we know
   */
  print(price: number, size: number, taker: Side): number;
}

/** A book that nothing was recorded of yet. */
export function createRecordedBook(options: RecordedBookOptions): RecordedBook {
  const { matcher, queue, touched, fill, gone } = options;
  const fronts = createFronts(queue, (price) => matcher.hasOwn(price));

  /** Takes size away from an order that is no account's. */
  const lessen = (slot: number, size: number): void => {
    const rest = matcher.sizeOf(slot) - size;
    if (rest === 0 && matcher.ownerOf(slot) !== LEVEL) gone(matcher.tagOf(slot));
    matcher.resize(slot, rest);
  };

  const addBehind = (side: Side, price: number, size: number): void => {
    const last = matcher.last(price);
    if (last !== 0 && matcher.ownerOf(last) === LEVEL) matcher.resize(last, matcher.sizeOf(last) + size);
    else matcher.rest(side, price, size, LEVEL, 0);
  };

  /** Takes `size` lots of recorded size away, walking from `slot`. */
  const shorten = (slot: number, size: number, way: "next" | "previous"): void => {
    let open = size;
    for (let at = slot; at !== 0 && open > 0; ) {
      const following = way === "next" ? matcher.next(at) : matcher.previous(at);
      if (matcher.ownerOf(at) < 0) {
        const here = Math.min(open, matcher.sizeOf(at));
        open -= here;
        lessen(at, here);
      }
      at = following;
    }
  };

  /** Makes the recorded part of a level as large as `size`; false when it is that already. */
  const change = (side: Side, price: number, size: number): boolean => {
    let recorded = 0;
    let front = 0; // recorded size before the first order of an account
    let ours = 0; // that order
    for (let slot = matcher.first(price); slot !== 0; slot = matcher.next(slot)) {
      if (matcher.ownerOf(slot) < 0) {
        recorded += matcher.sizeOf(slot);
        if (ours === 0) front += matcher.sizeOf(slot);
      } else if (ours === 0) ours = slot;
    }
    const kept = ours === 0 ? front : fronts.after(price, { tag: matcher.tagOf(ours), front }, recorded, size);
    if (size === recorded) return false;
    if (size > recorded) {
      addBehind(side, price, size - recorded);
      return true;
    }
    const fromFront = Math.min(Math.max(front - kept, 0), recorded - size);
    shorten(matcher.first(price), fromFront, "next");
    shorten(matcher.last(price), recorded - size - fromFront, "previous");
    return true;
  };

  /** Trades with accounts beyond the price and drops recorded size there; returns what is left. */
  const cross = (side: Side, price: number, size: number): number => {
    const buying = side === "buy";
    let open = size;
    for (;;) {
      const best = buying ? matcher.ask : matcher.bid;
      if (best === 0 || (buying ? best > price : best < price)) return open;
      let kept = false;
      for (let slot = matcher.first(best); slot !== 0; ) {
        if (matcher.ownerOf(slot) < 0) {
          const next = matcher.next(slot);
          lessen(slot, matcher.sizeOf(slot));
          touched(buying ? "sell" : "buy", best);
          slot = next;
        } else if (open > 0) {
          const traded = Math.min(open, matcher.sizeOf(slot));
          open -= traded;
          fill(side, slot, traded);
          slot = matcher.first(best); // a fill may have taken neighbours out too
        } else {
          kept = true;
          slot = matcher.next(slot);
        }
      }
      if (kept) return open;
    }
  };

  /** Whatever is in the way. */
  const slowly = (side: Side, price: number, size: number): void => {
    const open = size > 0 ? cross(side, price, size) : 0;
    const crossed = side === "buy" ? matcher.ask > 0 && price >= matcher.ask : price <= matcher.bid;
    if (crossed) return; // an order of an account still stands in its way
    if (matcher.first(price) === 0) {
      if (open === 0) return;
      matcher.rest(side, price, open, LEVEL, 0);
    } else if (!change(side, price, open) && open === size) return;
    touched(side, price);
  };

  const tryLevel = (side: Side, price: number, size: number): boolean => {
    const done = matcher.level(side, price, size);
    if (done >= 0) {
      if (done === 1) touched(side, price);
      return true;
    }
    if (done === -2) return false;
    if (change(side, price, size)) touched(side, price); // others stand there, nothing is in the way
    return true;
  };

  /** Fills accounts beyond a price; returns what is left of the print. */
  const tradeThrough = (resting: Side, price: number, size: number, taker: Side): number => {
    let open = size;
    let at = resting === "buy" ? matcher.ownBid : matcher.ownAsk;
    while (open > 0 && at > 0 && (resting === "buy" ? at > price : at < price)) {
      for (let slot = matcher.first(at); slot !== 0 && open > 0; ) {
        if (matcher.ownerOf(slot) < 0) {
          slot = matcher.next(slot);
          continue;
        }
        const traded = Math.min(open, matcher.sizeOf(slot));
        open -= traded;
        fill(taker, slot, traded);
        slot = matcher.first(at); // a fill may have taken neighbours out too
      }
      at = matcher.ownAfter(resting, at);
    }
    return open;
  };

  /** The tag of the last order of an account at a price. */
  const newestAt = (price: number): number => {
    let slot = matcher.last(price);
    while (slot !== 0 && matcher.ownerOf(slot) < 0) slot = matcher.previous(slot);
    return matcher.tagOf(slot);
  };

  /** Moves the queue at the price of a print; returns what of it was traded by nobody we know. */
  const moveQueue = (resting: Side, price: number, size: number, taker: Side): number => {
    let open = size;
    let ours = 0;
    let moved = 0;
    let front = 0;
    let waiting = matcher.first(price);
    for (; waiting !== 0 && matcher.ownerOf(waiting) < 0; waiting = matcher.next(waiting))
      front += matcher.sizeOf(waiting);
    const order = { tag: matcher.tagOf(waiting), front };
    const newest = newestAt(price);
    for (let slot = matcher.first(price); slot !== 0 && open > 0; slot = matcher.first(price)) {
      const traded = Math.min(open, matcher.sizeOf(slot));
      open -= traded;
      if (matcher.ownerOf(slot) >= 0) {
        ours += traded;
        fill(taker, slot, traded);
      } else {
        moved += traded;
        lessen(slot, traded);
      }
    }
    if (moved > 0) addBehind(resting, price, moved);
    fronts.printed(price, order, newest, moved, ours > 0);
    return size - ours;
  };

  return {
    level: (side, price, size) => {
      if (!tryLevel(side, price, size)) slowly(side, price, size);
    },
    tryLevel,
    print: (price, size, taker) => {
      const resting = taker === "sell" ? "buy" : "sell";
      const best = taker === "sell" ? matcher.ownBid : matcher.ownAsk;
      if (best === 0 || (taker === "sell" ? best < price : best > price)) return size; // nobody of ours is reached
      const open = tradeThrough(resting, price, size, taker);
      if (open === 0 || !matcher.hasOwn(price)) return open;
      const there = resting === "buy" ? price <= matcher.bid : price >= matcher.ask;
      return there ? moveQueue(resting, price, open, taker) : open;
    },
  };
}
