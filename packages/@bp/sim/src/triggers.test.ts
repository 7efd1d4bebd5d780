import { lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { OrderRequest, Trigger } from "./contract.ts";
import { marketOrder, order, perp, purse, spot, taken, trial } from "./trial.fixture.ts";

const at = (price: number, when: Trigger["when"], by: Trigger["by"] = "last"): Pick<OrderRequest, "trigger"> => ({
  trigger: { price: ticks(price), by, when },
});

/** Alice holds 1 SOL of the perpetual, bought at 100; the last price is 100.00 and so is the mark. */
function long() {
  const stage = trial();
  const { exchange, market } = stage;
  market.hands.mark(perp.id, 10_000, 10_000);
  market.hands.place(order(perp.id, "sell", 10_000, 100));
  taken(exchange.place("alice", order(perp.id, "buy", 10_000, 100)));
  stage.heard();
  return stage;
}

describe("an order with a trigger", () => {
  it("waits without locking anything, fires with a print, and trades", () => {
    const stage = long();
    const { exchange, market, heard, facts } = stage;
    const stop = marketOrder(
      perp.id,
      "sell",
      { size: 100 },
      { reduceOnly: true, clientId: "stop", ...at(9_900, "below") },
    );
    const placed = taken(exchange.place("alice", stop));
    expect(placed).toMatchObject({ status: "waiting", filled: 0, clientId: "stop" });
    expect(heard()).toEqual(["order-waiting"]);
    expect(exchange.openOrders("alice")).toEqual([placed]);
    expect(exchange.margin("alice").initial).toBe("10"); // of the position
    market.hands.place(order(perp.id, "buy", 9_850, 500));
    market.hands.print(perp.id, ticks(9_901), lots(1), "sell");
    expect(exchange.openOrders("alice")).toHaveLength(1);
    heard();
    market.hands.print(perp.id, ticks(9_900), lots(1), "sell");
    expect(heard()).toEqual([
      "trade",
      "order-triggered",
      "order-accepted",
      "trade",
      "order-filled",
      "position",
      "balance",
      "depth",
    ]);
    const lived = facts.flatMap((fact) => ("order" in fact && fact.order.id === placed.id ? [fact.order] : []));
    expect(lived.map(({ status }) => status)).toEqual(["waiting", "waiting", "new", "filled"]);
    expect(lived.map(({ triggeredAt }) => triggeredAt !== undefined)).toEqual([false, true, true, true]);
    expect(exchange.positions("alice")).toEqual([]);
    expect(exchange.orderHistory("alice")[0]).toMatchObject({
      id: placed.id,
      status: "filled",
      createdAt: placed.createdAt,
    });
  });

  it("fires at once when it is met already, or is refused if it says so", () => {
    const { exchange, heard } = long();
    const limit = order(perp.id, "sell", 10_500, 50, at(10_000, "above"));
    expect(exchange.place("alice", { ...limit, ifTriggered: "refuse" })).toMatchObject({ refusal: "would-trigger" });
    expect(heard()).toEqual([]);
    expect(taken(exchange.place("alice", limit))).toMatchObject({ status: "new" });
    expect(heard()).toEqual(["order-waiting", "order-triggered", "order-accepted", "depth"]);
  });

  it("looks at the last price, the mark or the index", () => {
    const { exchange, market } = long();
    const ids = (["last", "mark", "index"] as const).map(
      (by) => taken(exchange.place("alice", order(perp.id, "sell", 12_000, 10, at(10_100, "above", by)))).id,
    );
    const waiting = () => ids.map((id) => exchange.order("alice", { instrument: perp.id, id })?.status);
    market.hands.mark(perp.id, 10_100, 10_099);
    expect(waiting()).toEqual(["waiting", "new", "waiting"]);
    market.hands.mark(perp.id, 10_050, 10_100);
    expect(waiting()).toEqual(["waiting", "new", "new"]);
    market.hands.place(order(perp.id, "sell", 10_100, 1));
    market.hands.place(order(perp.id, "buy", 10_100, 1));
    expect(waiting()).toEqual(["new", "new", "new"]);
  });

  it("fails when it cannot be placed: no position to close, no money", () => {
    const { exchange, market, facts, heard } = long();
    const close = {
      ...marketOrder(perp.id, "sell", { size: 1 }, at(9_000, "below", "mark")),
      closePosition: true,
    } as const;
    const { size: _, ...wholly } = close;
    taken(exchange.place("alice", wholly));
    taken(exchange.place("bob", { ...wholly, side: "buy" }));
    taken(exchange.place("bob", order(spot.id, "buy", 10_000, 50_000, at(9_000, "below", "mark"))));
    market.hands.place(order(perp.id, "buy", 8_950, 500));
    market.hands.mark(spot.id, 9_000, 9_000);
    heard();
    market.hands.mark(perp.id, 9_000, 9_000);
    expect(exchange.positions("alice")).toEqual([]);
    expect(exchange.fills("alice").at(-1)).toMatchObject({ price: 8_950, size: 100, realized: "-10.5" });
    const failed = facts.flatMap((fact) => (fact.type === "order-trigger-failed" ? [fact.order] : []));
    expect(failed.map(({ status, failure }) => [status, failure])).toEqual([
      ["trigger-failed", "no-funds"],
      ["trigger-failed", "reduce-only"],
    ]);
    expect(exchange.openOrders("bob")).toEqual([]);
  });

  it("is cancelled by id and with the others of its kind", () => {
    const { exchange } = long();
    const wait = (clientId: string) =>
      taken(exchange.place("alice", order(perp.id, "sell", 11_000, 10, { clientId, ...at(10_500, "above") })));
    wait("a");
    wait("b");
    taken(exchange.place("alice", order(perp.id, "buy", 9_000, 10)));
    expect(exchange.place("alice", order(perp.id, "buy", 9_000, 10, { clientId: "a" }))).toMatchObject({
      refusal: "duplicate-client-id",
    });
    expect(exchange.cancel("alice", { instrument: perp.id, clientId: "a" })).toMatchObject({
      order: { status: "cancelled" },
    });
    expect(exchange.cancelAll("alice", perp.id, "waiting").map(({ clientId }) => clientId)).toEqual(["b"]);
    expect(exchange.openOrders("alice")).toHaveLength(1);
    expect(exchange.cancelAll("alice", perp.id, "resting")).toHaveLength(1);
  });

  it("has a limit of number of its own", () => {
    const { exchange } = trial({ maxWaitingOrders: 1, maxOpenOrders: 1 });
    taken(exchange.place("alice", order(spot.id, "buy", 9_000, 10)));
    const waiting = order(spot.id, "buy", 9_000, 10, at(9_500, "below"));
    taken(exchange.place("alice", waiting));
    expect(exchange.place("alice", waiting)).toMatchObject({ refusal: "too-many-orders" });
  });

  it("is refused with fields that do not belong together", () => {
    const { exchange } = trial();
    const refusal = (request: OrderRequest) => {
      const result = exchange.place("alice", request);
      return result.ok ? "taken" : result.refusal;
    };
    const trailing = { callback: 0.01, by: "last" } as const;
    expect(refusal(order(spot.id, "buy", 9_000, 10, { trailing, ...at(9_500, "below") }))).toBe("bad-request");
    expect(refusal(order(spot.id, "buy", 9_000, 10, { trailing: { ...trailing, callback: 1 } }))).toBe("bad-request");
    expect(refusal(order(spot.id, "buy", 9_000, 10, at(0, "below")))).toBe("bad-price");
    expect(refusal(marketOrder(perp.id, "sell", { size: 1 }, { closePosition: true }))).toBe("bad-request");
    expect(refusal(marketOrder(perp.id, "sell", { size: 1 }, { closePosition: true, ...at(9_000, "below") }))).toBe(
      "bad-request",
    );
  });
});

describe("a trailing order", () => {
  it("follows the best price after its activation and fires a callback behind it", () => {
    const { exchange, market } = long();
    market.hands.place(order(perp.id, "buy", 10_000, 500));
    const trailing = { callback: 0.01, activation: ticks(10_200), by: "mark" } as const;
    const { id } = taken(
      exchange.place("alice", marketOrder(perp.id, "sell", { size: 100 }, { reduceOnly: true, trailing })),
    );
    const status = () => exchange.orderHistory("alice").find((each) => each.id === id)?.status;
    for (const mark of [10_100, 9_900, 10_200, 10_400, 10_297]) market.hands.mark(perp.id, mark, 10_000);
    expect(status()).toBe("waiting"); // 104 less 1 % is 102.96
    market.hands.mark(perp.id, 10_296, 10_000);
    expect(status()).toBe("filled");
  });
});

describe("attached orders", () => {
  const attached = {
    takeProfit: { trigger: { price: ticks(11_000), by: "mark", when: "above" }, limit: ticks(10_900) },
    stopLoss: { trigger: { price: ticks(9_500), by: "mark", when: "below" } },
  } as const;

  it("appear with the first fill, grow, and when one fires the other goes", () => {
    const { exchange, market, heard } = trial();
    market.hands.mark(perp.id, 10_000, 10_000);
    const parent = taken(exchange.place("alice", order(perp.id, "buy", 10_000, 100, { attached })));
    expect(exchange.openOrders("alice")).toHaveLength(1);
    market.hands.place(order(perp.id, "sell", 10_000, 40));
    const children = () => exchange.openOrders("alice").filter(({ relatedOrderId }) => relatedOrderId === parent.id);
    expect(children()).toMatchObject([
      { side: "sell", type: "limit", price: 10_900, size: 40, reduceOnly: true, status: "waiting" },
      { side: "sell", type: "market", size: 40, reduceOnly: true, status: "waiting" },
    ]);
    market.hands.place(order(perp.id, "sell", 10_000, 60));
    expect(children().map(({ size }) => size)).toEqual([100, 100]);
    market.hands.place(order(perp.id, "buy", 9_450, 500));
    heard();
    market.hands.mark(perp.id, 9_500, 9_500);
    expect(heard().slice(0, 5)).toEqual(["mark", "order-triggered", "order-cancelled", "order-accepted", "trade"]);
    expect(children()).toEqual([]);
    expect(exchange.positions("alice")).toEqual([]);
    expect(exchange.fills("alice").at(-1)).toMatchObject({ side: "sell", price: 9_450, size: 100 });
  });

  it("come anew for what fills after a pair has fired", () => {
    const { exchange, market } = trial();
    market.hands.mark(perp.id, 10_000, 10_000);
    taken(exchange.place("alice", order(perp.id, "buy", 10_000, 100, { attached })));
    market.hands.place(order(perp.id, "sell", 10_000, 40));
    const bid = market.hands.place(order(perp.id, "buy", 10_950, 40)) ?? "";
    market.hands.mark(perp.id, 11_000, 11_000);
    market.hands.cancel(bid);
    market.hands.mark(perp.id, 10_000, 10_000);
    expect(exchange.positions("alice")).toEqual([]);
    expect(exchange.fills("alice").map(({ size, price }) => [size, price])).toEqual([
      [40, 10_000],
      [40, 10_950],
    ]);
    market.hands.place(order(perp.id, "sell", 10_000, 60));
    expect(exchange.openOrders("alice").map(({ size, status }) => [size, status])).toEqual([
      [60, "waiting"],
      [60, "waiting"],
    ]);
  });

  it("trade although the rest of their parent is in the way", () => {
    const { exchange, market } = trial();
    market.hands.mark(perp.id, 10_000, 10_000);
    const parent = taken(exchange.place("alice", order(perp.id, "buy", 10_000, 100, { attached })));
    market.hands.place(order(perp.id, "sell", 10_000, 40));
    market.hands.place(order(perp.id, "buy", 9_990, 500));
    market.hands.mark(perp.id, 9_500, 9_500);
    expect(exchange.positions("alice")).toEqual([]);
    expect(exchange.orderHistory("alice").find(({ id }) => id === parent.id)).toMatchObject({ expiry: "self-trade" });
  });

  it("sell on spot what the fee has left", () => {
    const { exchange, market } = trial({ accounts: [{ name: "alice", balances: { USDC: "1000" } }] });
    market.hands.mark(spot.id, 10_000, 10_000);
    market.hands.place(order(spot.id, "sell", 10_000, 500));
    taken(exchange.place("alice", order(spot.id, "buy", 10_000, 500, { attached }))); // 5 SOL less 0.005
    market.hands.place(order(spot.id, "buy", 9_900, 500));
    market.hands.mark(spot.id, 9_400, 9_400);
    expect(exchange.fills("alice").at(-1)).toMatchObject({ side: "sell", size: 499 });
    expect(purse(exchange, "alice", "SOL").total).toBe("0.005");
  });

  it("do not go with orders that close", () => {
    const { exchange } = long();
    expect(exchange.place("alice", order(perp.id, "sell", 10_000, 10, { reduceOnly: true, attached }))).toMatchObject({
      refusal: "bad-request",
    });
  });
});
