// Futures orders from placing to their end, and what is refused with which code.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { btc, type Caller, lacks, type Params, type Played, playAster, sample } from "./trial.fixture.ts";

let played: Played;
let alice: Caller;
beforeEach(async () => {
  played = await playAster();
  alice = played.caller("futures");
});
afterEach(() => played.sandbox.close());

const path = "/fapi/v3/order";
const limit = (more: Params = {}): Params => ({
  symbol: "BTCUSDT",
  side: "BUY",
  type: "LIMIT",
  timeInForce: "GTC",
  quantity: "0.01",
  price: "59800",
  ...more,
});
const market = (more: Params = {}): Params => ({
  symbol: "BTCUSDT",
  side: "BUY",
  type: "MARKET",
  quantity: "0.01",
  ...more,
});
const trailing: Params = {
  symbol: "BTCUSDT",
  side: "SELL",
  type: "TRAILING_STOP_MARKET",
  quantity: "0.01",
  callbackRate: "0.3",
  activationPrice: "61000",
};
const forget = (names: readonly string[], of: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(of).filter(([key]) => !names.includes(key)));

describe("an order", () => {
  it("has the fields of the samples: placed, asked for, changed, cancelled, listed", async () => {
    const { sandbox: box, futures } = played;
    futures.take(btc, "buy", 599_100, 1);
    const placed = await alice.ok("POST", path, { ...trailing, newClientOrderId: "mine" });
    expect(lacks(placed, sample("futures-rest-order-new"))).toEqual([]);
    const which = { symbol: "BTCUSDT", origClientOrderId: "mine" };
    expect(lacks(await alice.ok("GET", path, which), sample("futures-rest-order-query"))).toEqual([]);
    expect(lacks(await alice.ok("GET", "/fapi/v3/openOrder", which), sample("futures-rest-openOrder"))).toEqual([]);
    expect(lacks(await alice.ok("GET", "/fapi/v3/openOrders", {}), sample("futures-rest-openOrders"))).toEqual([]);
    expect(
      lacks(await alice.ok("GET", "/fapi/v3/allOrders", { symbol: "BTCUSDT" }), sample("futures-rest-allOrders")),
    ).toEqual([]);
    expect(lacks(await alice.ok("DELETE", path, which), sample("futures-rest-order-cancel"))).toEqual([]);
    const other = await alice.ok("POST", path, limit());
    const changed = await alice.ok("PUT", path, {
      symbol: "BTCUSDT",
      orderId: other.orderId,
      quantity: "0.02",
      price: "59850.5",
    });
    expect(lacks(changed, sample("futures-rest-order-modify"))).toEqual([]);
    expect(changed).toMatchObject({ orderId: other.orderId, price: "59850.5", origQty: "0.020", status: "NEW" });
    expect(box.aster?.futures.ledger().accounts["alice"]?.orders).toMatchObject([
      { price: "59850.5", quantity: "0.020" },
    ]);
  });

  it("rests, is cancelled once, and is found afterwards", async () => {
    const { orderId, clientOrderId } = await alice.ok("POST", path, limit());
    expect((await alice.ok("DELETE", path, { symbol: "BTCUSDT", orderId })).status).toBe("CANCELED");
    expect(await alice.code("DELETE", path, { symbol: "BTCUSDT", orderId })).toBe(-2011);
    expect(await alice.code("GET", "/fapi/v3/openOrder", { symbol: "BTCUSDT", orderId })).toBe(-2013);
    expect((await alice.ok("GET", path, { symbol: "BTCUSDT", origClientOrderId: clientOrderId })).status).toBe(
      "CANCELED",
    );
    expect(await alice.code("GET", path, { symbol: "BTCUSDT", orderId: 99_999 })).toBe(-2013);
    expect(await alice.code("DELETE", path, { symbol: "BTCUSDT", origClientOrderId: "nobody" })).toBe(-2011);
    expect(await alice.code("GET", path, { symbol: "BTCUSDT" })).toBe(-1102);
  });

  it("is acknowledged as NEW whatever becomes of it, unless the result is asked for", async () => {
    const soon = await alice.ok("POST", path, market());
    expect(soon).toMatchObject({ status: "NEW", executedQty: "0", avgPrice: "0.00000", cumQuote: "0" });
    const now = await alice.ok("POST", path, market({ newOrderRespType: "RESULT" }));
    expect(now).toMatchObject({ status: "FILLED", executedQty: "0.010", avgPrice: "59910.00000", cumQuote: "599.1" });
    const found = await alice.ok("GET", path, { symbol: "BTCUSDT", orderId: soon.orderId });
    expect(found).toMatchObject({ status: "FILLED", origType: "MARKET", type: "MARKET" });
  });

  it("that is post-only and would take is NEW and then EXPIRED, or EXPIRED at once", async () => {
    const crossing = limit({ price: "59910", timeInForce: "GTX" });
    const soon = await alice.ok("POST", path, crossing);
    expect(soon.status).toBe("NEW");
    const found = await alice.ok("GET", path, { symbol: "BTCUSDT", orderId: soon.orderId });
    expect(found).toMatchObject({ status: "EXPIRED", executedQty: "0", timeInForce: "GTX" });
    expect(lacks(found, sample("futures-rest-order-query-gtx-expired.synthetic"))).toEqual([]);
    expect((await alice.ok("POST", path, { ...crossing, newOrderRespType: "RESULT" })).status).toBe("EXPIRED");
    expect((await alice.ok("POST", path, limit({ timeInForce: "GTX", newOrderRespType: "RESULT" }))).status).toBe(
      "NEW",
    );
  });

  it("that is IOC or FOK ends as it should", async () => {
    const ask = async (more: Params) =>
      alice.ok("POST", path, limit({ newOrderRespType: "RESULT", price: "59910", ...more }));
    expect(await ask({ timeInForce: "FOK", quantity: "1.5" })).toMatchObject({ status: "EXPIRED", executedQty: "0" });
    expect(await ask({ timeInForce: "IOC", quantity: "1.5" })).toMatchObject({
      status: "EXPIRED",
      executedQty: "1.000",
    });
  });

  it("that waits fires, keeps its number, and changes its type", async () => {
    await alice.ok("POST", path, market());
    const stop = await alice.ok("POST", path, {
      symbol: "BTCUSDT",
      side: "SELL",
      type: "STOP_MARKET",
      stopPrice: "59850",
      closePosition: true,
    });
    expect(stop).toMatchObject({
      status: "NEW",
      type: "STOP_MARKET",
      closePosition: true,
      origQty: "0",
      stopPrice: "59850.0",
    });
    played.futures.take(btc, "sell", 598_900, 3000);
    played.futures.offer(btc, "buy", 598_400, 1000);
    played.futures.take(btc, "sell", 598_400, 10);
    played.pass(1);
    const found = await alice.ok("GET", path, { symbol: "BTCUSDT", orderId: stop.orderId });
    expect(found).toMatchObject({ status: "FILLED", type: "MARKET", origType: "STOP_MARKET", executedQty: "0.010" });
    expect(played.site("futures").ledger().accounts["alice"]?.positions).toEqual([]);
  });

  it("takes its price from the book when it is pegged", async () => {
    const { price: _, ...unpriced } = limit({ pegPriceType: "QUEUE_1", pegOffset: "-10" });
    expect((await alice.ok("POST", path, unpriced)).price).toBe("59890.0");
    expect(await alice.code("POST", path, { ...unpriced, pegOffset: "10" })).toBe(-1130);
  });

  it("of an account that would trade with itself follows the mode, or what it says itself", async () => {
    await alice.ok("POST", path, limit({ side: "SELL", price: "59905" }));
    const taking = limit({ price: "59905", newOrderRespType: "RESULT" });
    expect((await alice.ok("POST", path, taking)).status).toBe("EXPIRED");
    expect((await alice.ok("POST", path, { ...taking, stpMode: "EXPIRE_MAKER" })).status).toBe("NEW");
    expect(await alice.ok("POST", "/fapi/v3/stpMode", { stpMode: "EXPIRE_BOTH" })).toEqual(
      sample("futures-rest-stpMode-set"),
    );
    expect(await alice.ok("GET", "/fapi/v3/stpMode")).toEqual({ stpMode: "EXPIRE_BOTH" });
  });
});

describe("refusals", () => {
  it.for([
    [{ symbol: "NOPE" }, -1121],
    [{ symbol: undefined }, -1102],
    [{ side: "HOLD" }, -1117],
    [{ type: "STOP_LOSS" }, -1116],
    [{ timeInForce: "GTD" }, -1115],
    [{ timeInForce: undefined }, -1102],
    [{ price: undefined }, -1102],
    [{ price: "5.98e4" }, -1102],
    [{ price: "59800.001" }, -1111],
    [{ price: "0" }, -4001],
    [{ price: "1000001" }, -4002],
    [{ quantity: "0" }, -4003],
    [{ quantity: "0.0001" }, -1111],
    [{ quantity: "2000000" }, -4005],
    [{ price: "61200" }, -4016],
    [{ side: "SELL", price: "58000" }, -4024],
    [{ quantity: "0.001", price: "4000" }, -4164],
    [{ newClientOrderId: "x".repeat(37) }, -4015],
    [{ newClientOrderId: "no spaces" }, -1100],
    [{ newOrderRespType: "ALL" }, -1136],
    [{ workingType: "INDEX" }, -4031],
    [{ positionSide: "LONG" }, -4061],
    [{ positionSide: "UP" }, -4060],
    [{ quantity: "900" }, -2027],
    [{ quantity: "40" }, -2019],
    [{ reduceOnly: true }, -2022],
  ] as const)("%j is %i", async ([more, code]) => {
    const words = Object.fromEntries(
      Object.entries({ ...limit(), ...more }).filter(([, value]) => value !== undefined),
    );
    expect(await alice.code("POST", path, words as Params)).toBe(code);
  });

  it("leave far purchases and far sales alone: the band is for what would take", async () => {
    expect(await alice.code("POST", path, limit({ price: "40000" }))).toBeUndefined();
    expect(await alice.code("POST", path, limit({ side: "SELL", price: "80000" }))).toBeUndefined();
    expect(await alice.code("POST", path, limit({ symbol: "ETHUSDT", price: "2000.0051" }))).toBe(-1111);
    expect(await alice.code("POST", path, limit({ symbol: "ETHUSDT", price: "2000.005" }))).toBe(-4014);
  });

  it("of conditional orders", async () => {
    played.futures.take(btc, "buy", 599_100, 1); // the last price is 59,910
    const stop = (more: Params): Params => ({
      symbol: "BTCUSDT",
      side: "SELL",
      type: "STOP_MARKET",
      stopPrice: "59000",
      quantity: "0.01",
      ...more,
    });
    expect(await alice.code("POST", path, stop({ stopPrice: "60000" }))).toBe(-2021);
    expect(await alice.code("POST", path, stop({ closePosition: true }))).toBe(-4137);
    expect(
      await alice.code("POST", path, {
        ...forget(["quantity"], stop({ closePosition: true, reduceOnly: true })),
      } as Params),
    ).toBe(-4138);
    expect(await alice.code("POST", path, { ...trailing, activationPrice: "50000" })).toBe(-2021);
    expect(await alice.code("POST", path, { ...trailing, callbackRate: "6" })).toBe(-1130);
    for (let count = 0; count < 10; count++) await alice.ok("POST", path, stop({}));
    expect(await alice.code("POST", path, stop({}))).toBe(-4045);
  });

  it("of a market order that says too much, and of a client id that is still in use", async () => {
    expect(await alice.code("POST", path, market({ timeInForce: "GTC" }))).toBe(-1106);
    expect(await alice.code("POST", path, market({ price: "1" }))).toBe(-1106);
    await alice.ok("POST", path, limit({ newClientOrderId: "one" }));
    expect(await alice.code("POST", path, limit({ newClientOrderId: "one" }))).toBe(-2010);
    expect((await alice.ok("POST", "/fapi/v3/order/test", limit())).orderId).toBeUndefined();
  });

  it("of a post-only order, where the option says so", async () => {
    const other = await playAster({ gtxRefusal: "error" });
    const caller = other.caller("futures");
    expect(await caller.code("POST", path, limit({ price: "59910", timeInForce: "GTX" }))).toBe(-5022);
    await other.sandbox.close();
  });
});

describe("several orders", () => {
  it("are placed each for itself, in quotes of either kind", async () => {
    const list = [limit({ newClientOrderId: "a" }), limit({ reduceOnly: "true" }), { ...limit({ price: "59700" }) }];
    const text = JSON.stringify(
      list.map((each) => Object.fromEntries(Object.entries(each).map(([key, value]) => [key, String(value)]))),
    );
    const placed = await alice.ok("POST", "/fapi/v3/batchOrders", { batchOrders: text });
    expect(placed.map((each: Record<string, unknown>) => each["status"] ?? each["code"])).toEqual([
      "NEW",
      -2022,
      "NEW",
    ]);
    expect(lacks(placed[0], forget(["activatePrice", "priceRate"], sample("futures-rest-batchOrders-new")[0]))).toEqual(
      [],
    );
    const single = await alice.ok("POST", "/fapi/v3/batchOrders", {
      batchOrders: text.replaceAll('"', "'").replaceAll("'a'", "'b'"),
    });
    expect(single[0].clientOrderId).toBe("b");
    expect(
      await alice.code("POST", "/fapi/v3/batchOrders", { batchOrders: JSON.stringify(Array(6).fill(list[0])) }),
    ).toBe(-4082);
    expect(await alice.code("POST", "/fapi/v3/batchOrders", { batchOrders: "nothing" })).toBe(-1102);
  });

  it("are cancelled by lists of every spelling", async () => {
    const path10 = "/fapi/v3/batchOrders";
    for (const write of [
      (ids: readonly number[]) => JSON.stringify(ids),
      (ids: readonly number[]) => JSON.stringify(ids.map(String)),
      (ids: readonly number[]) => ids.join(","),
    ]) {
      const ids = [];
      for (let count = 0; count < 2; count++) ids.push((await alice.ok("POST", path, limit())).orderId);
      const answer = await alice.ok("DELETE", path10, { symbol: "BTCUSDT", orderIdList: write([...ids, 99_999]) });
      expect(answer.map((each: Record<string, unknown>) => each["status"] ?? each["code"])).toEqual([
        "CANCELED",
        "CANCELED",
        -2011,
      ]);
    }
    await alice.ok("POST", path, limit({ newClientOrderId: "n1" }));
    const byName = await alice.ok("DELETE", path10, { symbol: "BTCUSDT", origClientOrderIdList: '["n1","n2"]' });
    expect(byName).toMatchObject([{ clientOrderId: "n1" }, sample("futures-rest-batchOrders-cancel")[1]]);
    expect(
      await alice.code("DELETE", path10, { symbol: "BTCUSDT", orderIdList: JSON.stringify([...Array(11).keys()]) }),
    ).toBe(-4032);
  });

  it("are cancelled all at once, by query as well as by body", async () => {
    await alice.ok("POST", path, limit());
    await alice.ok("POST", path, limit({ side: "SELL", price: "60000" }));
    expect(await alice.ok("DELETE", "/fapi/v3/allOpenOrders", { symbol: "BTCUSDT" })).toEqual(
      sample("futures-rest-allOpenOrders-cancel"),
    );
    await alice.ok("POST", path, limit());
    expect((await alice.v1("DELETE", "/fapi/v1/allOpenOrders", { symbol: "BTCUSDT" })).json.code).toBe("200");
    expect(await alice.ok("GET", "/fapi/v3/openOrders", { symbol: "BTCUSDT" })).toEqual([]);
  });

  it("are cancelled when the countdown has passed on the exchange, unless it is renewed or stopped", async () => {
    const countdown = (ms: number) =>
      alice.ok("POST", "/fapi/v3/countdownCancelAll", { symbol: "BTCUSDT", countdownTime: ms });
    await alice.ok("POST", path, limit());
    expect(await countdown(100_000)).toEqual(sample("futures-rest-countdownCancelAll"));
    const open = async () => (await alice.ok("GET", "/fapi/v3/openOrders", { symbol: "BTCUSDT" })).length;
    played.pass(99_000);
    await countdown(100_000);
    played.pass(99_000);
    expect(await open()).toBe(1);
    await countdown(0);
    played.pass(200_000);
    expect(await open()).toBe(1);
    await countdown(1000);
    played.pass(1001);
    await expect.poll(open).toBe(0);
  });
});
