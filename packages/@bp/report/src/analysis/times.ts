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
  let [since, position] = [0, 0];
  let [longMs, shortMs, largest, largestWorth] = [0, 0, 0, 0];
  let [touchSince, atTouch, atTouchMs] = [0, false, 0];
  const passed = (now: number) => (since === 0 ? 0 : Math.max(0, now - since));
  return {
    held: (now, base, price) => {
      if (position > 0) longMs += passed(now);
      else if (position < 0) shortMs += passed(now);
      since = now;
      position = base;
      const size = Math.abs(base);
      if (size > largest) largest = size;
      if (size * price > largestWorth) largestWorth = size * price;
    },
    touch: (touch, bid, ask, now) => {
      if (atTouch) atTouchMs += Math.max(0, now - touchSince);
      touchSince = now;
      atTouch =
        (bid > 0 && touch.bid !== undefined && touch.bid >= bid) ||
        (ask > 0 && touch.ask !== undefined && touch.ask <= ask);
    },
    totals: (now) => {
      const long = longMs + (position > 0 ? passed(now) : 0);
      const short = shortMs + (position < 0 ? passed(now) : 0);
      return {
        heldMs: long + short,
        longMs: long,
        shortMs: short,
        atTouchMs: atTouchMs + (atTouch ? Math.max(0, now - touchSince) : 0),
        largest,
        largestWorth,
      };
    },
  };
}
