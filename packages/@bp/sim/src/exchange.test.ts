import { BpError, lots, millis, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createExchange } from "./exchange.ts";
import { scriptedMarket } from "./scripted.ts";
import { alice, bob, marketOrder, order, perp, purse, spot, start, taken, trial } from "./trial.fixture.ts";

describe("limit orders", () => {
  it("rest, lock what they may cost and show in the depth", () => {
    const { exchange, limit, facts } = trial();
    const placed = taken(limit("alice", "buy", 15_000, 200, { clientId: 7 })); // 2 SOL at 150.00
    expect(placed).toMatchObject({
      id: "1",
      status: "new",
      filled: 0,
      filledQuote: "0",
      createdAt: start,
      clientId: 7,
    });
    expect(purse(exchange, "alice", "USDC")).toEqual({ total: "10000", locked: "300" });
    expect(facts).toEqual([
      { at: start, type: "order-accepted", account: "alice", order: placed },
      { at: start, type: "balance", account: "alice", balance: { asset: "USDC", total: "10000", locked: "300" } },
      { at: start, type: "depth", instrument: spot.id, first: 1, last: 1, bids: [[15_000, 200]], asks: [] },
    ]);
    expect(exchange.book(spot.id)).toEqual({ lastUpdateId: 1, at: start, bids: [[15_000, 200]], asks: [] });
  });

  it("are told of as long as the exchange remembers", () => {
    const { exchange, limit, other } = trial({ remembers: { fills: 2, orders: 1 } });
    for (const size of [100, 200, 300]) {
      other("sell", 15_000, size);
      limit("alice", "buy", 15_000, size);
    }
    expect(exchange.fills("alice").map(({ size }) => size)).toEqual([200, 300]);
    expect(exchange.orderHistory("alice").map(({ size }) => size)).toEqual([300]);
  });

  it("trade at the maker's price; a spot buyer pays the fee in base, the seller in quote", () => {
    const { exchange, limit, facts } = trial();
    limit("alice", "sell", 15_000, 200);
    const bought = taken(limit("bob", "buy", 15_010, 100));
    expect(bought).toMatchObject({ status: "filled", filled: 100, filledQuote: "150" });
    expect(purse(exchange, "alice", "USDC")).toEqual({ total: "10149.88", locked: "0" }); // 150 − 0.08 %
    expect(purse(exchange, "alice", "SOL")).toEqual({ total: "49", locked: "1" });
    expect(purse(exchange, "bob", "USDC")).toEqual({ total: "9850", locked: "0" });
    expect(purse(exchange, "bob", "SOL")).toEqual({ total: "50.999", locked: "0" }); // 1 − 0.1 %
    const told = facts
      .slice(3)
      .map((fact) =>
        fact.type === "order-filled"
          ? `${fact.account} ${fact.fill.liquidity} ${fact.fill.fee} ${fact.fill.feeAsset}`
          : fact.type,
      );
    expect(told).toEqual([
      "order-accepted",
      "trade",
      "alice maker 0.12 USDC",
      "bob taker 0.001 SOL",
      "balance",
      "balance",
      "balance",
      "balance",
      "depth",
    ]);
    expect(facts.find((fact) => fact.type === "trade")).toMatchObject({
      id: 1,
      taker: "buy",
      buyOrderId: "2",
      sellOrderId: "1",
    });
  });

  it("take what is there and let the rest rest", () => {
    const { exchange, limit, other } = trial();
    other("sell", 15_000, 50);
    other("sell", 15_005, 50);
    const placed = taken(limit("alice", "buy", 15_002, 80));
    expect(placed).toMatchObject({ status: "partially-filled", filled: 50, filledQuote: "75" });
    expect(purse(exchange, "alice", "USDC")).toEqual({ total: "9925", locked: "45.006" }); // 30 × 150.02
    expect(exchange.book(spot.id)).toMatchObject({ bids: [[15_002, 30]], asks: [[15_005, 50]] });
    expect(exchange.openOrders("alice")).toEqual([exchange.order("alice", { instrument: spot.id, id: placed.id })]);
  });

  it("fill by what arrives later, oldest first", () => {
    const { exchange, limit, other } = trial();
    limit("alice", "buy", 15_000, 100);
    limit("bob", "buy", 15_000, 100);
    other("sell", 14_990, 150);
    expect(exchange.fills("alice").map(({ size, total, price }) => [size, total, price])).toEqual([[100, 100, 15_000]]);
    expect(exchange.fills("bob").map(({ size, total }) => [size, total])).toEqual([[50, 50]]);
    expect(exchange.orderHistory("alice")).toMatchObject([{ status: "filled" }]);
    expect(exchange.orderHistory("bob")).toMatchObject([{ status: "partially-filled" }]);
  });
});

describe("post-only", () => {
  it("is refused when it would take, also from an own order, and nothing is left behind", () => {
    const { exchange, limit, other, facts } = trial();
    other("sell", 15_000, 50);
    const count = facts.length;
    expect(limit("alice", "buy", 15_000, 10, { postOnly: true })).toEqual({
      ok: false,
      refusal: "would-take",
      text: "Order would immediately match and take",
    });
    expect(facts).toHaveLength(count);
    expect(purse(exchange, "alice", "USDC").locked).toBe("0");
    expect(limit("alice", "buy", 14_999, 10, { postOnly: true }).ok).toBe(true);
    expect(limit("alice", "sell", 14_999, 10, { postOnly: true })).toMatchObject({ refusal: "would-take" });
  });
});

describe("immediate or cancel, fill or kill", () => {
  it("expires what an IOC could not trade", () => {
    const { exchange, limit, other, heard } = trial();
    other("sell", 15_000, 50);
    heard();
    expect(taken(limit("alice", "buy", 15_000, 80, { tif: "ioc" }))).toMatchObject({
      status: "expired",
      filled: 50,
      expiry: "immediate-or-cancel",
    });
    expect(heard()).toEqual([
      "order-accepted",
      "trade",
      "order-filled",
      "order-expired",
      "balance",
      "balance",
      "depth",
    ]);
    expect(purse(exchange, "alice", "USDC").locked).toBe("0");
    expect(exchange.openOrders("alice")).toEqual([]);
  });

  it("kills a FOK that cannot be filled in full, and fills one that can over several levels", () => {
    const { limit, other } = trial();
    other("sell", 15_000, 50);
    other("sell", 15_001, 50);
    expect(taken(limit("alice", "buy", 15_001, 101, { tif: "fok" }))).toMatchObject({
      status: "expired",
      filled: 0,
      expiry: "fill-or-kill",
    });
    expect(taken(limit("alice", "buy", 15_001, 100, { tif: "fok" }))).toMatchObject({ status: "filled", filled: 100 });
  });
});

describe("self-trade prevention", () => {
  it("stops the taker by default, after what it traded with others", () => {
    const { exchange, limit, other } = trial();
    other("sell", 15_000, 10);
    limit("alice", "sell", 15_000, 20);
    const stopped = taken(limit("alice", "buy", 15_000, 25));
    expect(stopped).toMatchObject({ status: "expired", expiry: "self-trade", filled: 10 });
    expect(exchange.openOrders("alice")).toMatchObject([{ side: "sell", status: "new" }]);
  });

  it("removes the resting order and goes on with reject-maker", () => {
    const { exchange, limit, other } = trial();
    limit("alice", "sell", 15_000, 20);
    other("sell", 15_000, 10);
    const placed = taken(limit("alice", "buy", 15_000, 25, { selfTradePrevention: "reject-maker" }));
    expect(placed).toMatchObject({ status: "partially-filled", filled: 10 });
    expect(exchange.orderHistory("alice")).toMatchObject([
      { side: "buy" },
      { side: "sell", status: "expired", expiry: "self-trade" },
    ]);
  });

  it("ends both with reject-both", () => {
    const { exchange, limit } = trial();
    limit("alice", "sell", 15_000, 20);
    expect(taken(limit("alice", "buy", 15_000, 25, { selfTradePrevention: "reject-both" }))).toMatchObject({
      expiry: "self-trade",
    });
    expect(exchange.openOrders("alice")).toEqual([]);
    expect(exchange.fills("alice")).toEqual([]);
  });
});

describe("market orders", () => {
  it("by size take the book and end", () => {
    const { exchange, other } = trial();
    other("sell", 15_000, 50);
    other("sell", 15_010, 50);
    const placed = taken(exchange.place("alice", marketOrder(spot.id, "buy", { size: 60 })));
    expect(placed).toMatchObject({ status: "filled", filled: 60, filledQuote: "90.01" });
    expect(purse(exchange, "alice", "USDC")).toEqual({ total: "9909.99", locked: "0" });
  });

  it("by quote spend no more than it, in whole lots", () => {
    const { exchange, other } = trial();
    other("sell", 15_000, 50);
    other("sell", 15_010, 50);
    const bought = taken(exchange.place("alice", marketOrder(spot.id, "buy", { quoteSize: "80" })));
    expect(bought).toMatchObject({ status: "filled", size: 53, filled: 53, filledQuote: "79.503" }); // 75 + 3 × 1.501; a fourth would be 81.004
    other("buy", 14_000, 100);
    const sold = taken(exchange.place("alice", marketOrder(spot.id, "sell", { quoteSize: "10" })));
    expect(sold).toMatchObject({ status: "filled", filled: 7, filledQuote: "9.8" });
    expect(purse(exchange, "alice", "SOL").locked).toBe("0");
  });

  it("do not reach more than 1 % beyond the touch", () => {
    const { exchange, other } = trial();
    other("sell", 10_000, 10);
    other("sell", 10_100, 10);
    other("sell", 10_101, 10);
    expect(taken(exchange.place("alice", marketOrder(spot.id, "buy", { size: 30 })))).toMatchObject({
      status: "expired",
      filled: 20,
      expiry: "price-band",
    });
    expect(exchange.book(spot.id)).toMatchObject({ asks: [[10_101, 10]] });
  });

  it("expire where nobody is", () => {
    const { exchange } = trial();
    expect(taken(exchange.place("alice", marketOrder(spot.id, "sell", { size: 1 })))).toMatchObject({
      status: "expired",
      expiry: "no-liquidity",
    });
  });
});

describe("refusals", () => {
  it("names what is wrong with the form", () => {
    const { exchange, limit } = trial();
    const { price: _, ...unpriced } = order(spot.id, "buy", 1, 1);
    expect(exchange.place("alice", unpriced)).toMatchObject({ refusal: "bad-request" });
    expect(limit("alice", "buy", 15_000, 1, { postOnly: true, tif: "ioc" })).toMatchObject({ refusal: "bad-request" });
    expect(limit("alice", "buy", 15_000, 1, { reduceOnly: true })).toMatchObject({ refusal: "bad-request" });
    expect(exchange.place("alice", order(spot.id, "buy", 15_000, 1, { size: lots(0) }))).toMatchObject({
      refusal: "bad-size",
    });
    expect(exchange.place("alice", marketOrder(spot.id, "buy", { quoteSize: "much" }))).toMatchObject({
      refusal: "bad-request",
    });
    expect(exchange.place("alice", marketOrder(spot.id, "buy", { quoteSize: "0" }))).toMatchObject({
      refusal: "bad-size",
    });
    expect(exchange.place("alice", order("backpack:DOGE_USDC", "buy", 1, 1))).toMatchObject({
      refusal: "unknown-instrument",
    });
  });

  it("holds to the filters of the market", () => {
    const market = scriptedMarket([
      {
        ...spot,
        minSize: lots(10),
        maxSize: lots(100),
        maxPrice: ticks(20_000),
        band: { min: 0.9, max: 1.1 },
        minNotional: "20" as typeof spot.minNotional,
      },
    ]);
    const exchange = createExchange({ start, accounts: [alice], market });
    market.hands.mark(spot.id, 15_000, 15_000);
    const refusal = (price: number, size: number) => {
      const result = exchange.place("alice", order(spot.id, "buy", price, size));
      return result.ok ? "ok" : result.refusal;
    };
    expect([
      refusal(15_000, 9),
      refusal(15_000, 101),
      refusal(20_001, 10),
      refusal(16_501, 20),
      refusal(13_499, 20),
      refusal(15_000, 13),
      refusal(15_000, 14),
    ]).toEqual([
      "bad-size",
      "bad-size",
      "bad-price",
      "bad-price",
      "bad-price",
      "bad-size", // 19.5 USDC
      "ok",
    ]);
  });

  it("holds to the state of the market", () => {
    const { exchange, limit, other } = trial();
    other("sell", 15_000, 10);
    const resting = taken(limit("alice", "buy", 14_000, 1));
    const set = (state: typeof spot.state) => exchange.setInstrument({ ...spot, state });
    set("limit-only");
    expect(exchange.place("alice", marketOrder(spot.id, "buy", { size: 1 }))).toMatchObject({
      refusal: "market-closed",
    });
    set("post-only");
    expect(limit("alice", "buy", 15_000, 1)).toMatchObject({ refusal: "market-closed" });
    expect(limit("alice", "buy", 14_000, 1).ok).toBe(true);
    set("closed");
    expect(limit("alice", "buy", 14_000, 1)).toMatchObject({ refusal: "market-closed" });
    expect(exchange.cancel("alice", { instrument: spot.id, id: resting.id })).toMatchObject({
      refusal: "market-closed",
    });
    set("cancel-only");
    expect(exchange.cancel("alice", { instrument: spot.id, id: resting.id })).toMatchObject({
      ok: true,
      order: { status: "cancelled" },
    });
  });

  it("refuses what the account cannot pay", () => {
    const { exchange, limit } = trial();
    expect(limit("alice", "buy", 10_000, 10_001)).toMatchObject({ refusal: "no-funds", text: "Insufficient funds" });
    expect(limit("alice", "buy", 10_000, 10_000).ok).toBe(true);
    expect(limit("alice", "buy", 1, 1)).toMatchObject({ refusal: "no-funds" });
    expect(limit("alice", "sell", 20_000, 5_001)).toMatchObject({ refusal: "no-funds" });
    expect(exchange.margin("bob")).toMatchObject({ equity: "10000", available: "10000" });
  });

  it("knows client ids among open orders, and bounds their number", () => {
    const { exchange, limit } = trial({ maxOpenOrders: 2 });
    limit("alice", "buy", 100, 1, { clientId: 5 });
    expect(limit("alice", "buy", 100, 1, { clientId: 5 })).toMatchObject({
      refusal: "duplicate-client-id",
      text: "Order with client ID already exists: 5",
    });
    expect(exchange.cancel("alice", { instrument: spot.id, clientId: 5 })).toMatchObject({ ok: true });
    expect(exchange.cancel("alice", { instrument: spot.id, clientId: 5 })).toMatchObject({ refusal: "not-found" });
    expect(limit("alice", "buy", 100, 1, { clientId: 5 }).ok).toBe(true);
    limit("alice", "buy", 100, 1);
    expect(limit("alice", "buy", 100, 1)).toMatchObject({ refusal: "too-many-orders" });
    expect(exchange.cancelAll("alice", spot.id)).toHaveLength(2);
    expect(purse(exchange, "alice", "USDC").locked).toBe("0");
  });
});

describe("the taker delay", () => {
  it("lets everything but post-only wait, in the order it came", () => {
    const { exchange, limit, other } = trial({ takerDelayMs: 100 });
    other("sell", 15_000, 10);
    const first = taken(limit("alice", "buy", 15_000, 10));
    const second = taken(limit("bob", "buy", 15_000, 10));
    expect([first.status, second.status]).toEqual(["new", "new"]);
    expect(exchange.nextAt()).toBe(start + 100);
    exchange.advance(millis(start + 99));
    expect(exchange.fills("alice")).toEqual([]);
    exchange.advance(millis(start + 100));
    expect(exchange.fills("alice")).toHaveLength(1);
    expect(exchange.openOrders("bob")).toMatchObject([{ status: "new" }]);
    expect(exchange.book(spot.id)).toMatchObject({ bids: [[15_000, 10]] });
  });

  it("cancels what waits when the market closes meanwhile", () => {
    const { exchange, limit, other } = trial({ takerDelayMs: 100 });
    other("sell", 15_000, 10);
    limit("alice", "buy", 15_000, 10);
    exchange.setInstrument({ ...spot, state: "closed" });
    exchange.advance(millis(start + 100));
    expect(exchange.orderHistory("alice")).toMatchObject([{ status: "cancelled", filled: 0 }]);
  });

  it("lets a waiting order be cancelled", () => {
    const { exchange, limit, other } = trial({ takerDelayMs: 100 });
    other("sell", 15_000, 10);
    const waiting = taken(limit("alice", "buy", 15_000, 10));
    expect(exchange.cancel("alice", { instrument: spot.id, id: waiting.id })).toMatchObject({ ok: true });
    expect(exchange.nextAt()).toBe(start + 3_600_000); // funding
    exchange.advance(millis(start + 200));
    expect(exchange.fills("alice")).toEqual([]);
    expect(purse(exchange, "alice", "USDC").locked).toBe("0");
  });
});

describe("facts", () => {
  it("come in one depth sequence without a gap, joined to the snapshot", () => {
    const { exchange, limit, other, facts } = trial();
    for (let step = 0; step < 50; step++) {
      other(step % 2 === 0 ? "buy" : "sell", 15_000 + ((step * 7) % 11) - 5, 3);
      limit("alice", step % 3 === 0 ? "sell" : "buy", 15_000 + ((step * 5) % 9) - 4, 1, {
        selfTradePrevention: "reject-maker",
      });
    }
    let last = 0;
    const bids = new Map<number, number>();
    const asks = new Map<number, number>();
    for (const fact of facts) {
      if (fact.type !== "depth") continue;
      expect(fact.first).toBe(last + 1);
      expect(fact.last - fact.first + 1).toBe(fact.bids.length + fact.asks.length);
      last = fact.last;
      for (const [price, size] of fact.bids)
        if (size === 0) bids.delete(price);
        else bids.set(price, size);
      for (const [price, size] of fact.asks)
        if (size === 0) asks.delete(price);
        else asks.set(price, size);
    }
    const book = exchange.book(spot.id);
    expect(book.lastUpdateId).toBe(last);
    expect([...bids].toSorted(([a], [b]) => b - a)).toEqual(book.bids);
    expect([...asks].toSorted(([a], [b]) => a - b)).toEqual(book.asks);
    expect(exchange.book(spot.id, 1).bids).toEqual(book.bids.slice(0, 1));
  });

  it("reach listeners after the operation is complete, also those that act in turn", () => {
    const { exchange, limit, other } = trial();
    const order: string[] = [];
    exchange.listen((fact) => {
      order.push(fact.type);
      if (fact.type === "order-filled") limit("alice", "sell", 16_000, 10);
    });
    other("sell", 15_000, 10);
    limit("alice", "buy", 15_000, 10);
    expect(order).toEqual([
      "depth",
      "order-accepted",
      "trade",
      "order-filled",
      "balance",
      "balance",
      "depth",
      "order-accepted",
      "balance",
      "depth",
    ]);
  });

  it("stop for a listener that has left", () => {
    const { exchange, limit } = trial();
    let heard = 0;
    const leave = exchange.listen(() => {
      heard += 1;
    });
    leave();
    limit("alice", "buy", 1, 1);
    expect(heard).toBe(0);
  });

  it("are remembered within bounds", () => {
    const { exchange, other } = trial();
    for (let step = 0; step < 1_200; step++) {
      other("sell", 15_000, 1);
      other("buy", 15_000, 1);
    }
    const trades = exchange.trades(spot.id);
    expect(trades).toHaveLength(1_000);
    expect([trades[0]?.id, trades.at(-1)?.id]).toEqual([1_200, 201]);
  });
});

describe("createExchange", () => {
  it("refuses two accounts of one name and accounts that nobody has", () => {
    const market = scriptedMarket([spot]);
    expect(() => createExchange({ start, accounts: [alice, alice], market })).toThrow(/same name/);
    const exchange = createExchange({ start, accounts: [alice], market });
    expect(() => exchange.balances("carol")).toThrow(new BpError("sim/bad-market", { why: 'no account "carol"' }));
  });

  it("uses an account's own fees, a rebate among them", () => {
    const market = scriptedMarket([perp]);
    const exchange = createExchange({
      start,
      accounts: [{ ...alice, fees: { maker: "-0.0001", taker: "0.0003" } }, bob],
      market,
    });
    exchange.place("alice", order(perp.id, "buy", 10_000, 1_000)); // 10 SOL at 100
    exchange.place("bob", order(perp.id, "sell", 10_000, 1_000));
    expect(exchange.fills("alice")).toMatchObject([{ fee: "-0.1", feeAsset: "USDC" }]);
    expect(exchange.fills("bob")).toMatchObject([{ fee: "0.5" }]);
    expect(exchange.terms("alice", perp.id)).toEqual({ maker: "-0.0001", taker: "0.0003", leverage: 10 });
    expect(exchange.ledger().find((line) => line.asset === "USDC")).toEqual({
      asset: "USDC",
      accounts: "19999.6",
      others: "0",
      house: "0.4",
      deposits: "20000",
    });
  });

  it("takes deposits and shortages, but nothing that is not there", () => {
    const { exchange } = trial();
    exchange.credit("alice", "USDC", "5.5");
    exchange.credit("alice", "USDC", "-10005.5");
    expect(purse(exchange, "alice", "USDC").total).toBe("0");
    expect(() => exchange.credit("alice", "USDC", "-1")).toThrow(/does not have/);
  });

  it("keeps the grid of a market that is open", () => {
    const { exchange } = trial();
    expect(() => exchange.setInstrument({ ...spot, tickSize: "0.1" as typeof spot.tickSize })).toThrow(/tick or lot/);
  });
});
