// Strategy orders and chase orders.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { btc, type Caller, lacks, type Params, type Played, playAster, sample } from "./trial.fixture.ts";

let played: Played;
let alice: Caller;
beforeEach(async () => {
  played = await playAster();
  alice = played.caller("futures");
  played.futures.take(btc, "buy", 599_100, 1); // there is a last price
});
afterEach(() => played.sandbox.close());

const entry = {
  symbol: "BTCUSDT",
  side: "BUY",
  type: "LIMIT",
  timeInForce: "GTC",
  quantity: "0.1",
  price: "59800",
  clientOrderId: "in",
};
const profit = {
  symbol: "BTCUSDT",
  side: "SELL",
  type: "TAKE_PROFIT_MARKET",
  stopPrice: "60500",
  quantity: "0.1",
  reduceOnly: "true",
  clientOrderId: "up",
};
const loss = {
  symbol: "BTCUSDT",
  side: "SELL",
  type: "STOP_MARKET",
  stopPrice: "59000",
  quantity: "0.1",
  reduceOnly: "true",
  clientOrderId: "down",
};
const place = (type: string, list: readonly Record<string, string>[], more: Params = {}) => {
  const subOrderList = JSON.stringify(
    list.map((each, at) => ({ strategySubId: String(at + 1), securityType: "USDT_FUTURES", ...each })),
  );
  return alice.ok("POST", "/fapi/v3/placeStrategyOrder", { strategyType: type, subOrderList, ...more });
};
const names = async () =>
  (await alice.ok("GET", "/fapi/v3/openOrders", { symbol: "BTCUSDT" })).map(
    (each: { clientOrderId: string }) => each.clientOrderId,
  );
const fill = () => {
  played.futures.take(btc, "sell", 598_000, 10_000);
  played.futures.offer(btc, "buy", 598_000, 50_000);
  played.pass(1);
};

describe("strategies", () => {
  it("OTO places the second order when the first is filled", async () => {
    const placed = await place("OTO", [entry, profit], { clientStrategyId: "myStrategy1" });
    expect(lacks(placed, sample("futures-rest-placeStrategyOrder"))).toEqual([]);
    expect(await names()).toEqual(["in"]);
    const which = { strategyType: "OTO", clientStrategyId: "myStrategy1" };
    const open = await alice.ok("GET", "/fapi/v3/strategyOpenOrder", which);
    expect(lacks(open, sample("futures-rest-strategyOpenOrder"))).toEqual([]);
    fill();
    await expect.poll(names).toEqual(["up"]);
    expect(
      lacks(await alice.ok("GET", "/fapi/v3/strategyHistoryOrder", which), sample("futures-rest-strategyHistoryOrder")),
    ).toEqual([]);
  });

  it("OCO cancels the other order when one of them trades", async () => {
    await place("OCO", [entry, { ...entry, price: "59700", clientOrderId: "lower" }]);
    expect(await names()).toEqual(["in", "lower"]);
    played.futures.take(btc, "sell", 598_000, 3_050);
    played.pass(1);
    await expect.poll(names).toEqual(["in"]);
  });

  it("OTOCO places both exits, and one of them cancels the other", async () => {
    await place("OTOCO", [entry, profit, loss]);
    fill();
    await expect.poll(names).toEqual(["up", "down"]);
    played.futures.offer(btc, "sell", 605_000, 100);
    played.futures.take(btc, "buy", 605_000, 10_000);
    played.pass(1);
    await expect.poll(names).toEqual([]);
    expect(played.site("futures").ledger().accounts["alice"]?.positions).toEqual([]);
  });

  it("follow what their orders say themselves", async () => {
    await place("OTO", [
      entry,
      { ...profit, firstDrivenId: "1", firstDrivenOn: "CANCELED", firstTrigger: "PLACE_ORDER", reduceOnly: "false" },
    ]);
    await alice.ok("DELETE", "/fapi/v3/order", { symbol: "BTCUSDT", origClientOrderId: "in" });
    await expect.poll(names).toEqual(["up"]);
  });

  it("are changed while they wait and while they rest", async () => {
    const { strategyId } = await place("OTO", [entry, profit]);
    const change = (list: readonly unknown[]) =>
      alice.ok("POST", "/fapi/v3/updateStrategyOrder", {
        strategyType: "OTO",
        strategyId,
        subOrderList: JSON.stringify(list),
      });
    const changed = await change([
      { strategySubId: 1, price: "59810", quantity: "0.2" },
      { strategySubId: 2, stopPrice: "60600" },
    ]);
    expect(lacks(changed, sample("futures-rest-updateStrategyOrder"))).toEqual([]);
    const { subOrders } = await alice.ok("GET", "/fapi/v3/strategyOpenOrder", { strategyType: "OTO", strategyId });
    expect(subOrders).toMatchObject([
      { price: "59810", quantity: "0.2" },
      { stopPrice: "60600", orderId: 0 },
    ]);
    expect(await change([{ strategySubId: 1, price: "90000", quantity: "0" }])).toMatchObject([
      { updateStatus: "FAILED", failureCode: -4003 },
    ]);
  });

  it("are refused whole when they cannot be", async () => {
    const code = (type: string, list: readonly unknown[]) =>
      alice.code("POST", "/fapi/v3/placeStrategyOrder", { strategyType: type, subOrderList: JSON.stringify(list) });
    expect(await code("OTO", [entry])).toBe(-1130);
    expect(await code("OTO", [entry, { ...profit, quantity: "0" }])).toBe(-4003);
    expect(await code("OCO", [entry, { ...entry, clientOrderId: "b", price: "70000" }])).toBe(-4016);
    expect(await names()).toEqual([]);
    expect(await alice.code("GET", "/fapi/v3/strategyOpenOrder", { strategyType: "OTO", strategyId: 5 })).toBe(-2013);
  });
});

describe("chase", () => {
  const chase = (more: Params = {}): Params => ({
    symbol: "BTCUSDT",
    side: "BUY",
    quantity: "0.1",
    quantityUnit: "BASE",
    maxChaseOffset: "20",
    clientStrategyId: "my_chase_1",
    ...more,
  });
  const price = async () => (await alice.ok("GET", "/fapi/v3/openOrders", { symbol: "BTCUSDT" }))[0]?.price;

  it("follows the best price and gives up when it has gone too far", async () => {
    const placed = await alice.ok("POST", "/fapi/v3/chase", chase({ chaseOffset: "0.5" }));
    expect(lacks(placed, sample("futures-rest-chase"))).toEqual([]);
    expect(await price()).toBe("59899.5");
    played.futures.offer(btc, "buy", 599_050, 10);
    played.pass(1001);
    await expect.poll(price).toBe("59904.5");
    played.futures.take(btc, "buy", 599_200, 10_000);
    played.futures.offer(btc, "buy", 599_300, 10);
    played.pass(1001);
    await expect.poll(price).toBeUndefined();
  });

  it("takes an amount of quote, and is cancelled like an order", async () => {
    const { strategyId } = await alice.ok("POST", "/fapi/v3/chase", chase({ quantityUnit: "QUOTE", quantity: "600" }));
    expect((await alice.ok("DELETE", "/fapi/v3/order", { symbol: "BTCUSDT", orderId: strategyId })).origQty).toBe(
      "0.010",
    );
    expect(await alice.code("POST", "/fapi/v3/chase", chase({ chaseOffset: "0.05" }))).toBe(-4014);
    expect(await alice.code("POST", "/fapi/v3/chase", chase({ maxChaseOffset: "0" }))).toBe(-1130);
  });
});
