// The other reading of the venue's notes: our own client, with its schemas, finds everything as it expects it.
import { createAster } from "@aster/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountAt, btc, type Played, playAster, spotBtc } from "./trial.fixture.ts";

let played: Played;
beforeAll(async () => {
  played = await playAster();
});
afterAll(() => played.sandbox.close());

const clientOf = (kind: "hmac" | "agent", account: number) => {
  const { hmac, agent } = accountAt(played.accounts, account);
  const [futures, spot] = [played.site("futures"), played.site("spot")];
  return createAster({
    key: kind === "hmac" ? { apiKey: hmac.key, secret: hmac.secret } : agent,
    futures: { restUrl: futures.rest, wsUrl: futures.ws },
    spot: { restUrl: spot.rest, wsUrl: spot.ws },
  });
};

describe.each(["agent", "hmac"] as const)("createAster with an %s key", (kind) => {
  const symbol = "BTCUSDT";
  const account = kind === "agent" ? 0 : 1;

  it("reads every public answer", async () => {
    played.futures.take(btc, "buy", 599_100, 1);
    played.spot.take(spotBtc, "buy", 5_991_000, 10);
    played.pass(1);
    const client = clientOf(kind, account);
    const { futures, spot } = client;
    const { market } = futures.rest;
    expect((await market.time()).serverTime).toBeGreaterThan(0);
    expect((await market.exchangeInfo()).symbols).toHaveLength(4);
    expect((await market.depth({ symbol, limit: 5 })).bids[0]?.[0]).toBe("59900.0");
    for (const rows of [
      await market.trades({ symbol }),
      await market.historicalTrades({ symbol }),
      await market.aggTrades({ symbol }),
      await market.klines({ symbol, interval: "1m" }),
      await market.premiumIndex({}),
      await market.fundingInfo({}),
      await market.ticker24hr({}),
      await market.tickerPrice({}),
      await market.bookTicker({}),
      await spot.rest.market.trades({ symbol }),
      await spot.rest.market.aggTrades({ symbol }),
      await spot.rest.market.klines({ symbol, interval: "1m" }),
      await spot.rest.market.ticker24hr({}),
      await spot.rest.market.tickerPrice({}),
      await spot.rest.market.bookTicker({}),
      (await spot.rest.market.exchangeInfo()).symbols,
    ])
      expect(Array.isArray(rows) ? rows.length : 1).toBeGreaterThan(0);
    expect((await spot.rest.market.depth({ symbol })).lastUpdateId).toBeGreaterThan(0);
    await client.close();
  });

  it("trades futures and reads every private answer", async () => {
    const client = clientOf(kind, account);
    const { trade, account: own, stream } = client.futures.rest;
    const placed = await trade.place({
      symbol,
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTX",
      quantity: "0.010",
      price: "59800.0",
      newClientOrderId: `c-${kind}`,
    });
    expect(placed.status).toBe("NEW");
    const which = { symbol, origClientOrderId: `c-${kind}` };
    expect((await trade.get(which))?.orderId).toBe(placed.orderId);
    expect((await trade.openOrder(which))?.status).toBe("NEW");
    expect(await trade.openOrders({ symbol })).toHaveLength(1);
    await trade.countdownCancelAll({ symbol, countdownTime: 0 });
    expect(JSON.stringify(await trade.cancel(which))).toContain("CANCELED");
    const batch = await trade.placeBatch({
      batchOrders: [
        { symbol, side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.010", price: "59800.0" },
        {
          symbol,
          side: "SELL",
          type: "LIMIT",
          timeInForce: "GTC",
          quantity: "0.010",
          price: "60000.0",
          reduceOnly: true,
        },
      ],
    });
    expect(batch).toHaveLength(2);
    await trade.cancelAll({ symbol });
    await trade.place({ symbol, side: "BUY", type: "MARKET", quantity: "0.100", newOrderRespType: "RESULT" });
    expect((await trade.allOrders({ symbol })).length).toBeGreaterThan(2);
    expect((await trade.userTrades({ symbol })).length).toBeGreaterThan(0);
    expect(await trade.forceOrders({})).toEqual([]);
    expect((await own.balance())[0]?.asset).toBe("USDT");
    expect((await own.get()).positions).toHaveLength(4);
    expect((await own.positionRisk({ symbol }))[0]?.positionAmt).toBe("0.100");
    expect((await own.income({})).length).toBeGreaterThan(0);
    for (const answer of [
      await own.commissionRate({ symbol }),
      await own.leverageBracket({}),
      await own.adlQuantile({}),
      await own.positionMode(),
      await own.multiAssetsMargin(),
      await own.positionMarginHistory({ symbol }),
      await own.setLeverage({ symbol, leverage: 15 }),
      await own.transfer({ amount: "1", asset: "USDT", clientTranId: `t-${kind}`, kindType: "FUTURE_SPOT" }),
    ])
      expect(answer).toBeDefined();
    const { listenKey } = await stream.createListenKey();
    await stream.keepListenKey({ listenKey });
    await trade.place({ symbol, side: "SELL", type: "MARKET", quantity: "0.100", reduceOnly: true });
    await client.close();
  });

  it("trades spot and reads every private answer", async () => {
    const client = clientOf(kind, account);
    const { trade, account: own, stream } = client.spot.rest;
    const placed = await trade.place({
      symbol,
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTX",
      quantity: "0.01000",
      price: "59800.00",
      newClientOrderId: `s-${kind}`,
    });
    expect(placed.status).toBe("NEW");
    const which = { symbol, orderId: placed.orderId };
    expect((await trade.get(which))?.clientOrderId).toBe(`s-${kind}`);
    expect((await trade.openOrder(which))?.status).toBe("NEW");
    expect(await trade.openOrders({})).toHaveLength(1);
    expect(JSON.stringify(await trade.cancel(which))).toContain("CANCELED");
    await trade.place({ symbol, side: "BUY", type: "MARKET", quoteOrderQty: "100" });
    await trade.cancelAll({ symbol });
    expect(await trade.allOrders({ symbol })).toHaveLength(2);
    expect((await trade.userTrades({ symbol })).length).toBeGreaterThan(0);
    expect((await own.get()).balances.length).toBe(5);
    expect((await own.transactionHistory({}))[0]?.tranId).toMatch(/^\d{19}$/);
    expect(await own.commissionRate({ symbol })).toBeDefined();
    const { listenKey } = await stream.createListenKey();
    await stream.keepListenKey({ listenKey });
    await stream.closeListenKey({ listenKey });
    await client.close();
  });
});

describe("createAster with an agent", () => {
  it("changes an order, and reads what only agents may ask for", async () => {
    const client = clientOf("agent", 2);
    const { trade, account: own } = client.futures.rest;
    const symbol = "BTCUSDT";
    const { orderId } = await trade.place({
      symbol,
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "0.010",
      price: "59800.0",
    });
    expect((await trade.modify({ symbol, orderId, quantity: "0.020", price: "59810.0" })).origQty).toBe("0.020");
    for (const answer of [
      await own.agents(),
      await own.builders(),
      await own.stpMode(),
      await own.announcements({ page: 1, size: 5 }),
    ])
      expect(answer).toBeDefined();
    await trade.cancelAll({ symbol });
    await client.close();
  });
});
