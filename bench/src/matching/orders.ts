// Orders for backtest/matching, drawn once: 55 % limit, 5 % market, 40 % cancels of an order that was placed before.
import { random } from "@bp/core";

export const limitOrder = 0;
const marketOrder = 1;
export const cancelOrder = 2;

/** Columns, one entry an operation. Orders are named by their place here. */
export interface Orders {
  readonly count: number;
  readonly kinds: Uint8Array;
  /** 1: buys. */
  readonly buys: Uint8Array;
  /** 1 to `prices` - 1. */
  readonly price: Int32Array;
  readonly size: Int32Array;
  /** Of a cancel: which one; it may be gone. */
  readonly target: Int32Array;
}

/** Prices are below this. */
export const prices = 2_048;

/** Whoever matches: plays all orders from an empty book; answers how much is left of a limit order that rests, else 0. */
export type Matching = () => (order: number) => number;

/** Orders around a price that wanders. */
export function draw(count: number, seed = 11): Orders {
  const chance = random(seed);
  const orders: Orders = {
    count,
    kinds: new Uint8Array(count),
    buys: new Uint8Array(count),
    price: new Int32Array(count),
    size: new Int32Array(count),
    target: new Int32Array(count),
  };
  const placed: number[] = [];
  let middle = prices / 2;
  for (let at = 0; at < count; at++) {
    const what = chance.next();
    if (chance.next() < 0.01) middle = Math.min(prices - 200, Math.max(200, middle + chance.whole(-3, 3)));
    const isBuy = chance.next() < 0.5;
    orders.buys[at] = isBuy ? 1 : 0;
    orders.size[at] = chance.whole(1, 100);
    if (what < 0.4 && placed.length > 0) {
      const among = chance.whole(Math.max(0, placed.length - 2_000), placed.length - 1);
      orders.kinds[at] = cancelOrder;
      orders.target[at] = placed[among] ?? 0;
      placed[among] = placed.at(-1) ?? 0;
      placed.pop();
    } else if (what < 0.45) orders.kinds[at] = marketOrder;
    else {
      orders.kinds[at] = limitOrder;
      const away = Math.floor(chance.exponential(20)) - 2; // some cross
      orders.price[at] = isBuy ? middle - away : middle + away;
      placed.push(at);
    }
  }
  return orders;
}
