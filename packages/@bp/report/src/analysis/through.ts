// Whether a resting order was filled because its place in the queue came up, or because the market went through its price.
import type { Side } from "@bp/core";

/** What resting fills were. Those without a print within a tenth of a second are neither. */
export interface Through {
  printed(taker: Side, price: number, at: number): void;
  filled(side: Side, price: number, at: number): void;
  counts(): { readonly queue: number; readonly through: number };
}

/** Prints that are nearer to a fill than this are of the same sweep, ms. */
const nearMs = 100;
const most = 64;
/** No price: it was counted. */
const gone = -1;

/** One side: our orders of it are hit by takers of the other one. `beyond` tells whether a print is beyond a price. */
function createHalf(beyond: (print: number, own: number) => boolean) {
  let printAt = Number.NEGATIVE_INFINITY;
  let far = 0;
  /** Fills that wait for prints, a ring: price, time, and 1 where a print was seen. */
  const prices = new Float64Array(most);
  const times = new Float64Array(most);
  const seen = new Uint8Array(most);
  let [first, count, queue, through] = [0, 0, 0, 0];
  const drop = () => {
    queue += seen[first] ?? 0;
    first = (first + 1) % most;
    count -= 1;
  };
  const settle = (at: number) => {
    for (let left = count; left > 0 && at - (times[first] ?? 0) > nearMs; left--) drop();
  };
  return {
    printed: (price: number, at: number) => {
      settle(at);
      if (at - printAt > nearMs || beyond(price, far)) far = price;
      printAt = at;
      for (let each = 0; each < count; each++) {
        const place = (first + each) % most;
        if (prices[place] === gone) continue;
        seen[place] = 1;
        if (!beyond(price, prices[place] ?? 0)) continue;
        through += 1;
        prices[place] = gone;
        seen[place] = 0;
      }
    },
    filled: (price: number, at: number) => {
      settle(at);
      const near = Math.abs(at - printAt) <= nearMs;
      if (near && beyond(far, price)) {
        through += 1;
        return;
      }
      if (count === most) drop();
      const place = (first + count) % most;
      prices[place] = price;
      times[place] = at;
      seen[place] = near ? 1 : 0;
      count += 1;
    },
    counts: () => {
      let waiting = 0;
      for (let each = 0; each < count; each++) waiting += seen[(first + each) % most] ?? 0;
      return { queue: queue + waiting, through };
    },
  };
}

/** Nothing has been filled. */
export function createThrough(): Through {
  const bids = createHalf((print, own) => print < own);
  const asks = createHalf((print, own) => print > own);
  return {
    printed: (taker, price, at) => (taker === "sell" ? bids : asks).printed(price, at),
    filled: (side, price, at) => (side === "buy" ? bids : asks).filled(price, at),
    counts: () => {
      const [bid, ask] = [bids.counts(), asks.counts()];
      return { queue: bid.queue + ask.queue, through: bid.through + ask.through };
    },
  };
}
