// Conditional orders, take profit and stop loss, tolerances: over the wire, from the sending to the end.

import { millis } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ear, listenTo, settled } from "../ear.fixture.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Stage } from "../trial.fixture.ts";
import { type Client, perp, play, sample, spot } from "./trial.fixture.ts";

let sandbox: Sandbox;
let stage: Stage;
let alice: Client;
let ear: Ear;
beforeEach(async () => {
  ({ sandbox, stage, alice } = await play());
  for (const { id } of [spot, perp]) stage.take(id, "buy", 9897, 10); // a last price
  sandbox.exchange.advance(millis(sandbox.exchange.now() + 1));
  ear = await listenTo(sandbox.ws);
  ear.say(alice.subscribeFrame(["account.orderUpdate", "account.orderUpdate.SOL_USDC_PERP"]));
  await settled(ear);
});
afterEach(() => sandbox.close());

const stop = {
  symbol: "SOL_USDC_PERP",
  side: "Ask",
  orderType: "Market",
  triggerPrice: "98.9",
  triggerQuantity: "2",
  triggerBy: "LastPrice",
} as const;
const told = (id: string, event: string) =>
  ear.next((frame) => frame.stream === "account.orderUpdate" && frame.data?.i === id && frame.data?.e === event);
const buy = (quantity: string) => alice.order({ symbol: perp.id.slice(9), side: "Bid", orderType: "Market", quantity });

describe("conditional orders", () => {
  it("wait with quantity 0, are counted, found and cancelled", async () => {
    const { json } = await alice.order({ ...stop, orderType: "Limit", price: "98", clientId: 5 });
    const shape = Object.keys(sample("rest-order-trigger-pending"));
    expect(Object.keys(json)).toEqual(shape);
    expect(json).toMatchObject({
      status: "TriggerPending",
      quantity: "0",
      triggerPrice: "98.9",
      triggerQuantity: "2",
      triggerBy: "LastPrice",
      triggeredAt: null,
    });
    const placed = await told(json.id, "triggerPlaced");
    expect(placed.data).toMatchObject({ X: "TriggerPending", q: "0", Q: "0", P: "98.9", Y: "2", B: "LastPrice", c: 5 });
    const account = (await alice.call("GET", "/api/v1/account", "accountQuery")).json;
    expect([account.limitOrders, account.triggerOrders]).toEqual([0, 1]);
    const which = { symbol: stop.symbol, orderId: json.id };
    expect((await alice.call("GET", "/api/v1/order", "orderQuery", which)).json).toEqual(json);
    const cancelled = (await alice.call("DELETE", "/api/v1/order", "orderCancel", which)).json;
    expect(cancelled).toMatchObject({ status: "Cancelled", quantity: "0" });
    expect((await told(json.id, "orderCancelled")).data).toMatchObject({ X: "Cancelled", q: "0", Y: "2" });
  });

  it("fire when the reference gets there, under the same id, and trade", async () => {
    await buy("5");
    const { json } = await alice.order({ ...stop, reduceOnly: true });
    stage.take(perp.id, "sell", 9896, 1); // 98.96: not yet
    expect(ear.frames.some((frame) => frame.data?.i === json.id && frame.data?.e === "orderAccepted")).toBe(false);
    stage.take(perp.id, "sell", 9890, 28_900); // through the first level, to 98.90
    const accepted = await told(json.id, "orderAccepted");
    expect(accepted.data).toMatchObject({ X: "New", q: "2", P: "98.9", r: true });
    const fill = await told(json.id, "orderFill");
    expect(fill.data).toMatchObject({ X: "Filled", z: "2.00", o: "MARKET" });
    const [past] = (await alice.call("GET", "/wapi/v1/history/orders", "orderHistoryQueryAll")).json;
    expect(past).toMatchObject({ id: json.id, status: "Filled", quantity: "2", triggerPrice: "98.9" });
  });

  it("that have nothing to close when they fire fail, with the reason in the history", async () => {
    const { json } = await alice.order({ ...stop, reduceOnly: true, triggerQuantity: "1" });
    stage.take(perp.id, "sell", 9890, 28_900);
    const failed = await told(json.id, "triggerFailed");
    expect(failed.data).toMatchObject({ X: "TriggerFailed", q: "0", Y: "1", r: true });
    const [past] = (await alice.call("GET", "/wapi/v1/history/orders", "orderHistoryQueryAll")).json;
    expect(past).toMatchObject({ status: "TriggerFailed", expiryReason: "StopWithoutPosition", quantity: "0" });
  });

  it("may be for a share of the position, and 100% is all of it at the moment when they fire", async () => {
    await buy("5");
    const some = (await alice.order({ ...stop, triggerQuantity: "80%", triggerPrice: "97" })).json;
    expect(some).toMatchObject({ triggerQuantity: "80%", status: "TriggerPending" });
    expect(sandbox.exchange.openOrders("alice")[0]?.size).toBe(400);
    const all = (await alice.order({ ...stop, triggerQuantity: "100%" })).json;
    await buy("1");
    stage.take(perp.id, "sell", 9890, 28_900);
    expect((await told(all.id, "orderFill")).data).toMatchObject({ Y: "100%", z: "6.00", X: "Filled" });
    expect(sandbox.exchange.positions("alice")).toEqual([]);
  });

  it("are cancelled by kind", async () => {
    await alice.order({ symbol: stop.symbol, side: "Bid", orderType: "Limit", price: "90", quantity: "1" });
    await alice.order(stop);
    const cancel = async (orderType: string) =>
      (await alice.call("DELETE", "/api/v1/orders", "orderCancelAll", { symbol: stop.symbol, orderType })).json;
    expect(await cancel("ConditionalOrder")).toMatchObject([{ triggerPrice: "98.9", status: "Cancelled" }]);
    expect(await cancel("RestingLimitOrder")).toMatchObject([{ price: "90", status: "Cancelled" }]);
  });

  it("are refused in the venue's words", async () => {
    const code = async (params: Record<string, string | number | boolean>) =>
      (await alice.order({ ...stop, ...params })).json.code;
    expect(await code({ quantity: "1" })).toBe("INVALID_CLIENT_REQUEST");
    expect(await code({ triggerQuantity: "0%" })).toBe("INVALID_QUANTITY");
    expect(await code({ triggerQuantity: "50%" })).toBe("INVALID_QUANTITY"); // of nothing
    expect(await code({ triggerQuantity: "a" })).toBe("INVALID_QUANTITY");
    expect(await code({ triggerPrice: "98.901" })).toBe("INVALID_CLIENT_REQUEST");
    expect(await code({ orderType: "Limit" })).toBe("INVALID_CLIENT_REQUEST");
  });
});

describe("take profit and stop loss", () => {
  it("appear with the fill, point to their order, and the one goes when the other fires", async () => {
    const { json } = await alice.order({
      symbol: stop.symbol,
      side: "Bid",
      orderType: "Market",
      quantity: "3",
      takeProfitTriggerPrice: "99.1",
      takeProfitTriggerBy: "LastPrice",
      stopLossTriggerPrice: "98.9",
      stopLossTriggerBy: "LastPrice",
      stopLossLimitPrice: "98.5",
    });
    expect(json).toMatchObject({
      takeProfitTriggerPrice: "99.1",
      takeProfitTriggerBy: "LastPrice",
      takeProfitLimitPrice: null,
      stopLossTriggerPrice: "98.9",
      stopLossLimitPrice: "98.5",
    });
    const accepted = await told(json.id, "orderAccepted");
    expect(accepted.data).toMatchObject({ a: "99.1", d: "LastPrice", b: "98.9", g: "LastPrice", k: "98.5" });
    const open = (await alice.call("GET", "/api/v1/orders", "orderQueryAll")).json;
    expect(open).toMatchObject([
      { relatedOrderId: json.id, triggerPrice: "99.1", triggerQuantity: "3", quantity: "0", orderType: "Market" },
      { relatedOrderId: json.id, triggerPrice: "98.9", triggerBy: "LastPrice", price: "98.5", orderType: "Limit" },
    ]);
    stage.take(perp.id, "sell", 9890, 28_900);
    const [profit, loss] = open;
    expect((await told(loss.id, "orderFill")).data).toMatchObject({ I: json.id, X: "Filled", p: "98.5" });
    expect((await told(profit.id, "orderCancelled")).data).toMatchObject({ I: json.id, X: "Cancelled" });
    expect(sandbox.exchange.positions("alice")).toEqual([]);
  });

  it("need the price of their trigger", async () => {
    const { json } = await alice.order({
      symbol: stop.symbol,
      side: "Bid",
      orderType: "Market",
      quantity: "3",
      takeProfitLimitPrice: "99.1",
    });
    expect(json.code).toBe("INVALID_CLIENT_REQUEST");
  });
});

describe("market orders with a tolerance", () => {
  const market = { symbol: "SOL_USDC", side: "Bid", orderType: "Market" } as const;
  it("take what lies within it, and expire with the rest", async () => {
    const { json } = await alice.order({
      ...market,
      quantity: "30",
      slippageTolerance: "10",
      slippageToleranceType: "TickSize",
    });
    expect(json).toMatchObject({ orderType: "Market", status: "Expired", executedQuantity: "22.29" });
    expect((await told(json.id, "orderExpired")).data).toMatchObject({ o: "MARKET", R: "SlippageToleranceExceeded" });
    const [past] = (await alice.call("GET", "/wapi/v1/history/orders", "orderHistoryQueryAll")).json;
    expect(past).toMatchObject({
      expiryReason: "SlippageToleranceExceeded",
      slippageTolerance: "10",
      slippageToleranceType: "TickSize",
      price: null,
    });
  });

  it("by quote spend no more than that", async () => {
    const { json } = await alice.order({
      ...market,
      quoteQuantity: "500",
      slippageTolerance: "0.5",
      slippageToleranceType: "Percent",
    });
    expect(json).toMatchObject({ status: "Filled", quoteQuantity: "500", executedQuantity: "5.05" });
  });

  it("are no limit orders", async () => {
    const { json } = await alice.order({
      ...market,
      orderType: "Limit",
      price: "99",
      quantity: "1",
      slippageTolerance: "1",
    });
    expect(json.code).toBe("INVALID_CLIENT_REQUEST");
  });
});
