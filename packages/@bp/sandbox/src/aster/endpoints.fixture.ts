// For the test of all endpoints of Aster: what each is asked, after what, and what a good answer is.
import type { Aster } from "@aster/client";
import { expect } from "vitest";
import { btc, type Played, spotBtc } from "./trial.fixture.ts";

/** A sandbox in which there were trades, and a client of its first account. */
export interface Scene {
  readonly played: Played;
  readonly client: Aster;
}

/** One endpoint of the client. */
export interface Row {
  /** `service.group.endpoint`. */
  readonly name: string;
  /** Brings about what the call needs; gives its parameters. */
  readonly ask: (scene: Scene) => unknown;
  /** What a good answer has, or whether it is one. */
  readonly answer: object | ((value: unknown) => boolean);
}

const row = (name: string, answer: Row["answer"], ask: Row["ask"] = () => undefined): Row => ({ name, answer, ask });

const symbol = "BTCUSDT";
const all = () => ({});
const one = () => ({ symbol });
const pair = () => ({ pair: symbol, interval: "1m", limit: 5 });
const candle = () => ({ symbol, interval: "1m", limit: 5 });
const some = (value: unknown) => Array.isArray(value) && value.length > 0;
const none = (value: unknown) => Array.isArray(value) && value.length === 0;
const whole = (value: unknown) => typeof value === "object" && value !== null; // the schema has said the rest

const bid = { symbol, side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.010", price: "59800.0" } as const;
const spotBid = { ...bid, quantity: "0.01000", price: "59800.00", newClientOrderId: "mine" } as const;
const subOrders = [
  { strategySubId: "1", securityType: "USDT_FUTURES", ...bid },
  {
    strategySubId: "2",
    securityType: "USDT_FUTURES",
    symbol,
    side: "SELL",
    type: "TAKE_PROFIT_MARKET",
    stopPrice: "60500",
    quantity: "0.010",
    reduceOnly: true,
  },
] as const;
const hour = 3_600_000;
const protection = { symbol, windowTimeInMilliseconds: 5000, frozenTimeInMilliseconds: 10_000, qtyLimit: "10" };

const resting = async ({ client }: Scene) => {
  const { orderId } = await client.futures.rest.trade.place(bid);
  return { symbol, orderId };
};
const spotResting = async ({ client }: Scene) => {
  const { orderId } = await client.spot.rest.trade.place(spotBid);
  return { symbol, orderId };
};
const held = ({ client }: Scene) =>
  client.futures.rest.trade.place({ symbol, side: "BUY", type: "MARKET", quantity: "0.100" });
const spotHeld = ({ client }: Scene) =>
  client.spot.rest.trade.place({ symbol, side: "BUY", type: "MARKET", quantity: "0.01000" });
const strategy = async ({ client }: Scene) => {
  const placed = await client.futures.rest.strategy.placeStrategy({
    strategyType: "OTO",
    subOrderList: [...subOrders],
  });
  return { strategyType: "OTO", strategyId: placed.strategyId };
};
const guarded = ({ client }: Scene) => client.futures.rest.account.setMmp(protection);
const listenKeyOf =
  (service: "futures" | "spot") =>
  async ({ client }: Scene) => {
    const { listenKey } = await client[service].rest.stream.createListenKey();
    return { listenKey };
  };
const after = (what: (scene: Scene) => unknown, params?: unknown) => async (scene: Scene) => {
  await what(scene);
  return params;
};
const isolated = async (scene: Scene) => {
  await scene.client.futures.rest.account.setMarginType({ symbol, marginType: "ISOLATED" });
  await held(scene);
  return { symbol, amount: "10", type: 1 } as const;
};
const funded = ({ played }: Scene) => {
  played.pass(9 * hour);
  played.futures.mark(btc, 599_050); // with a mark the exchange notices that a stamp was passed
};
const transfer = (kindType: "FUTURE_SPOT" | "SPOT_FUTURE") => ({
  amount: "1",
  asset: "USDT",
  clientTranId: "t-1",
  kindType,
});
const unusedNonce = () => ({ nonce: Date.now() * 1000 });

/** Trades on both markets, so that there is something to tell. */
export function warmUp(played: Played): void {
  played.futures.take(btc, "buy", 599_100, 1);
  played.spot.take(spotBtc, "buy", 5_991_000, 10);
  played.pass(1);
}

/** Every endpoint, in the order of the client's groups. */
export const rows: readonly Row[] = [
  row("futures.market.ping", whole),
  row("futures.market.time", { serverTime: expect.any(Number) }),
  row("futures.market.exchangeInfo", { skipped: [] }),
  row("futures.market.depth", { bids: [["59900.0", expect.any(String)], expect.anything()] }, () => ({
    symbol,
    limit: 5,
  })),
  row("futures.market.trades", some, one),
  row("futures.market.historicalTrades", some, one),
  row("futures.market.aggTrades", some, one),
  row("futures.market.klines", some, candle),
  row("futures.market.continuousKlines", some, () => ({ ...pair(), contractType: "PERPETUAL" })),
  row("futures.market.indexPriceKlines", some, pair),
  row("futures.market.markPriceKlines", some, candle),
  row("futures.market.premiumIndex", [{ symbol }], one),
  row("futures.market.fundingRate", some, after(funded, { symbol })),
  row("futures.market.fundingInfo", [{ symbol }], one),
  row("futures.market.indexReferences", { symbol }, one),
  row("futures.market.ticker24hr", [{ symbol }], one),
  row("futures.market.tickerPrice", [{ symbol, price: "59910.0" }], one),
  row("futures.market.bookTicker", [{ symbol, bidPrice: "59900.0" }], one),

  row("futures.trade.place", { status: "NEW" }, () => bid),
  row("futures.trade.test", whole, () => bid),
  row("futures.trade.modify", { origQty: "0.020" }, async (scene) => ({
    ...(await resting(scene)),
    quantity: "0.020",
    price: "59810.0",
  })),
  row("futures.trade.placeBatch", [{ ok: true }, { ok: false }], () => ({
    batchOrders: [bid, { ...bid, quantity: "0.0001" }],
  })),
  row("futures.trade.get", { status: "NEW" }, resting),
  row("futures.trade.openOrder", { status: "NEW" }, resting),
  row("futures.trade.openOrders", [{ status: "NEW" }], after(resting, { symbol })),
  row("futures.trade.allOrders", [{ status: "NEW" }], after(resting, { symbol })),
  row("futures.trade.userTrades", [{ symbol, qty: "0.100" }], after(held, { symbol })),
  row("futures.trade.forceOrders", none, all),
  row("futures.trade.cancel", { outcome: "cancelled" }, resting),
  row("futures.trade.cancelAll", { changed: true }, after(resting, { symbol })),
  row("futures.trade.cancelBatch", [{ ok: true }], async (scene) => ({
    symbol,
    orderIdList: [(await resting(scene)).orderId],
  })),
  row("futures.trade.countdownCancelAll", { symbol, countdownTime: 120_000 }, () => ({
    symbol,
    countdownTime: 120_000,
  })),
  row("futures.trade.noop", { outcome: "used" }, unusedNonce),

  row("futures.account.get", { totalWalletBalance: expect.any(String) }),
  row("futures.account.balance", [{ asset: "USDT" }, { asset: "BTC" }, { asset: "ETH" }, { asset: "ASTER" }]),
  row("futures.account.positionRisk", [{ positionAmt: "0.100" }], after(held, { symbol })),
  row("futures.account.income", some, after(held, {})),
  row("futures.account.commissionRate", { symbol }, one),
  row("futures.account.leverageBracket", [{ symbol }], one),
  row("futures.account.adlQuantile", some, after(held, {})),
  row("futures.account.remainingOpenableNotionalValue", whole, () => ({ symbol, leverage: 10 })),
  row("futures.account.setLeverage", { leverage: 15 }, () => ({ symbol, leverage: 15 })),
  row("futures.account.setMarginType", { changed: true }, () => ({ symbol, marginType: "ISOLATED" })),
  row("futures.account.changePositionMargin", whole, isolated),
  row("futures.account.positionMarginHistory", some, async (scene) => {
    await scene.client.futures.rest.account.changePositionMargin(await isolated(scene));
    return { symbol };
  }),
  row("futures.account.positionMode", { dualSidePosition: false }),
  row("futures.account.setPositionMode", { changed: true }, () => ({ dualSidePosition: true })),
  row("futures.account.multiAssetsMargin", { multiAssetsMargin: false }),
  row("futures.account.setMultiAssetsMargin", { changed: true }, () => ({ multiAssetsMargin: true })),
  row("futures.account.stpMode", { stpMode: expect.any(String) }),
  row("futures.account.setStpMode", { changed: true }, () => ({ stpMode: "EXPIRE_BOTH" })),
  row("futures.account.mmp", [{ symbol }], after(guarded, { symbol })),
  row("futures.account.setMmp", { changed: true }, () => protection),
  row("futures.account.resetMmp", { changed: true }, after(guarded, { symbol })),
  row("futures.account.deleteMmp", { changed: true }, after(guarded, { symbol })),
  row("futures.account.transfer", { status: "SUCCESS" }, () => transfer("FUTURE_SPOT")),
  row("futures.account.agents", some),
  row("futures.account.builders", none),
  row("futures.account.announcements", { total: 1, rows: [{ id: "1001" }] }, () => ({ page: 1, size: 5 })),
  row("futures.account.announcement", { id: "1001", category: "DIRECT" }, () => ({ id: "1001" })),

  row("futures.strategy.placeStrategy", { strategyStatus: expect.any(String) }, () => ({
    strategyType: "OTO",
    subOrderList: subOrders,
  })),
  row("futures.strategy.updateStrategy", some, async (scene) => ({
    ...(await strategy(scene)),
    subOrderList: [{ strategySubId: "1", price: "59810", quantity: "0.020" }],
  })),
  row("futures.strategy.openStrategy", [{ subOrders: [{ symbol }, { symbol }] }], strategy),
  row("futures.strategy.strategyHistory", some, async (scene) => {
    const which = await strategy(scene);
    await scene.client.futures.rest.trade.cancelAll({ symbol });
    return which;
  }),
  row("futures.strategy.chase", { strategyStatus: "NEW" }, () => ({
    symbol,
    side: "BUY",
    quantity: "0.010",
    quantityUnit: "BASE",
  })),

  row("futures.stream.createListenKey", { listenKey: expect.any(String) }),
  row("futures.stream.keepListenKey", { state: "kept" }, listenKeyOf("futures")),
  row("futures.stream.closeListenKey", { state: "closed" }, listenKeyOf("futures")),

  row("spot.market.ping", whole),
  row("spot.market.time", { serverTime: expect.any(Number) }),
  row("spot.market.exchangeInfo", { skipped: [] }),
  row("spot.market.depth", { lastUpdateId: expect.any(Number) }, one),
  row("spot.market.trades", some, one),
  row("spot.market.historicalTrades", some, one),
  row("spot.market.aggTrades", some, one),
  row("spot.market.klines", some, candle),
  row("spot.market.ticker24hr", [{ symbol }], one),
  row("spot.market.tickerPrice", [{ symbol, price: "59910.00" }], one),
  row("spot.market.bookTicker", [{ symbol }], one),

  row("spot.trade.place", { status: "NEW" }, () => spotBid),
  row("spot.trade.get", { status: "NEW" }, spotResting),
  row("spot.trade.openOrder", { status: "NEW" }, spotResting),
  row("spot.trade.openOrders", [{ status: "NEW" }], after(spotResting, {})),
  row("spot.trade.allOrders", [{ status: "NEW" }], after(spotResting, { symbol })),
  row("spot.trade.userTrades", some, after(spotHeld, { symbol })),
  row("spot.trade.cancel", { outcome: "cancelled" }, spotResting),
  row("spot.trade.cancelAll", whole, after(spotResting, { symbol })),
  row("spot.trade.noop", { outcome: "used" }, unusedNonce),

  row("spot.account.get", { balances: expect.arrayContaining([expect.objectContaining({ asset: "USDT" })]) }),
  row("spot.account.commissionRate", { symbol }, one),
  row("spot.account.transactionHistory", some, after(spotHeld, {})),
  row("spot.account.transfer", { status: "SUCCESS" }, () => transfer("SPOT_FUTURE")),
  row("spot.account.withdrawEstimateFee", whole, () => ({ chainId: 56, asset: "USDT" })),

  row("spot.stream.createListenKey", { listenKey: expect.any(String) }),
  row("spot.stream.keepListenKey", { state: "kept" }, listenKeyOf("spot")),
  row("spot.stream.closeListenKey", { state: "closed" }, listenKeyOf("spot")),
];
