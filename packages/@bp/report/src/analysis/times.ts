// How long a market was held, how much, and how long our quotes were the best there.
import type { Touch } from "../quoting.ts";

/** Time sums of one market. */
export interface Times {
  /** Told after each change of the position. @param price - common quote per base */
  held(now: number, base: number, price: number): void;
  /** Told when the book or our quotes have changed. Best prices in ticks, 0 where there are none. */
  touch(touch: Touch, bid: number, ask: number, now: number): void;
  totals(now: number): {
    readonly heldMs: number;
    readonly longMs: number;
    readonly shortMs: number;
    /** With our bid or ask (or both) at the market's best. */
    readonly atTouchMs: number;
    /** Largest |position|, base, and its worth when it was taken. */
    readonly largest: number;
    readonly largestWorth: number;
  };
}

/** Nothing is held, nothing is quoted. */
export function createTimes(): Times {
  const sum = { since: 0, position: 0, longMs: 0, shortMs: 0, largest: 0, largestWorth: 0 };
  const near = { since: 0, is: false, ms: 0 };
  const passed = (now: number) => (sum.since === 0 ? 0 : Math.max(0, now - sum.since));
  return {
    held: (now, base, price) => {
      if (sum.position > 0) sum.longMs += passed(now);
      else if (sum.position < 0) sum.shortMs += passed(now);
      sum.since = now;
      sum.position = base;
      const size = Math.abs(base);
      if (size > sum.largest) sum.largest = size;
      if (size * price > sum.largestWorth) sum.largestWorth = size * price;
    },
    touch: (touch, bid, ask, now) => {
      if (near.is) near.ms += Math.max(0, now - near.since);
      near.since = now;
      near.is =
        (bid > 0 && touch.bid !== undefined && touch.bid >= bid) ||
        (ask > 0 && touch.ask !== undefined && touch.ask <= ask);
    },
    totals: (now) => {
      const long = sum.longMs + (sum.position > 0 ? passed(now) : 0);
      const short = sum.shortMs + (sum.position < 0 ? passed(now) : 0);
      return {
        heldMs: long + short,
        longMs: long,
        shortMs: short,
        atTouchMs: near.ms + (near.is ? Math.max(0, now - near.since) : 0),
        largest: sum.largest,
        largestWorth: sum.largestWorth,
      };
    },
  };
}
