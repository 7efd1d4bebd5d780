import { instrument, isBpError } from "@bp/core";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/server.ts";
import { balancesAnswer } from "../rest/capital/balances.ts";
import { collateralAnswer } from "../rest/capital/collateral.ts";
import { fillAnswer } from "../rest/history/fills.ts";
import { marketAnswer } from "../rest/markets/market.ts";
import { orderUpdate } from "../streams/orderUpdate.ts";
import { order } from "../wire/order.ts";
import { balancesOf } from "./account.ts";
import { fillOfRow, fillOfUpdate, openOrderOf } from "./decode.ts";
import { instrumentOf, publishedFees } from "./instruments.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const row = (tradeId: unknown, timestamp: string, quantity: string, change: object = {}) =>
  fillAnswer.parse({
    ...(fixture("rest-history-fills.json") as object[])[0],
    symbol: "SOL_USDC_PERP",
    price: "98.96",
    tradeId,
    timestamp,
    quantity,
    ...change,
  });
const none = () => undefined;

describe("fillOfRow", () => {
  it("names a trade without an id after what is known of it, the same as the stream would", () => {
    const fill = fillOfRow(row(null, "2026-09-01T10:00:00.123", "1", { orderId: "5" }), sol);
    const { data } = fixture("ws-order-fill-liquidation.json") as { readonly data: object };
    const T = Date.UTC(2026, 8, 1, 10, 0, 0, 123) * 1000 + 456;
    const streamed = fillOfUpdate(orderUpdate.parse({ ...data, t: 0, i: "5", L: "98.96", l: "1.00", T }), sol);
    expect(streamed.tradeId).toBe(fill.tradeId);
  });
});

describe("openOrderOf", () => {
  const open = order.array().parse(fixture("rest-open-orders.json"));

  it("leaves out waiting trigger orders", () => {
    expect(open.map((each) => openOrderOf(each, sol, none) === undefined)).toEqual([false, false, true]);
  });

  it("tells an order off today's grid rounded, and says so", () => {
    const told: string[] = [];
    const [first] = open;
    if (first === undefined) throw new Error("no sample");
    const found = openOrderOf(first, sol, (error) => told.push(error.code));
    expect([found?.price, told]).toEqual([101, ["grid/off-grid"]]); // 1.0077
  });
});

describe("balancesOf", () => {
  const balances = balancesAnswer.parse(fixture("rest-capital.json"));
  const plain = collateralAnswer.parse(fixture("rest-capital-collateral.json"));
  const lending = {
    ...plain,
    collateral: plain.collateral.map((each) => ({ ...each, lendQuantity: "5.5" as typeof each.lendQuantity })),
  };
  const of = (asset: string, redeem: boolean) =>
    balancesOf(balances, lending, redeem).find((each) => each.asset === asset);

  it("counts what is lent in the total, and as free only where orders take it back", () => {
    expect(of("USDT", false)).toEqual({ asset: "USDT", total: "35.5", free: "30" });
    expect(of("USDT", true)).toEqual({ asset: "USDT", total: "35.5", free: "35.5" });
    expect(of("SOL", true)).toEqual({ asset: "SOL", total: "1.75", free: "1.5" });
  });
});

describe("instrumentOf", () => {
  const perp = marketAnswer.parse(fixture("rest-market-perp.json"));

  it("takes a state that it does not know for closed", () => {
    expect(instrumentOf({ ...perp, orderBookState: "Dreaming" }, "backpack", publishedFees)?.state).toBe("closed");
  });

  it("knows only spot and perpetual markets", () => {
    expect(instrumentOf({ ...perp, marketType: "PREDICTION" }, "backpack", publishedFees)).toBeUndefined();
  });

  it("throws for a step that cannot be", () => {
    const broken = {
      ...perp,
      filters: {
        ...perp.filters,
        quantity: { ...perp.filters.quantity, stepSize: "0" as typeof perp.filters.quantity.stepSize },
      },
    };
    let thrown: unknown;
    try {
      instrumentOf(broken, "backpack", publishedFees);
    } catch (error) {
      thrown = error;
    }
    expect(isBpError(thrown, "grid/bad-step")).toBe(true);
  });
});
