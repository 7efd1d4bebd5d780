// The life of orders over REST and the streams, with the money it moves.
import { millis } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ear, listenTo, settled } from "../ear.fixture.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Stage } from "../trial.fixture.ts";
import { type Client, perp, play, sample, spot } from "./trial.fixture.ts";

const limit = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "98.96", quantity: "1.25" };

describe("orders", () => {
  let sandbox: Sandbox;
  let stage: Stage;
  let alice: Client;
  let bob: Client;
  let ear: Ear;
  beforeEach(async () => {
    ({ sandbox, stage, alice, bob } = await play());
    ear = await listenTo(sandbox.ws);
    ear.say(alice.subscribeFrame(["account.orderUpdate", "account.balanceUpdate", "account.positionUpdate"]));
    await settled(ear);
  });
  afterEach(() => sandbox.close());
  const events = () => ear.frames.filter((frame) => frame.stream === "account.orderUpdate").map((frame) => frame.data);

  it("rest, are found, are cancelled, and are gone", async () => {
    const placed = await alice.order({ ...limit, postOnly: true, clientId: 1001 });
    expect(placed.status).toBe(200);
    expect(Object.keys(placed.json)).toEqual(Object.keys(sample("rest-order-limit-new")));
    expect(placed.json).toMatchObject({
      clientId: 1001,
      executedQuantity: "0",
      executedQuoteQuantity: "0",
      orderType: "Limit",
      postOnly: true,
      price: "98.96",
      quantity: "1.25",
      reduceOnly: null,
      selfTradePrevention: "RejectTaker",
      side: "Bid",
      status: "New",
      timeInForce: "GTC",
    });
    const { id } = placed.json;
    const byId = await alice.call("GET", "/api/v1/order", "orderQuery", { symbol: "SOL_USDC", orderId: id });
    expect(byId.json).toEqual(placed.json);
    expect(
      (await alice.call("GET", "/api/v1/order", "orderQuery", { symbol: "SOL_USDC", clientId: 1001 })).json.id,
    ).toBe(id);
    expect((await alice.call("GET", "/api/v1/orders", "orderQueryAll", { symbol: "SOL_USDC" })).json).toEqual([
      placed.json,
    ]);
    expect((await bob.call("GET", "/api/v1/order", "orderQuery", { symbol: "SOL_USDC", orderId: id })).status).toBe(
      404,
    );
    const cancelled = await alice.call("DELETE", "/api/v1/order", "orderCancel", { symbol: "SOL_USDC", orderId: id });
    expect(cancelled).toMatchObject({ status: 200, json: { ...placed.json, status: "Cancelled" } });
    const missing = { status: 404, json: sample("error-order-not-found") };
    expect(await alice.call("GET", "/api/v1/order", "orderQuery", { symbol: "SOL_USDC", orderId: id })).toMatchObject(
      missing,
    );
    expect(
      await alice.call("DELETE", "/api/v1/order", "orderCancel", { symbol: "SOL_USDC", orderId: id }),
    ).toMatchObject(missing);
  });

  it("tell their life on the stream as it was captured", async () => {
    const { id } = (await alice.order({ ...limit, postOnly: true, clientId: 1001 })).json;
    const accepted = await ear.next((frame) => frame.data?.e === "orderAccepted");
    expect(Object.keys(accepted)).toEqual(["data", "stream"]);
    expect(accepted.data).toMatchObject({
      c: 1001,
      i: id,
      Q: "123.7000".slice(0, 6),
      S: "Bid",
      X: "New",
      Z: "0",
      f: "GTC",
      o: "LIMIT",
      p: "98.96",
      q: "1.25",
      r: false,
      s: "SOL_USDC",
      t: null,
      y: true,
      z: "0",
      O: "USER",
      V: "RejectTaker",
    });
    expect(Object.keys(accepted.data).filter((key) => key !== "c")).toEqual(
      Object.keys(sample("ws-order-accepted").data),
    );
    expect(accepted.data.E).toBeGreaterThan(accepted.data.T);
    expect(Math.abs(accepted.data.T / 1000 - Date.now())).toBeLessThan(60_000);
    const locked = await ear.next((frame) => frame.data?.e === "balanceUpdate");
    expect(Object.keys(locked.data)).toEqual(Object.keys(sample("ws-balance-update").data));
    expect(locked.data).toMatchObject({ a: "USDC", A: "99876.3", L: "123.7", S: "0" });
    stage.take(spot.id, "sell", 9896, 28_877 + 50); // 288.77 wait ahead of us, then 0.5 of ours
    const fill = await ear.next((frame) => frame.data?.e === "orderFill");
    expect(fill.data).toMatchObject({
      X: "PartiallyFilled",
      l: "0.50",
      L: "98.96",
      z: "0.50",
      Z: "49.4800",
      m: true,
      n: "0.0004",
      N: "SOL",
      c: 1001,
    });
    expect(Number.isInteger(fill.data.t)).toBe(true);
    await alice.call("DELETE", "/api/v1/order", "orderCancel", { symbol: "SOL_USDC", clientId: 1001 });
    const cancelled = await ear.next((frame) => frame.data?.e === "orderCancelled");
    expect(cancelled.data).toMatchObject({ X: "Cancelled", z: "0.50", i: id });
    expect(events().map((data) => data.e)).toEqual(["orderAccepted", "orderFill", "orderCancelled"]);
  });

  it("move exact money: a spot buy pays its fee in base, a sell in quote", async () => {
    const bought = (await alice.order({ symbol: "SOL_USDC", side: "Bid", orderType: "Market", quantity: "2" })).json;
    expect(Object.keys(bought)).toEqual(Object.keys(sample("rest-order-market-filled")));
    expect(bought).toMatchObject({
      status: "Filled",
      executedQuantity: "2",
      executedQuoteQuantity: "197.94",
      quantity: "2",
      quoteQuantity: "197.94",
    });
    await alice.order({
      symbol: "SOL_USDC",
      side: "Ask",
      orderType: "Limit",
      price: "98.96",
      quantity: "1",
      timeInForce: "IOC",
    });
    const { balances, fees, fills } = sandbox.ledger().accounts["alice"] ?? {};
    expect(fees).toEqual({ SOL: "0.002", USDC: "0.09896" });
    expect(balances?.find(({ asset }) => asset === "SOL")?.total).toBe("500.998");
    expect(balances?.find(({ asset }) => asset === "USDC")?.total).toBe("99900.92104"); // 100000 - 197.94 + 98.96 - 0.09896
    expect(fills?.map(({ side, price, quantity, liquidity }) => [side, price, quantity, liquidity])).toEqual([
      ["buy", "98.97", "2.00", "taker"],
      ["sell", "98.96", "1.00", "taker"],
    ]);
  });

  it("by quote spend up to that much", async () => {
    const order = (await alice.order({ symbol: "SOL_USDC", side: "Bid", orderType: "Market", quoteQuantity: "100" }))
      .json;
    expect(order).toMatchObject({
      status: "Filled",
      executedQuantity: "1.01",
      executedQuoteQuantity: "99.9597",
      quantity: "1.01",
      quoteQuantity: "100",
    });
  });

  it("that are post-only never take", async () => {
    expect(await alice.order({ ...limit, price: "98.97", postOnly: true })).toMatchObject({
      status: 400,
      json: sample("error-post-only-would-take"),
    });
    expect(events()).toEqual([]);
  });

  it("of IOC and FOK take what they may and leave nothing", async () => {
    const ioc = (await alice.order({ ...limit, price: "98.97", quantity: "30", timeInForce: "IOC" })).json;
    expect(ioc).toMatchObject({ executedQuantity: "22.39", status: "Expired", timeInForce: "IOC" });
    const expired = await ear.next((frame) => frame.data?.e === "orderExpired");
    expect(expired.data).toMatchObject({ X: "Expired", R: "ImmediateOrCancel", z: "22.39" });
    const fok = (await alice.order({ ...limit, price: "99.14", quantity: "5", timeInForce: "FOK" })).json;
    expect(fok).toMatchObject({ executedQuantity: "0", status: "Expired" });
    expect((await alice.call("GET", "/api/v1/orders", "orderQueryAll")).json).toEqual([]);
    const past = (await alice.call("GET", "/wapi/v1/history/orders", "orderHistoryQueryAll")).json;
    expect(past.map((row: { expiryReason: string }) => row.expiryReason)).toEqual(["FillOrKill", "ImmediateOrCancel"]);
  });

  it("that reduce only never open or flip a position", async () => {
    const order = { symbol: "SOL_USDC_PERP", side: "Ask", orderType: "Market", reduceOnly: true };
    const refused = await alice.order({ ...order, quantity: "1" });
    expect(refused.status === 400 || refused.json.status === "Expired").toBe(true);
    await alice.order({ symbol: "SOL_USDC_PERP", side: "Bid", orderType: "Market", quantity: "3" });
    const opened = await ear.next((frame) => frame.data?.e === "positionOpened");
    expect(Object.keys(opened.data)).toEqual(Object.keys(sample("ws-position-opened").data));
    expect(opened.data).toMatchObject({ q: "3", B: "98.97", s: "SOL_USDC_PERP", l: "0" });
    const reduced = (await alice.order({ ...order, quantity: "5" })).json;
    expect(reduced).toMatchObject({ executedQuantity: "3", reduceOnly: true });
    const closed = await ear.next((frame) => frame.data?.e === "positionClosed");
    expect(closed.data).toMatchObject({ q: "0", p: "-0.03", i: opened.data.i });
    expect((await alice.call("GET", "/api/v1/position", "positionQuery")).json).toEqual([]);
  });

  it("do not trade with the same account", async () => {
    await alice.order({ ...limit, side: "Ask", price: "98.97", quantity: "1" }); // behind 22.39
    stage.take(spot.id, "buy", 9897, 2239);
    const order = (await alice.order({ ...limit, price: "98.97", quantity: "1" })).json;
    expect(order).toMatchObject({ status: "Expired", executedQuantity: "0" });
    const expired = await ear.next((frame) => frame.data?.e === "orderExpired");
    expect(expired.data.R).toBe("SelfTradePrevention");
  });

  it("are refused in the venue's words", async () => {
    const refused = async (params: Record<string, string | number | boolean>) => {
      const { status, json } = await alice.order(params);
      expect(status).toBe(400);
      return json;
    };
    expect(await refused({ ...limit, price: "98.961" })).toEqual(sample("error-price-decimal-too-long"));
    expect(await refused({ ...limit, quantity: "1.255" })).toEqual(sample("error-quantity-decimal-too-long"));
    expect(await refused({ ...limit, quantity: "9000" })).toEqual(sample("error-insufficient-funds"));
    expect(await refused({ ...limit, quantity: "0" })).toMatchObject({ code: "INVALID_QUANTITY" });
    expect(await refused({ symbol: "SOL_USDC", side: "Bid", orderType: "Market" })).toEqual(
      sample("error-market-needs-quantity"),
    );
    expect(await refused({ ...limit, triggerPrice: "90" })).toEqual(sample("error-trigger-pair"));
    expect(await refused({ ...limit, triggerPrice: "90", triggerQuantity: "1" })).toMatchObject({
      code: "INVALID_CLIENT_REQUEST", // it has a `quantity` too
    });
    await alice.order({ ...limit, clientId: 123_456_739 });
    expect(await refused({ ...limit, clientId: 123_456_739 })).toEqual(sample("error-duplicate-client-id"));
    expect((await alice.call("DELETE", "/api/v1/order", "orderCancel", { symbol: "SOL_USDC" })).json).toEqual(
      sample("error-need-id"),
    );
    expect(
      (await alice.call("GET", "/api/v1/order", "orderQuery", { symbol: "SOL_USDC", orderId: "1", clientId: 1 })).json,
    ).toEqual(sample("error-need-id"));
  });

  it("that cannot be read are refused in plain text", async () => {
    const plain = await alice.order({ ...limit, symbol: "NO_SUCH" });
    expect(plain.status).toBe(400);
    expect(plain.text).toBe(
      'Bad Request parse request payload error: failed to parse "MarketSymbol": Invalid market symbol (occurred while parsing "OrderExecutePayload")',
    );
    expect((await alice.order({ ...limit, side: "Buy" })).text).toContain("Expect a valid enumeration value.");
    expect((await alice.order({ ...limit, clientId: 4_294_967_296 })).text).toContain("uint32");
    expect((await alice.order({ ...limit, clientId: "7" })).text).toContain("uint32");
    expect((await alice.order({ ...limit, price: "1e2" })).text).toContain("decimal");
    const broken = await fetch(`${sandbox.rest}/api/v1/order`, { method: "POST", body: "{not json" });
    expect([broken.status, broken.headers.get("content-type")]).toEqual([400, "text/plain; charset=utf-8"]);
  });

  it("in a batch stand for themselves, in order", async () => {
    const { status, json } = await alice.batch([
      { ...limit, clientId: 3001 },
      { ...limit, quantity: "9000" },
      { ...limit, price: "98.97", postOnly: true },
      { ...limit, side: "Ask", price: "99.5", clientId: 3002 },
    ]);
    expect(status).toBe(200);
    expect(Object.keys(json[0])).toEqual(Object.keys(sample("rest-orders-batch")[0]));
    expect(json[1]).toEqual(sample("rest-orders-batch")[1]);
    expect(json.map((row: { operation: string }) => row.operation)).toEqual(["Ok", "Err", "Err", "Ok"]);
    expect((await alice.batch([{ ...limit }, { ...limit, price: "98.961" }])).json).toEqual(
      sample("error-price-decimal-too-long"),
    );
    expect((await alice.batch(Array.from({ length: 51 }, () => limit))).status).toBe(400);
    expect(sandbox.ledger().accounts["alice"]?.orders).toHaveLength(2);
  });

  it("of one market are cancelled together", async () => {
    await alice.batch([limit, { ...limit, price: "98" }, { ...limit, symbol: "SOL_USDC_PERP" }]);
    expect(
      (
        await alice.call("DELETE", "/api/v1/orders", "orderCancelAll", {
          symbol: "SOL_USDC",
          orderType: "ConditionalOrder",
        })
      ).json,
    ).toEqual([]);
    const gone = await alice.call("DELETE", "/api/v1/orders", "orderCancelAll", { symbol: "SOL_USDC" });
    expect(gone.json.map((row: { status: string }) => row.status)).toEqual(["Cancelled", "Cancelled"]);
    expect((await alice.call("DELETE", "/api/v1/orders", "orderCancelAll", { symbol: "SOL_USDC" })).json).toEqual([]);
    expect((await alice.call("GET", "/api/v1/orders", "orderQueryAll", { marketType: "PERP" })).json).toHaveLength(1);
  });

  it("of two accounts trade with each other", async () => {
    await bob.order({ ...limit, side: "Ask", price: "98.97", quantity: "3" });
    stage.take(spot.id, "buy", 9897, 2239);
    const taken = (await alice.order({ ...limit, price: "98.97", quantity: "2" })).json;
    expect(taken).toMatchObject({ status: "Filled", executedQuantity: "2" });
    const [hers, his] = ["alice", "bob"].map((name) => sandbox.ledger().accounts[name]?.fills.at(-1));
    expect(hers?.tradeId).toBe(his?.tradeId);
    expect([hers?.liquidity, his?.liquidity, his?.fee]).toEqual(["taker", "maker", "0.158352"]); // 8 bps of 197.94
  });

  it("of the venue's own doing say so when an account is liquidated", async () => {
    const played = await play({
      accounts: [
        { name: "alice", balances: { USDC: "100" }, leverage: 50 },
        { name: "bob", balances: {} },
      ],
    });
    const own = await listenTo(played.sandbox.ws);
    own.subscribe("liquidation");
    own.say(played.alice.subscribeFrame(["account.orderUpdate"]));
    await settled(own);
    const bought = await played.alice.order({
      symbol: "SOL_USDC_PERP",
      side: "Bid",
      orderType: "Market",
      quantity: "20",
    });
    expect(bought.json.status).toBe("Filled");
    played.stage.hands.mark(perp.id, 9400, 9400);
    played.sandbox.exchange.advance(millis(played.sandbox.exchange.now() + 2000));
    const told = await own.next((frame) => frame.stream === "liquidation");
    expect(told.data).toMatchObject({ e: "liquidation", S: "Ask", s: "SOL_USDC_PERP", q: "20.00" });
    const fill = await own.next((frame) => frame.data?.O === "LIQUIDATION_AUTOCLOSE");
    expect(fill.data).toMatchObject({ e: "orderFill", S: "Ask", r: true, m: false });
    const of = async (fillType: string) =>
      (await played.alice.call("GET", "/wapi/v1/history/fills", "fillHistoryQueryAll", { fillType })).json;
    expect((await of("User")).map((row: { side: string }) => row.side)).toEqual(["Bid"]);
    expect((await of("Liquidation"))[0]).toMatchObject({ side: "Ask", systemOrderType: "LiquidatePositionOnBook" });
    await played.sandbox.close();
  });

  it("that may take wait for the taker delay, and the answer waits with them", async () => {
    const played = await play({ rules: { takerDelayMs: 60 } });
    const before = performance.now();
    const taken = (await played.alice.order({ ...limit, price: "98.97", quantity: "1" })).json;
    expect(taken).toMatchObject({ status: "Filled", executedQuantity: "1" });
    expect(performance.now() - before).toBeGreaterThan(50);
    expect((await played.alice.order({ ...limit, postOnly: true })).json.status).toBe("New");
    await played.sandbox.close();
  });
});
