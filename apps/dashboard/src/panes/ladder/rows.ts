// The rows of a ladder: the levels of a book, and the own orders in them, between them and beyond them.
import type { LevelNow, MarketNow, OrderNow, Text } from "../../contract/index.ts";
import { canonical, compare, forDrawing, minus, share } from "../decimal.ts";

/** An own order as the ladder shows it. */
export interface OwnOrder {
  readonly order: OrderNow;
  /** What is left of it, base. */
  readonly rest: Text;
  /** What stands before it, as a share of all that stands at its price, 0 to 1; left out: not known. */
  readonly queue?: number;
}

/** A price of one side. */
export interface LadderRow {
  /** The price in one way of writing, to know the row again. */
  readonly key: Text;
  readonly price: Text;
  /** What the book has there; left out where it has no level. */
  readonly size?: Text;
  /** Of the largest level shown, 0 to 1. */
  readonly share: number;
  readonly own: readonly OwnOrder[];
}

/** Both sides, best first. */
export interface LadderRows {
  readonly bids: readonly LadderRow[];
  readonly asks: readonly LadderRow[];
  /** Own orders that no row is left for. */
  readonly beyondBids: readonly OwnOrder[];
  readonly beyondAsks: readonly OwnOrder[];
}

/** How many rows a side has at most. */
export const depth = 15;

/** @param rows - a side, at least 1 */
export function ladderRows(
  { bids, asks, orders }: Pick<MarketNow, "bids" | "asks" | "orders">,
  rows = depth,
): LadderRows {
  const largest = Math.max(0, ...[...bids.slice(0, rows), ...asks.slice(0, rows)].map(([, size]) => forDrawing(size)));
  const bid = sideOf("buy", bids, orders, largest, rows);
  const ask = sideOf("sell", asks, orders, largest, rows);
  return { bids: bid.rows, asks: ask.rows, beyondBids: bid.beyond, beyondAsks: ask.beyond };
}

function sideOf(
  side: OrderNow["side"],
  levels: readonly LevelNow[],
  orders: readonly OrderNow[],
  largest: number,
  rows: number,
): { readonly rows: readonly LadderRow[]; readonly beyond: readonly OwnOrder[] } {
  const byPrice = new Map<Text, { price: Text; size?: Text; own: OrderNow[] }>();
  for (const [price, size] of levels) byPrice.set(canonical(price), { price, size, own: [] });
  // A full side goes on below what is shown: an order down there has no row that would tell the truth about its level.
  const last = levels.length >= depth ? levels.at(-1)?.[0] : undefined;
  const beyond: OrderNow[] = [];
  const isBeyond = (price: Text) => last !== undefined && better(side, last, price) < 0;
  for (const order of orders) {
    if (order.side !== side) continue;
    const key = canonical(order.price);
    const row = byPrice.get(key);
    if (row !== undefined) row.own.push(order);
    else if (isBeyond(order.price)) beyond.push(order);
    else byPrice.set(key, { price: order.price, own: [order] });
  }
  const sorted = [...byPrice].toSorted(([a], [b]) => better(side, a, b));
  const kept = sorted.slice(0, rows).map(([key, { price, size, own }]): LadderRow => {
    const standing = own.map((order) => ownOrder(order, size));
    const known = size === undefined ? {} : { size };
    return { key, price, ...known, share: inSteps(share(forDrawing(size), largest)), own: standing };
  });
  const left = [...sorted.slice(rows).flatMap(([, { own }]) => own), ...beyond];
  left.sort((a, b) => better(side, a.price, b.price));
  return { rows: kept, beyond: left.map((order) => ownOrder(order, undefined)) };
}

/** A bar in so many steps is as good to the eye, and most rows say the same when the largest level is another. */
const steps = 24;
const inSteps = (value: number): number => Math.round(value * steps) / steps;

/** Below 0: `a` is nearer to the other side. */
const better = (side: OrderNow["side"], a: Text, b: Text): number => (side === "buy" ? compare(b, a) : compare(a, b));

function ownOrder(order: OrderNow, level: Text | undefined): OwnOrder {
  const rest = minus(order.size, order.filled) ?? order.size;
  if (order.ahead === undefined) return { order, rest };
  const ahead = forDrawing(order.ahead);
  return { order, rest, queue: share(ahead, Math.max(forDrawing(level), ahead + forDrawing(rest))) };
}
