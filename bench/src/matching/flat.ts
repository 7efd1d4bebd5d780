// The limit of backtest/matching: lists of orders in flat arrays, a fixed range of prices, orders named by their place.
import { cancelOrder, limitOrder, type Matching, type Orders, prices } from "./orders.ts";

// Places are inside of their arrays, which the types cannot know: hence `as number`.

export function flatMatching({ count, kinds, buys, price, size, target }: Orders): Matching {
  const none = -1;
  const next = new Int32Array(count);
  const previous = new Int32Array(count);
  const left = new Int32Array(count);
  const heads = new Int32Array(prices + 1);
  const tails = new Int32Array(prices + 1);
  return () => {
    left.fill(0);
    heads.fill(none);
    tails.fill(none);
    let bid = 0;
    let ask = prices;
    const out = (order: number) => {
      const at = price[order] as number;
      const after = next[order] as number;
      const before = previous[order] as number;
      if (before === none) heads[at] = after;
      else next[before] = after;
      if (after === none) tails[at] = before;
      else previous[after] = before;
      if (heads[at] !== none) return;
      if (at === bid) while (bid > 0 && heads[bid] === none) bid -= 1;
      else if (at === ask) while (ask < prices && heads[ask] === none) ask += 1;
    };
    for (let order = 0; order < count; order++) {
      const kind = kinds[order] as number;
      if (kind === cancelOrder) {
        const which = target[order] as number;
        if (left[which] === 0) continue;
        left[which] = 0;
        out(which);
        continue;
      }
      const buying = buys[order] === 1;
      const bound = kind === limitOrder ? (price[order] as number) : buying ? prices - 1 : 1;
      let open = size[order] as number;
      for (;;) {
        const reaches = buying ? ask <= bound : bid >= bound && bid > 0;
        if (open === 0 || !reaches) break;
        const resting = heads[buying ? ask : bid] as number;
        const there = left[resting] as number;
        if (there > open) {
          left[resting] = there - open;
          open = 0;
        } else {
          open -= there;
          left[resting] = 0;
          out(resting);
        }
      }
      if (open === 0 || kind !== limitOrder) continue;
      left[order] = open;
      const tail = tails[bound] as number;
      next[order] = none;
      previous[order] = tail;
      tails[bound] = order;
      if (tail === none) heads[bound] = order;
      else next[tail] = order;
      if (buying) {
        if (bound > bid) bid = bound;
      } else if (bound < ask) ask = bound;
    }
    return (order) => (kinds[order] === limitOrder ? (left[order] as number) : 0);
  };
}
