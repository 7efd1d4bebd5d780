// How long we were in the market, and how wide.
import type { InstrumentId, Millis } from "@bp/core";
import type { TalliedOrder } from "./orders.ts";

/** Time in the market of one instrument. */
export interface Quoting {
  /** With an order of ours known to rest on both sides, in ms: not while the bot was away or had not been told what rests. */
  readonly bothMs: number;
  /** With one on at least one side, in ms. */
  readonly anyMs: number;
  /** Best ask less best bid of ours, averaged over the time with both, in ticks; `undefined` = never both. */
  readonly spreadTicks: number | undefined;
  /** The same as a fraction of their mid. */
  readonly spread: number | undefined;
}

/** Our best resting prices in ticks. */
export interface Touch {
  readonly bid: number | undefined;
  readonly ask: number | undefined;
}

/** A stopwatch over our resting orders. */
export interface Stopwatch {
  readonly touch: Touch;
  /** Told after something about an order changed at `at`: the time until then belongs to what rested before. */
  changed(at: Millis): void;
  /** What rests is not known from `at` on, and counts as nothing until it is. */
  lost(at: Millis): void;
  /** It is known again. */
  found(at: Millis): void;
  quoting(at: Millis): Quoting;
}

/** Watches the resting orders of one instrument. */
export function createStopwatch(instrument: InstrumentId, live: ReadonlyMap<unknown, TalliedOrder>): Stopwatch {
  let since: number | undefined;
  let isKnown = true;
  let [bothMs, anyMs, ticksMs, fractionMs] = [0, 0, 0, 0];

  /** What the time since the last change adds. */
  const add = (at: number) => {
    const { bid, ask } = watch.touch;
    const ms = since === undefined ? 0 : Math.max(0, at - since);
    if (ms === 0 || (bid === undefined && ask === undefined)) return;
    anyMs += ms;
    if (bid === undefined || ask === undefined) return;
    bothMs += ms;
    ticksMs += (ask - bid) * ms;
    fractionMs += ((2 * (ask - bid)) / (ask + bid)) * ms;
  };

  const watch: Stopwatch & { touch: Touch } = {
    touch: none,
    changed: (at) => {
      add(at);
      since = Math.max(at, since ?? at);
      watch.touch = isKnown ? touchOf(instrument, live) : none;
    },
    lost: (at) => {
      isKnown = false;
      watch.changed(at);
    },
    found: (at) => {
      if (isKnown) return;
      isKnown = true;
      watch.changed(at);
    },
    quoting: (at) => {
      const before = [bothMs, anyMs, ticksMs, fractionMs] as const;
      add(at);
      const found: Quoting = {
        bothMs,
        anyMs,
        spreadTicks: bothMs === 0 ? undefined : ticksMs / bothMs,
        spread: bothMs === 0 ? undefined : fractionMs / bothMs,
      };
      [bothMs, anyMs, ticksMs, fractionMs] = before; // asking changes nothing
      return found;
    },
  };
  return watch;
}

const none: Touch = { bid: undefined, ask: undefined };

function touchOf(instrument: InstrumentId, live: ReadonlyMap<unknown, TalliedOrder>): Touch {
  let bid: number | undefined;
  let ask: number | undefined;
  for (const order of live.values()) {
    if (order.instrument !== instrument || order.tif === "ioc" || order.tif === "fok") continue;
    if (order.state !== "open" && order.state !== "cancelling") continue; // a cancel on its way: it still rests
    if (order.side === "buy") bid = bid === undefined ? order.price : Math.max(bid, order.price);
    else ask = ask === undefined ? order.price : Math.min(ask, order.price);
  }
  return { bid, ask };
}
