// Virtual time: what happens next, in an order that is always the same.
import { type Clock, type Millis, millis } from "@bp/core";
import type { Exchange } from "./contract.ts";

/** A place where time is made. */
export interface Timeline {
  /** Sleeps in virtual time. Whoever sleeps needs `play`, since promises go on only between two steps of it. */
  readonly clock: Clock;
  now(): Millis;
  /**
   * Runs `fn` when time reaches `time` (at once is the present moment). At equal times exchanges act first, then callbacks
   * in the order in which they were given, then those that asked to be `last`. Returns the way to call it off.
   */
  at(time: Millis, fn: () => void, when?: "last"): () => void;
  /** Lets an exchange live in this time. Doing so twice changes nothing. */
  follow(exchange: Exchange): void;
  /** When something happens next; `undefined`: nothing is planned. */
  nextAt(): Millis | undefined;
  /** Lets everything up to and including `to` happen, in one call stack. */
  runUntil(to: Millis): void;
  /** The same, and lets promises go on after each moment, so that sleepers take part. */
  play(to: Millis): Promise<void>;
}

interface Planned {
  readonly at: number;
  readonly last: number;
  readonly order: number;
  fn: (() => void) | undefined;
}

/**
 * Virtual time, standing until it is moved by `runUntil` or `play`.
 *
 * @param start - the moment at which time stands until it is moved
 */
export function createTimeline(start: Millis): Timeline {
  let now = start;
  let count = 0;
  let woke = false;
  const heap: Planned[] = [];
  const exchanges: Exchange[] = [];

  const at = (time: number, fn: () => void, when?: "last"): (() => void) => {
    const planned: Planned = { at: Math.max(time, now), last: when === "last" ? 1 : 0, order: ++count, fn };
    push(heap, planned);
    return () => {
      planned.fn = undefined;
    };
  };

  const drop = () => {
    while (heap[0] !== undefined && heap[0].fn === undefined) pop(heap);
  };

  const nextAt = (): Millis | undefined => {
    drop();
    let next = heap[0]?.at ?? Infinity;
    for (const exchange of exchanges) next = Math.min(next, exchange.nextAt() ?? Infinity);
    return next === Infinity ? undefined : millis(Math.max(next, now));
  };

  /** Does one thing that is due by `to`; false when nothing is. */
  const step = (to: number): boolean => {
    drop();
    const planned = heap[0];
    let next = planned?.at ?? Infinity;
    let acting: Exchange | undefined;
    for (const exchange of exchanges) {
      const theirs = exchange.nextAt() ?? Infinity;
      if (theirs < next || (theirs === next && acting === undefined)) {
        next = theirs;
        acting = exchange;
      }
    }
    if (next > to || next === Infinity) return false;
    now = millis(Math.max(next, now));
    if (acting !== undefined) acting.advance(now);
    else {
      for (const exchange of exchanges) if (exchange.now() < now) exchange.advance(now);
      pop(heap);
      planned?.fn?.();
    }
    return true;
  };

  const arrive = (to: Millis) => {
    if (to > now) now = to;
    for (const exchange of exchanges) if (exchange.now() < now) exchange.advance(now);
  };

  return {
    clock: {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (!(ms > 0) || signal?.aborted === true) return resolve();
          const wake = () => {
            signal?.removeEventListener("abort", wake);
            forget();
            woke = true;
            resolve();
          };
          const forget = at(now + Math.ceil(ms), wake);
          signal?.addEventListener("abort", wake);
        }),
    },
    now: () => now,
    at,
    follow: (exchange) => {
      if (!exchanges.includes(exchange)) exchanges.push(exchange);
    },
    nextAt,
    runUntil: (to) => {
      while (step(to));
      arrive(to);
    },
    play: async (to) => {
      await settled();
      while (step(to)) {
        if (!woke) continue;
        woke = false;
        await settled();
      }
      arrive(to);
      await settled();
    },
  };
}

/** Lets chains of promises run on. No pure code can ask whether they are done; 16 hops are more than ours ever take. */
async function settled(): Promise<void> {
  for (let hop = 0; hop < 16; hop++) await Promise.resolve();
}

function before(a: Planned, b: Planned): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.last === b.last ? a.order < b.order : a.last < b.last;
}

function push(heap: Planned[], planned: Planned): void {
  let at = heap.length;
  heap.push(planned);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !before(planned, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = planned;
}

function pop(heap: Planned[]): void {
  const moved = heap.pop();
  if (moved === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    let below = heap[child];
    if (below === undefined) break;
    const right = heap[child + 1];
    if (right !== undefined && before(right, below)) {
      below = right;
      child += 1;
    }
    if (!before(below, moved)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = moved;
}
