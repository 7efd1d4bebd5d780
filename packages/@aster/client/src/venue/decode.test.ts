import { decimal, instrument, isBpError } from "@bp/core";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/venue.ts";
import { userTradeAnswer } from "../rest/futures/trade/userTrades.ts";
import { userTradeAnswer as spotTradeAnswer } from "../rest/spot/trade/userTrades.ts";
import { futuresOrder } from "../wire/order.ts";
import { fillOfRow, openOrderOf, rowOf } from "./decode.ts";

const eth = instrument({
  id: "aster-futures:ETHUSDT",
  kind: "perp",
  base: "ETH",
  quote: "USDT",
  tickSize: "0.10",
  lotSize: "0.001",
});
const btc = instrument({
  id: "aster-futures:BTCUSDT",
  kind: "perp",
  base: "BTC",
  quote: "USDT",
  tickSize: "0.01",
  lotSize: "0.001",
});
describe("fillOfRow", () => {
  const [row] = fixture("futures-rest-userTrades.json") as object[];

  it("takes a commission for a cost, whatever its sign", () => {
    for (const commission of ["-0.07819010", "0.07819010"])
      expect(fillOfRow(userTradeAnswer.parse({ ...row, commission }), btc).fee).toBe("0.07819010");
  });

  it("takes it for a rebate where the account's rate is one", () => {
    const rebated = { ...btc, fees: { ...btc.fees, maker: decimal("-0.00005") } };
    const fill = (maker: boolean) =>
      fillOfRow(userTradeAnswer.parse({ ...row, maker, commission: "0.5" }), rebated).fee;
    expect([fill(true), fill(false)]).toEqual(["-0.5", "0.5"]);
  });

  it("keeps a fee that is taken of what was bought in its own asset", () => {
    const bnb = instrument({
      id: "aster-spot:BNBUSDT",
      kind: "spot",
      base: "BNB",
      quote: "USDT",
      tickSize: "0.1",
      lotSize: "0.01",
    });
    const [spot] = spotTradeAnswer.array().parse(fixture("spot-rest-userTrades.json"));
    expect(spot === undefined ? undefined : fillOfRow(spot, bnb)).toMatchObject({
      side: "buy",
      size: 200,
      fee: "0.00105000",
      feeAsset: "BNB",
      tradeId: "1002",
    });
  });
});

describe("rowOf", () => {
  const order = futuresOrder.parse({
    ...(fixture("futures-rest-order-query-gtx-expired.synthetic.json") as object),
    origQty: "0.010",
  });

  it("shows an end, and never trusts a NEW that may be over in a moment", () => {
    expect(rowOf(order, eth, "gtx").state).toMatchObject({ type: "order.expired", reason: "would-take" });
    expect(rowOf({ ...order, status: "NEW" }, eth, "gtx")).toMatchObject({ state: "open", unsure: "post-only" });
    expect(rowOf({ ...order, status: "NEW" }, eth, "ioc").unsure).toBe("immediate");
    expect(rowOf({ ...order, status: "NEW" }, eth, "gtc").unsure).toBeUndefined();
    expect(rowOf({ ...order, status: "FILLED" }, eth, "gtc").state).toBe("filled");
  });

  it("asks again for a status that nobody knows", () => {
    const read = () => rowOf({ ...order, status: "DREAMING" }, eth, "gtc");
    expect(read).toThrow(expect.objectContaining({ code: "wire/schema" }));
  });
});

describe("openOrderOf", () => {
  const base = futuresOrder.parse({
    ...(fixture("futures-rest-order-query-gtx-expired.synthetic.json") as object),
    origQty: "0.010",
    price: "3300.10",
  });

  it("leaves out what waits for a trigger", () => {
    expect(openOrderOf({ ...base, type: "STOP_MARKET" }, eth, () => undefined)).toBeUndefined();
    expect(openOrderOf({ ...base, type: "LIMIT", clientOrderId: "bp-9" }, eth, () => undefined)).toMatchObject({
      clientId: 9,
      price: 33_001,
      size: 10,
    });
  });

  it("tells one off today's grid rounded, and says so", () => {
    const told: string[] = [];
    const found = openOrderOf({ ...base, price: decimal("3300.17") }, eth, (error) =>
      told.push(isBpError(error) ? error.code : ""),
    );
    expect([found?.price, told]).toEqual([33_002, ["grid/off-grid"]]);
  });
});
