// Spot: orders, money and history.
import { Big } from "big.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Caller, lacks, type Params, type Played, playAster, sample, spotBtc } from "./trial.fixture.ts";

let played: Played;
let alice: Caller;
beforeEach(async () => {
  played = await playAster();
  alice = played.caller("spot");
});
afterEach(() => played.sandbox.close());

const path = "/api/v3/order";
const limit = (more: Params = {}): Params => ({
  symbol: "BTCUSDT",
  side: "BUY",
  type: "LIMIT",
  timeInForce: "GTC",
  quantity: "0.01",
  price: "59800",
  ...more,
});

describe("orders", () => {
  it("have the fields of the samples and nothing of futures", async () => {
    const placed = await alice.ok("POST", path, limit());
    expect(Object.keys(placed).toSorted()).toEqual(Object.keys(sample("spot-rest-order-new")).toSorted());
    const which = { symbol: "BTCUSDT", orderId: placed.orderId };
    for (const [name, answer] of [
      ["order-query", await alice.ok("GET", path, which)],
      ["openOrder", await alice.ok("GET", "/api/v3/openOrder", which)],
      ["openOrders", await alice.ok("GET", "/api/v3/openOrders")],
      ["allOrders", await alice.ok("GET", "/api/v3/allOrders", { symbol: "BTCUSDT" })],
      ["order-cancel", await alice.ok("DELETE", path, which)],
    ] as const) {
      expect(lacks(answer, sample(`spot-rest-${name}`))).toEqual([]);
      expect(JSON.stringify(answer)).not.toContain("positionSide");
    }
  });

  it("trade for an amount of quote, and take the fee from what was bought", async () => {
    const { quantity: _, price: __, timeInForce: ___, ...market } = limit({ type: "MARKET", quoteOrderQty: "100" });
    const bought = await alice.ok("POST", path, market);
    expect(bought).toMatchObject({ status: "FILLED", executedQty: "0.00166", cumQuote: "99.4506" });
    const [fill] = await alice.ok("GET", "/api/v3/userTrades");
    expect(lacks(fill, sample("spot-rest-userTrades")[0])).toEqual([]);
    expect(fill).toMatchObject({ commissionAsset: "BTC", commission: "0.000001162", buyer: true, maker: false });
    expect(await alice.code("POST", path, { ...market, quoteOrderQty: "4" })).toBe(-4164);
    expect(await alice.code("POST", path, limit({ quoteOrderQty: "4" }))).toBe(-1106);
  });

  it("are refused with the codes of the filters", async () => {
    expect(await alice.code("POST", path, limit({ price: "11000" }))).toBe(-4024);
    expect(await alice.code("POST", path, limit({ side: "SELL", price: "310000" }))).toBe(-4016);
    expect(await alice.code("POST", path, limit({ quantity: "2" }))).toBe(-2018);
    expect(await alice.code("POST", path, limit({ price: "59800.001" }))).toBe(-1111);
    expect(await alice.code("POST", path, limit({ type: "TRAILING_STOP_MARKET" }))).toBe(-1116);
    expect(await alice.code("POST", path, limit({ quantity: "0.00001" }))).toBe(-4164);
    const post = await alice.ok("POST", path, limit({ price: "59910", timeInForce: "GTX" }));
    expect(post.status).toBe("EXPIRED");
    const soon = await alice.ok("POST", path, limit({ price: "59910", timeInForce: "GTX", newOrderRespType: "ACK" }));
    expect(soon.status).toBe("NEW");
  });

  it("are cancelled by list or all at once", async () => {
    const ids = [];
    for (let count = 0; count < 3; count++) ids.push((await alice.ok("POST", path, limit())).orderId);
    const all = "/api/v3/allOpenOrders";
    const done = sample("spot-rest-allOpenOrders-cancel");
    expect(await alice.ok("DELETE", all, { symbol: "BTCUSDT", orderIdList: JSON.stringify(ids.slice(0, 2)) })).toEqual(
      done,
    );
    expect((await alice.ok("GET", "/api/v3/openOrders", { symbol: "BTCUSDT" })).length).toBe(1);
    expect(await alice.ok("DELETE", all, { symbol: "BTCUSDT" })).toEqual(done);
    expect(await alice.ok("GET", "/api/v3/openOrders")).toEqual([]);
  });

  it("wait for a price", async () => {
    played.spot.take(spotBtc, "buy", 5_991_000, 10);
    const { price: _, timeInForce: __, ...stop } = limit({ type: "STOP_MARKET", side: "SELL", stopPrice: "59850" });
    const waiting = await alice.ok("POST", path, stop);
    expect(waiting).toMatchObject({ status: "NEW", type: "STOP_MARKET", stopPrice: "59850.00" });
    expect(await alice.code("POST", path, { ...stop, stopPrice: "60000" })).toBe(-2021);
    played.spot.take(spotBtc, "sell", 5_989_000, 300_000);
    played.spot.offer(spotBtc, "buy", 5_984_000, 100_000);
    played.spot.take(spotBtc, "sell", 5_984_000, 1000);
    played.pass(1);
    expect(await alice.ok("GET", path, { symbol: "BTCUSDT", orderId: waiting.orderId })).toMatchObject({
      status: "FILLED",
      type: "MARKET",
      origType: "STOP_MARKET",
    });
  });
});

describe("the account", () => {
  it("has balances, fees, keys and a history that adds up", async () => {
    expect(lacks(await alice.ok("GET", "/api/v3/account"), sample("spot-rest-account"))).toEqual([]);
    expect(
      lacks(await alice.ok("GET", "/api/v3/commissionRate", { symbol: "BTCUSDT" }), sample("spot-rest-commissionRate")),
    ).toEqual([]);
    await alice.ok("POST", path, limit());
    const usdt = async () => (await alice.v1("GET", "/api/v1/account")).json.balances[0];
    expect(await usdt()).toEqual({ asset: "USDT", free: "99402.00000000", locked: "598.00000000" });
    await alice.ok("DELETE", "/api/v3/allOpenOrders", { symbol: "BTCUSDT" });
    await alice.ok("POST", path, { symbol: "BTCUSDT", side: "SELL", type: "MARKET", quantity: "0.1" });
    const { text, json } = await alice.v3("GET", "/api/v3/transactionHistory", { asset: "USDT" });
    expect(lacks(json, sample("spot-rest-transactionHistory"))).toEqual([]);
    expect(text).toMatch(/"tranId":\d{19},/); // beyond what a double holds
    const sum = json.reduce(
      (total: Big, row: { balanceDelta: string }) => total.plus(row.balanceDelta),
      new Big(100_000),
    );
    expect(sum.toFixed(8)).toBe((await usdt()).free);
    expect(new Set([...text.matchAll(/"tranId":(\d+)/g)].map(([, id]) => id)).size).toBe(json.length);
    expect(
      lacks(
        await alice.ok("POST", "/api/v3/asset/wallet/transfer", {
          amount: "1",
          asset: "USDT",
          clientTranId: "s",
          kindType: "SPOT_FUTURE",
        }),
        sample("spot-rest-transfer"),
      ),
    ).toEqual([]);
    expect(await alice.ok("POST", "/api/v3/noop")).toEqual(sample("spot-rest-noop"));
  });

  it("has one listen key, which is made, prolonged and closed", async () => {
    const key = "/api/v3/listenKey";
    const { listenKey } = await alice.ok("POST", key);
    expect((await alice.ok("POST", key)).listenKey).toBe(listenKey);
    expect(await alice.code("PUT", key)).toBe(-1102);
    expect(await alice.ok("PUT", key, { listenKey })).toEqual({});
    expect(await alice.ok("DELETE", key, { listenKey })).toEqual({});
    expect(await alice.code("PUT", key, { listenKey })).toBe(-1125);
    expect((await played.caller("futures").ok("POST", "/fapi/v3/listenKey")).listenKey).not.toBe(listenKey);
  });
});
