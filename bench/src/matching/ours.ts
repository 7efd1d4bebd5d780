// Ours in backtest/matching: the exchange's matcher.
import { createMatcher } from "@bp/sim";
import { cancelOrder, limitOrder, type Matching, type Orders, prices } from "./orders.ts";

const anonymous = -1;

export function ourMatching({ count, kinds, buys, price, size, target }: Orders): Matching {
  const slots = new Int32Array(count);
  return () => {
    slots.fill(0);
    let trades = 0;
    const matcher = createMatcher(() => {
      trades += 1;
    });
    for (let order = 0; order < count; order++) {
      // places are inside of their columns
      const kind = kinds[order] as number;
      if (kind === cancelOrder) {
        const which = target[order] as number;
        matcher.cancel(slots[which] as number, which);
        continue;
      }
      const side = buys[order] === 1 ? "buy" : "sell";
      const bound = kind === limitOrder ? (price[order] as number) : side === "buy" ? prices - 1 : 1;
      const left = matcher.take(side, bound, size[order] as number, Infinity, anonymous);
      if (left > 0 && kind === limitOrder) slots[order] = matcher.rest(side, bound, left, anonymous, order);
    }
    return (order) => {
      const slot = slots[order] ?? 0;
      return trades > 0 && slot > 0 && matcher.tagOf(slot) === order ? matcher.sizeOf(slot) : 0;
    };
  };
}
