// Slots, states, and the sums that rules ask for.
import { lots, millis, type PlaceOrder, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createOrders, type Order, type Orders } from "./orders.ts";
import { nth, perp } from "./scene.fixture.ts";

const t = (ms: number) => millis(1_000 + ms);
const command = (count: number, more: Partial<PlaceOrder> = {}): PlaceOrder => ({
  type: "order.place",
  clientId: nth(count),
  instrument: perp.id,
  slot: "a/buy",
  side: "buy",
  price: ticks(14_990),
  size: lots(10),
  tif: "gtx",
  reduceOnly: false,
  ...more,
});

function placed(
  count = 1,
  more: Partial<PlaceOrder> = {},
  orders: Orders = createOrders(),
): { orders: Orders; order: Order } {
  orders.placed(command(count, more), "a", t(0));
  const order = orders.find(nth(count));
  if (order === undefined) throw new Error("it was just placed");
  return { orders, order };
}

describe("createOrders", () => {
  it("keeps an order from the moment it is commanded", () => {
    const { orders, order } = placed();
    expect(orders.inSlot("a/buy")).toBe(order);
    expect(order).toMatchObject({
      state: "placing",
      filled: 0,
      counted: 0,
      postOnly: true,
      placedAt: t(0),
      strategy: "a",
    });
    expect(orders.working(perp.id, "buy")).toBe(10);
    expect(orders.working(perp.id, "sell")).toBe(0);
  });

  it("counts down what works as it fills, and frees the slot with the last lot", () => {
    const { orders, order } = placed();
    orders.told(order, "order.accepted", t(1), t(1));
    orders.filledTo(order, 4, t(2), t(2));
    orders.counted(order, 4);
    expect([order.state, orders.working(perp.id, "buy")]).toEqual(["open", 6]);
    orders.filledTo(order, 10, t(3), t(3));
    orders.counted(order, 6);
    expect([orders.inSlot("a/buy"), orders.working(perp.id, "buy"), order.endedAt]).toEqual([undefined, 0, t(3)]);
    expect(orders.find(nth(1))).toBe(order);
  });

  it("keeps the slot of an order that is over until its last fill is counted", () => {
    const { orders, order } = placed(1, { tif: "ioc" });
    orders.filledTo(order, 7, t(1), t(1)); // the venue says that 7 are filled, and the trades are on their way
    orders.told(order, "order.expired", t(1), t(1));
    expect([orders.inSlot("a/buy") === order, order.state, orders.doubtful(perp.id)]).toEqual([true, "unknown", true]);
    orders.counted(order, 3);
    expect(orders.inSlot("a/buy")).toBe(order);
    orders.counted(order, 4);
    expect([orders.inSlot("a/buy"), order.endedAt, orders.doubtful(perp.id)]).toEqual([undefined, t(1), false]);
  });

  it("keeps the slot of a full order of which an earlier fill is missing", () => {
    const { orders, order } = placed();
    orders.filledTo(order, 10, t(1), t(1)); // the second trade came first
    orders.counted(order, 6);
    expect([orders.live.size, order.state, orders.working(perp.id, "buy")]).toEqual([1, "unknown", 0]);
    orders.counted(order, 4);
    expect(orders.live.size).toBe(0);
  });

  it("lets go of fills that no list has", () => {
    const { orders, order } = placed();
    orders.filledTo(order, 10, t(1), t(1));
    orders.forgive(order);
    expect([orders.live.size, order.endedAt]).toEqual([0, t(1)]);
  });

  it("lets go of such fills of an order that stands, and of nothing else", () => {
    const { orders, order } = placed();
    orders.filledTo(order, 4, t(1), t(1));
    orders.forgive(order);
    expect([orders.inSlot("a/buy"), orders.working(perp.id, "buy"), orders.doubtful(perp.id)]).toEqual([
      order,
      6,
      false,
    ]);
  });

  it("takes a total that is told again for nothing new", () => {
    const { orders, order } = placed();
    orders.filledTo(order, 4, t(1), t(1));
    orders.filledTo(order, 4, t(9), t(9));
    expect(order.filledAt).toBe(t(1)); // how long its fill is missing is counted from there
  });

  it("learns of fills of an order that has ended, and nothing works or is in doubt for them", () => {
    const { orders, order } = placed();
    orders.end(order, t(1));
    orders.told(order, "order.accepted", t(2), t(2));
    orders.filledTo(order, 10, t(3), t(3));
    expect([order.filled, order.state, order.overAt, order.endedAt]).toEqual([10, "placing", undefined, t(1)]);
    expect([orders.working(perp.id, "buy"), orders.live.size, orders.doubtful(perp.id)]).toEqual([0, 0, false]);
  });

  it("is post-only as it was commanded", () => {
    expect([placed(1, { tif: "gtc" }).order.postOnly, placed(1, { tif: "ioc" }).order.postOnly]).toEqual([
      false,
      false,
    ]);
  });

  it("never lowers the filled total and never lets it pass the size", () => {
    const { orders, order } = placed();
    orders.filledTo(order, 5, t(1), t(1));
    orders.filledTo(order, 3, t(2), t(2));
    expect([order.filled, order.filledAt]).toEqual([5, t(1)]);
    orders.filledTo(order, 99, t(3), t(3));
    expect([order.filled, orders.working(perp.id, "buy")]).toEqual([10, 0]);
  });

  it("does not take an order that is over for open because an old fact came late", () => {
    const { orders, order } = placed();
    orders.filledTo(order, 4, t(2), t(2));
    orders.told(order, "order.cancelled", t(2), t(2));
    orders.told(order, "order.accepted", t(3), t(1));
    expect(order.state).toBe("unknown");
  });

  it("knows doubt by instrument", () => {
    const { orders, order } = placed();
    orders.doubt(order, t(1));
    expect([orders.doubtful(perp.id), orders.doubtful("v:OTHER")]).toEqual([true, false]);
    expect(order.since).toBe(t(1));
  });

  it("gives what is waited for its time anew after a leap, and leaves the time of an acceptance alone", () => {
    const { orders, order } = placed();
    const { order: known } = placed(2, { slot: "a/sell", side: "sell" }, orders);
    known.acceptedAt = t(3);
    orders.waited(500);
    expect([order.since, order.placedAt]).toEqual([t(500), t(500)]);
    expect([known.since, known.placedAt, known.acceptedAt]).toEqual([t(500), t(0), t(3)]);
  });

  it("revives an order that stands after all, and counts what is left of it", () => {
    const { orders, order } = placed();
    orders.filledTo(order, 4, t(1), t(1));
    orders.counted(order, 4);
    orders.end(order, t(5));
    expect(orders.working(perp.id, "buy")).toBe(0);
    orders.revive(order, t(6));
    expect([orders.inSlot("a/buy"), order.state, orders.working(perp.id, "buy"), order.endedAt]).toEqual([
      order,
      "open",
      6,
      undefined,
    ]);
  });

  it("counts an order once that stands after all while its slot still waited for it", () => {
    const { orders, order } = placed();
    orders.filledTo(order, 4, t(1), t(1));
    orders.told(order, "order.cancelled", t(1), t(1));
    orders.revive(order, t(2));
    expect([order.state, order.overAt, orders.live.size, orders.working(perp.id, "buy")]).toEqual([
      "open",
      undefined,
      1,
      6,
    ]);
  });

  it("frees no slot that is another order's by now", () => {
    const { orders, order } = placed();
    const { order: newer } = placed(2, {}, orders);
    orders.end(order, t(1));
    expect([orders.inSlot("a/buy"), orders.live.size]).toEqual([newer, 1]);
  });

  it("leaves the slot to a newer order when an older one ends", () => {
    const { orders, order } = placed();
    orders.end(order, t(1));
    const { order: newer } = placed(2, {}, orders);
    orders.end(order, t(2));
    expect(orders.inSlot("a/buy")).toBe(newer);
    expect(order.endedAt).toBe(t(1));
  });

  it("remembers the last 5,000 that ended, and no more", () => {
    const orders = createOrders();
    for (let count = 1; count <= 5_001; count++) orders.end(placed(count, {}, orders).order, t(count));
    expect([orders.find(nth(1)), orders.find(nth(2))?.clientId, orders.live.size]).toEqual([undefined, nth(2), 0]);
  });

  it("remembers one that stood after all from when it ended again", () => {
    const { orders, order } = placed();
    orders.end(order, t(1));
    for (let count = 2; count <= 5_000; count++) orders.end(placed(count, {}, orders).order, t(count));
    orders.revive(order, t(5_001));
    orders.end(order, t(5_002));
    orders.end(placed(5_001, {}, orders).order, t(5_003));
    expect([orders.find(nth(1)), orders.find(nth(2))]).toEqual([order, undefined]);
  });
});
