// What a peer does in backtest/l2-queue: an object for each event as it comes, a map for each side, objects for orders.
import { lastOfMessage, type Side, type Tape, tapeRow } from "@bp/core";
import { everyMs, type Filled, gap, lotsEach, note, type Player, rungs } from "./game.ts";

interface MarketEvent {
  readonly type: "level" | "trade";
  readonly side: Side;
  readonly price: number;
  readonly size: number;
  readonly at: number;
  readonly isLast: boolean;
}

interface Order {
  readonly price: number;
  left: number;
  front: number;
  printed: number;
}

class Half {
  readonly levels = new Map<number, number>();
  readonly orders: Order[] = []; // best first
  best = 0;
  readonly side: Side;
  constructor(side: Side) {
    this.side = side;
  }
  isBetter(a: number, b: number): boolean {
    return this.side === "buy" ? a > b : a < b;
  }
  set(price: number, size: number): void {
    const before = this.levels.get(price) ?? 0;
    if (size === 0) this.levels.delete(price);
    else this.levels.set(price, size);
    const order = this.orders.find((each) => each.price === price);
    if (order !== undefined) {
      const gone = before - size - order.printed;
      order.printed = 0;
      order.front =
        gone <= 0
          ? Math.min(order.front, size)
          : Math.max(0, Math.min(order.front + Math.min(before - order.front - gone, 0), size));
    }
    if (size > 0) {
      if (this.best === 0 || this.isBetter(price, this.best)) this.best = price;
    } else if (price === this.best) {
      if (this.levels.size === 0) this.best = 0;
      else while (!this.levels.has(this.best)) this.best += this.side === "buy" ? -1 : 1;
    }
  }
}

/** @param tape - of one market, without gaps */
export function objectsPlayer({ rows, kinds, at, a, b }: Tape): Player {
  /** A row as it comes to a listener. */
  const eventOf = (row: number): MarketEvent => {
    const code = kinds[row] ?? 0;
    const kind = code & 0x7f;
    return {
      type: kind <= tapeRow.ask ? "level" : "trade",
      side: kind === tapeRow.bid || kind === tapeRow.bought ? "buy" : "sell",
      price: a[row] ?? 0,
      size: b[row] ?? 0,
      at: at[row] ?? 0,
      isLast: code >= lastOfMessage,
    };
  };
  return () => {
    const filled: Filled = { fills: 0, lots: 0, digest: 0 };
    const buys = new Half("buy");
    const sells = new Half("sell");
    let crossing: MarketEvent[] = [];
    let next = at[0] ?? 0;
    const fill = (half: Half, order: Order, size: number) => {
      order.left -= size;
      note(filled, order.price, size);
      if (order.left === 0) half.orders.splice(half.orders.indexOf(order), 1);
    };
    const print = ({ side, price, size }: MarketEvent) => {
      const half = side === "buy" ? sells : buys;
      let open = size;
      for (const order of half.orders.slice()) {
        if (open === 0 || half.isBetter(price, order.price)) return;
        if (order.price === price) {
          const eaten = Math.min(open, order.front);
          order.front -= eaten;
          open -= eaten;
          const behind = (half.levels.get(price) ?? 0) - order.front - eaten;
          const ours = Math.min(open, order.left);
          order.printed += eaten + Math.min(Math.max(0, open - ours), behind);
          if (ours > 0) fill(half, order, ours);
          return;
        }
        const ours = Math.min(open, order.left);
        open -= ours;
        fill(half, order, ours);
      }
    };
    const crosses = ({ side, price }: MarketEvent): boolean => {
      const best = (side === "buy" ? sells : buys).orders[0];
      return best !== undefined && (side === "buy" ? price >= best.price : price <= best.price);
    };
    const cross = (event: MarketEvent) => {
      const half = event.side === "buy" ? sells : buys;
      let open = event.size;
      while (open > 0 && crosses(event)) {
        const [order] = half.orders;
        if (order === undefined) break;
        const ours = Math.min(open, order.left);
        open -= ours;
        fill(half, order, ours);
      }
      (event.side === "buy" ? buys : sells).set(event.price, crosses(event) ? 0 : open);
    };
    const grid = (half: Half) => {
      const step = half.side === "buy" ? -gap : gap;
      const wished = Array.from({ length: rungs }, (_, rung) => half.best + rung * step);
      const kept = half.orders.filter(({ price }) => wished.includes(price));
      half.orders.length = 0;
      for (const price of wished)
        half.orders.push(
          kept.find((each) => each.price === price) ?? {
            price,
            left: lotsEach,
            front: half.levels.get(price) ?? 0,
            printed: 0,
          },
        );
    };
    for (let row = 0; row < rows; row++) {
      const event = eventOf(row);
      if (event.type === "trade") print(event);
      else if (event.size > 0 && crosses(event)) crossing.push(event);
      else (event.side === "buy" ? buys : sells).set(event.price, event.size);
      if (!event.isLast) continue;
      if (crossing.length > 0) {
        for (const each of crossing) cross(each);
        crossing = [];
      }
      if (event.at < next || buys.best === 0 || sells.best === 0) continue;
      next = event.at + everyMs;
      grid(buys);
      grid(sells);
    }
    return filled;
  };
}
