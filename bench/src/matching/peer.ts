// The peer of backtest/matching: the npm package nodejs-order-book.
import { OrderBook, Side } from "nodejs-order-book";
import { cancelOrder, limitOrder, type Matching, type Orders } from "./orders.ts";

export function peerMatching({ count, kinds, buys, price, size, target }: Orders): Matching {
  const ids = Array.from({ length: count }, (_, order) => String(order));
  return () => {
    const book = new OrderBook();
    for (let order = 0; order < count; order++) {
      const kind = kinds[order];
      if (kind === cancelOrder) {
        book.cancel(ids[target[order] ?? 0] ?? "");
        continue;
      }
      const side = buys[order] === 1 ? Side.BUY : Side.SELL;
      const lots = size[order] ?? 0;
      if (kind === limitOrder) book.limit({ id: ids[order] ?? "", side, size: lots, price: price[order] ?? 0 });
      else book.market({ side, size: lots });
    }
    return (order) => book.order(ids[order] ?? "")?.size ?? 0;
  };
}
