import { describe, expect, it } from "vitest";
import type { LevelNow, OrderNow } from "../../contract/index.ts";
import { depth, ladderRows } from "./rows.ts";

const order = (side: OrderNow["side"], price: string, more: Partial<OrderNow> = {}): OrderNow => ({
  clientId: 1,
  slot: "maker/bid",
  side,
  price,
  size: "2",
  filled: "0",
  state: "open",
  placedAt: 0,
  postOnly: true,
  reduceOnly: false,
  ...more,
});
const bids: readonly LevelNow[] = [
  ["100.0", "4"],
  ["99.9", "8"],
];
const asks: readonly LevelNow[] = [
  ["100.2", "1"],
  ["100.3", "2"],
];
const full = Array.from({ length: depth }, (_, index): LevelNow => [String(100 - index), "1"]);

describe("ladderRows", () => {
  it("shows the book, best first, sizes against the largest of both sides", () => {
    const rows = ladderRows({ bids, asks, orders: [] });
    expect(rows.bids.map(({ price, share }) => [price, share])).toEqual([
      ["100.0", 0.5],
      ["99.9", 1],
    ]);
    expect(rows.asks.map(({ price, share }) => [price, share])).toEqual([
      ["100.2", 0.125],
      ["100.3", 0.25],
    ]);
  });

  it("puts an order into the row of its price, however the price is written", () => {
    const rows = ladderRows({ bids, asks, orders: [order("buy", "100.00", { filled: "0.5", ahead: "3" })] });
    expect(rows.bids).toHaveLength(2);
    expect(rows.bids[0]?.own[0]).toMatchObject({ rest: "1.5", queue: 3 / 4.5 });
  });

  it("makes a row for an order whose price has no level, and claims no size there", () => {
    const rows = ladderRows({ bids, asks, orders: [order("buy", "99.95"), order("sell", "100.25")] });
    expect(rows.bids.map(({ price, size }) => [price, size])).toEqual([
      ["100.0", "4"],
      ["99.95", undefined],
      ["99.9", "8"],
    ]);
    expect(rows.asks.map(({ price }) => price)).toEqual(["100.2", "100.25", "100.3"]);
  });

  it("does not know a queue that was not told: that is not the front of it", () => {
    const [row] = ladderRows({ bids, asks, orders: [order("buy", "100")] }).bids;
    expect(row?.own[0]).not.toHaveProperty("queue");
    const [front] = ladderRows({ bids, asks, orders: [order("buy", "100", { ahead: "0" })] }).bids;
    expect(front?.own[0]?.queue).toBe(0);
  });

  it("lists beyond the edge what lies below a full side, nearest first", () => {
    const orders = [order("buy", "10", { clientId: 2 }), order("buy", "50", { clientId: 3 })];
    const rows = ladderRows({ bids: full, asks: [], orders });
    expect(rows.bids).toHaveLength(depth);
    expect(rows.beyondBids.map(({ order }) => order.clientId)).toEqual([3, 2]);
    expect(rows.beyondAsks).toEqual([]);
  });

  it("loses no order where rows of its own push others out", () => {
    const orders = [order("buy", "99.5", { clientId: 2 }), order("buy", "86", { clientId: 3 })];
    const rows = ladderRows({ bids: full, asks: [], orders });
    expect(rows.bids).toHaveLength(depth);
    expect(rows.bids[1]?.own[0]?.order.clientId).toBe(2);
    expect(rows.beyondBids.map(({ order }) => order.clientId)).toEqual([3]);
  });

  it("shows own orders without any book", () => {
    const rows = ladderRows({ bids: [], asks: [], orders: [order("buy", "99"), order("sell", "101")] });
    expect(rows.bids.map(({ price, share }) => [price, share])).toEqual([["99", 0]]);
    expect(rows.asks).toHaveLength(1);
    expect(ladderRows({ bids: [], asks: [], orders: [] }).bids).toEqual([]);
  });

  it("keeps each side by itself in a crossed book", () => {
    const rows = ladderRows({ bids: [["101", "1"]], asks: [["100", "1"]], orders: [order("buy", "100.5")] });
    expect(rows.bids.map(({ price }) => price)).toEqual(["101", "100.5"]);
    expect(rows.asks.map(({ price }) => price)).toEqual(["100"]);
  });

  it("holds several orders at one price", () => {
    const orders = [order("sell", "100.2"), order("sell", "100.20", { clientId: 2 })];
    expect(ladderRows({ bids, asks, orders }).asks[0]?.own.map(({ order }) => order.clientId)).toEqual([1, 2]);
  });
});
