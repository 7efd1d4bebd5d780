// Whether a resting order was filled because its place in the queue came up, or because the market went through its price.
import type { Side } from "@bp/core";

/** What resting fills were. Those without a print within a tenth of a second are neither. */
export interface Through {
  printed(taker: Side, price: number, at: number): void;
  filled(side: Side, price: number, at: number): void;
  readonly counts: { readonly queue: number; readonly through: number };
}

/** Prints that are nearer to a fill than this are of the same sweep, ms. */
const nearMs = 100;
const most = 64;

/** One side: our orders of `side` are hit by the other one. `worse` tells whether a print is beyond a price. */
function createHalf(worse: (print: number, own: number) => boolean) {
  let printAt = Number.NEGATIVE_INFINITY;
  let far = 0;
  let waiting: { readonly price: number; readonly at: number; seen: boolean }[] = [];
  const counts = { queue: 0, through: 0 };
  const settle = (at: number) => {
    while (waiting.length > 0 && (at - (waiting[0]?.at ?? at) > nearMs || waiting.length > most)) {
      const [first] = waiting;
      if (first?.seen === true) counts.queue += 1;
      waiting = waiting.slice(1);
    }
  };
  return {
    counts,
    printed: (price: number, at: number) => {
      settle(at);
      if (at - printAt > nearMs || worse(price, far)) far = price;
      printAt = at;
      if (waiting.length === 0) return;
      waiting = waiting.filter((each) => {
        each.seen = true;
        if (!worse(price, each.price)) return true;
        counts.through += 1;
        return false;
      });
    },
    filled: (price: number, at: number) => {
      settle(at);
      const near = Math.abs(at - printAt) <= nearMs;
      if (near && worse(far, price)) counts.through += 1;
      else waiting.push({ price, at, seen: near });
    },
    end: () => ({ ...counts, queue: counts.queue + waiting.filter(({ seen }) => seen).length }),
  };
}

/** Nothing has been filled. */
export function createThrough(): Through {
  const bids = createHalf((print, own) => print < own);
  const asks = createHalf((print, own) => print > own);
  return {
    printed: (taker, price, at) => (taker === "sell" ? bids : asks).printed(price, at),
    filled: (side, price, at) => (side === "buy" ? bids : asks).filled(price, at),
    get counts() {
      const [bid, ask] = [bids.end(), asks.end()];
      return { queue: bid.queue + ask.queue, through: bid.through + ask.through };
    },
  };
}
