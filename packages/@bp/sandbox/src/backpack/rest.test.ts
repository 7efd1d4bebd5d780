// Every endpoint over real HTTP: its shape against the captured samples, and what the numbers in it mean.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../sandbox.ts";
import type { Stage } from "../trial.fixture.ts";
import { type Client, get, keysOf, perp, play, sample, spot } from "./trial.fixture.ts";

describe("public endpoints", () => {
  let sandbox: Sandbox;
  let stage: Stage;
  let alice: Client;
  beforeAll(async () => {
    ({ sandbox, stage, alice } = await play());
    stage.take(spot.id, "buy", 9897, 22);
    stage.take(spot.id, "sell", 9896, 150);
  });
  afterAll(() => sandbox.close());

  it("says that it is well, in the venue's shape", async () => {
    expect((await get(sandbox, "/api/v1/status")).json).toEqual(sample("rest-status"));
    expect(await get(sandbox, "/api/v1/ping")).toMatchObject({ status: 200, text: "pong" });
    const from = Date.now();
    const time = await get(sandbox, "/api/v1/time");
    expect(time.headers.get("content-type")).toContain("text/plain");
    expect(Number(time.text)).toBeGreaterThan(from - 500);
    expect(Number(time.text)).toBeLessThan(Date.now() + 500);
  });

  it("describes markets with every key of the samples", async () => {
    const markets = (await get(sandbox, "/api/v1/markets")).json;
    expect(markets.map((market: { symbol: string }) => market.symbol)).toEqual(["SOL_USDC", "SOL_USDC_PERP"]);
    const spotMarket = (await get(sandbox, "/api/v1/market?symbol=SOL_USDC")).json;
    expect(Object.keys(spotMarket)).toEqual(Object.keys(sample("rest-market-spot")));
    expect(Object.keys(spotMarket.filters.price)).toEqual(Object.keys(sample("rest-market-spot").filters.price));
    const perpMarket = (await get(sandbox, "/api/v1/market?symbol=SOL_USDC_PERP")).json;
    expect(Object.keys(perpMarket)).toEqual(Object.keys(sample("rest-market-perp")));
    expect(perpMarket).toMatchObject({
      fundingInterval: 3_600_000,
      imfFunction: { base: "0.02", factor: "0.00006", type: "sqrt" },
    });
    expect((await get(sandbox, "/api/v1/markets?marketType=PERP")).json).toHaveLength(1);
    expect(keysOf((await get(sandbox, "/api/v1/assets")).json)).toEqual(keysOf(sample("rest-assets")));
  });

  it("lists both sides of the book by ascending price, with a text id and µs", async () => {
    const depth = (await get(sandbox, "/api/v1/depth?symbol=SOL_USDC")).json;
    expect(Object.keys(depth)).toEqual(Object.keys(sample("rest-depth")));
    expect(depth.bids).toEqual([
      ["98.9", "12.5"],
      ["98.96", "287.27"],
    ]);
    expect(depth.asks).toEqual([
      ["98.97", "22.17"],
      ["99.14", "4"],
    ]);
    expect(depth.lastUpdateId).toBe(String(sandbox.exchange.book(spot.id).lastUpdateId));
    expect(Math.abs(depth.timestamp / 1000 - Date.now())).toBeLessThan(180_000);
    expect((await get(sandbox, "/api/v1/depth?symbol=SOL_USDC&limit=7")).status).toBe(400);
    expect((await get(sandbox, "/api/v1/depth?symbol=SOL_USDC_PERP&limit=5")).json.bids.at(-1)).toEqual([
      "98.96",
      "288.77",
    ]);
  });

  it("tells prints newest first", async () => {
    const trades = (await get(sandbox, "/api/v1/trades?symbol=SOL_USDC")).json;
    expect(Object.keys(trades[0])).toEqual(Object.keys(sample("rest-trades")[0]));
    expect(trades[0]).toMatchObject({ isBuyerMaker: true, price: "98.96", quantity: "1.5", quoteQuantity: "148.44" });
    expect(trades[1]).toMatchObject({ isBuyerMaker: false, price: "98.97", quantity: "0.22" });
    expect(trades[0].id).toBe(trades[1].id + 1);
    expect((await get(sandbox, "/api/v1/trades/history?symbol=SOL_USDC&limit=1&offset=1")).json).toEqual([trades[1]]);
  });

  it("builds candles and tickers from the prints", async () => {
    const from = Math.floor(Date.now() / 1000) - 180;
    const rows = (await get(sandbox, `/api/v1/klines?symbol=SOL_USDC&interval=1m&startTime=${from}`)).json;
    expect(Object.keys(rows[0])).toEqual(Object.keys(sample("rest-klines")[0]));
    expect(rows[0]).toMatchObject({ open: null, close: null, volume: "0", quoteVolume: "0", trades: "0" });
    const traded = rows.filter((row: { trades: string }) => row.trades !== "0");
    expect(traded.reduce((sum: number, row: { volume: string }) => sum + Number(row.volume), 0)).toBeCloseTo(1.72, 8);
    const ticker = (await get(sandbox, "/api/v1/ticker?symbol=SOL_USDC")).json;
    expect(Object.keys(ticker)).toEqual(Object.keys(sample("rest-ticker")));
    expect(ticker).toMatchObject({
      firstPrice: "98.97",
      lastPrice: "98.96",
      high: "98.97",
      low: "98.96",
      priceChange: "-0.01",
      trades: "2",
      volume: "1.72",
    });
    expect(ticker.priceChangePercent).toBe("-0.000101");
    expect((await get(sandbox, "/api/v1/ticker?symbol=SOL_USDC_PERP")).status).toBe(204);
    expect((await get(sandbox, "/api/v1/tickers")).json).toHaveLength(1);
  });

  it("tells marks, open interest and funding rates", async () => {
    const marks = (await get(sandbox, "/api/v1/markPrices")).json;
    expect(keysOf(marks)).toEqual(keysOf(sample("rest-mark-prices")));
    expect(marks[0]).toMatchObject({ markPrice: "98.94", indexPrice: "98.94998504", symbol: "SOL_USDC_PERP" });
    expect(marks[0].nextFundingTimestamp % 3_600_000).toBeLessThan(2);
    await alice.order({ symbol: "SOL_USDC_PERP", side: "Bid", orderType: "Market", quantity: "2" });
    const interest = (await get(sandbox, "/api/v1/openInterest")).json;
    expect(keysOf(interest)).toEqual(keysOf(sample("rest-open-interest")));
    expect(interest[0].openInterest).toBe("2");
    const rates = await get(sandbox, "/api/v1/fundingRates?symbol=SOL_USDC_PERP");
    expect(keysOf(rates.json)).toEqual(keysOf(sample("rest-funding-rates").slice(0, 1)));
    expect(rates.headers.get("x-current-page")).toBe("1");
    expect((await get(sandbox, "/api/v1/fundingRates?symbol=NO_SUCH")).json).toEqual([]);
  });

  it("has the venue's words for what does not parse or does not exist", async () => {
    expect(await get(sandbox, "/api/v1/nothing")).toMatchObject({ status: 404, json: sample("error-order-not-found") });
    expect((await fetch(`${sandbox.rest}/api/v1/depth`, { method: "POST" })).status).toBe(405);
    const symbol = await get(sandbox, "/api/v1/depth?symbol=NO_SUCH");
    expect(symbol.status).toBe(400);
    expect(symbol.text).toBe(
      'failed to parse parameter `symbol`: failed to parse "MarketSymbol": Invalid market symbol',
    );
    expect((await get(sandbox, "/api/v1/market?symbol=USDC_SOL")).json).toMatchObject({ code: "INVALID_MARKET" });
    const interval = await get(sandbox, "/api/v1/klines?symbol=SOL_USDC&interval=1H&startTime=1");
    expect(interval.text).toBe(
      'failed to parse parameter `interval`: failed to parse "KlineInterval": Expect a valid enumeration value.',
    );
    expect((await get(sandbox, "/api/v1/depth")).text).toContain("`symbol`");
  });
});

describe("signed endpoints", () => {
  let sandbox: Sandbox;
  let stage: Stage;
  let alice: Client;
  let bob: Client;
  beforeAll(async () => {
    ({ sandbox, stage, alice, bob } = await play());
  });
  afterAll(() => sandbox.close());

  it("tells the account and changes what can be changed", async () => {
    const account = (await alice.call("GET", "/api/v1/account", "accountQuery")).json;
    expect(Object.keys(account)).toEqual(Object.keys(sample("rest-account")));
    expect(account).toMatchObject({
      futuresMakerFee: "2",
      futuresTakerFee: "5",
      spotMakerFee: "8",
      spotTakerFee: "10",
      leverageLimit: "10",
    });
    const patched = await bob.call("PATCH", "/api/v1/account", "accountUpdate", { leverageLimit: "5", autoLend: true });
    expect([patched.status, patched.text]).toEqual([200, ""]);
    expect((await bob.call("GET", "/api/v1/account", "accountQuery")).json).toMatchObject({
      leverageLimit: "5",
      autoLend: true,
    });
    expect((await bob.call("PATCH", "/api/v1/account", "accountUpdate", { leverageLimit: "1000" })).status).toBe(400);
  });

  it("tells balances, collateral and what could be ordered", async () => {
    const capital = (await alice.call("GET", "/api/v1/capital", "balanceQuery")).json;
    expect(capital["USDC"]).toEqual({ available: "100000", locked: "0", staked: "0" });
    await alice.order({
      symbol: "SOL_USDC",
      side: "Bid",
      orderType: "Limit",
      price: "50",
      quantity: "10",
      clientId: 1,
    });
    expect((await alice.call("GET", "/api/v1/capital", "balanceQuery")).json["USDC"]).toEqual({
      available: "99500",
      locked: "500",
      staked: "0",
    });
    const collateral = (await alice.call("GET", "/api/v1/capital/collateral", "collateralQuery")).json;
    expect(keysOf(collateral)).toEqual(keysOf(sample("rest-capital-collateral")));
    const limit = await alice.call("GET", "/api/v1/account/limits/order", "maxOrderQuantity", {
      symbol: "SOL_USDC",
      side: "Bid",
      price: "50",
    });
    expect(Object.keys(limit.json)).toEqual(Object.keys(sample("rest-limits-order")));
    expect(limit.json).toMatchObject({ maxOrderQuantity: "1990", price: "50", side: "Bid" });
    await alice.call("DELETE", "/api/v1/orders", "orderCancelAll", { symbol: "SOL_USDC" });
  });

  it("lets nobody order more of a perpetual than it says is possible, and that much", async () => {
    const most = (
      await bob.call("GET", "/api/v1/account/limits/order", "maxOrderQuantity", {
        symbol: "SOL_USDC_PERP",
        side: "Bid",
        price: "90",
      })
    ).json.maxOrderQuantity;
    const order = { symbol: "SOL_USDC_PERP", side: "Bid", orderType: "Limit", price: "90" };
    expect((await bob.order({ ...order, quantity: (Number(most) * 1.02).toFixed(2) })).json).toEqual(
      sample("error-insufficient-margin"),
    );
    expect((await bob.order({ ...order, quantity: (Number(most) * 0.98).toFixed(2) })).status).toBe(200);
    await bob.call("DELETE", "/api/v1/orders", "orderCancelAll", { symbol: "SOL_USDC_PERP" });
  });

  it("tells a position with entry, break-even and margin", async () => {
    expect((await alice.call("GET", "/api/v1/position", "positionQuery")).json).toEqual([]);
    await alice.order({ symbol: "SOL_USDC_PERP", side: "Ask", orderType: "Market", quantity: "10" });
    const [position] = (await alice.call("GET", "/api/v1/position", "positionQuery")).json;
    expect(Object.keys(position)).toEqual(Object.keys(sample("rest-positions")[0]));
    expect(position).toMatchObject({
      netQuantity: "-10",
      netCost: "-989.6",
      entryPrice: "98.96",
      breakEvenPrice: "98.91052", // 5 bps of 989.6 below
      markPrice: "98.94",
      pnlUnrealized: "0.2",
      imf: "0.02",
      symbol: "SOL_USDC_PERP",
    });
    expect(Number(position.estLiquidationPrice)).toBeGreaterThan(5000);
    expect((await alice.call("GET", "/api/v1/position", "positionQuery", { symbol: "SOL_USDC" })).json).toEqual([]);
  });

  it("pages through history with headers, newest first", async () => {
    for (const clientId of [11, 12, 13])
      await alice.order({ symbol: "SOL_USDC", side: "Bid", orderType: "Market", quantity: "0.5", clientId });
    const fills = await alice.call("GET", "/wapi/v1/history/fills", "fillHistoryQueryAll", {
      symbol: "SOL_USDC",
      limit: 2,
    });
    expect(Object.keys(fills.json[0])).toEqual(Object.keys(sample("rest-history-fills")[0]));
    expect(fills.json.map((fill: { clientId: string }) => fill.clientId)).toEqual(["13", "12"]);
    expect(fills.json[0]).toMatchObject({
      price: "98.97",
      quantity: "0.5",
      fee: "0.0005",
      feeSymbol: "SOL",
      isMaker: false,
      side: "Bid",
    });
    expect(fills.json[0].timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
    expect(
      Object.fromEntries(
        ["x-total", "x-page-size", "x-page-count", "x-current-page"].map((name) => [name, fills.headers.get(name)]),
      ),
    ).toEqual({
      "x-total": "3",
      "x-page-size": "2",
      "x-page-count": "2",
      "x-current-page": "1",
    });
    const second = await alice.call("GET", "/wapi/v1/history/fills", "fillHistoryQueryAll", {
      symbol: "SOL_USDC",
      limit: 2,
      offset: 2,
    });
    expect([second.json.length, second.headers.get("x-current-page")]).toEqual([1, "2"]);
    const at = Date.parse(`${fills.json[0].timestamp}Z`);
    const late = await alice.call("GET", "/wapi/v1/history/fills", "fillHistoryQueryAll", {
      from: at + 1,
      to: at + 1000,
    });
    expect(late.json).toEqual([]);
    const orders = (
      await alice.call("GET", "/wapi/v1/history/orders", "orderHistoryQueryAll", {
        symbol: "SOL_USDC",
        sortDirection: "Desc",
      })
    ).json;
    expect(Object.keys(orders[0])).toEqual(Object.keys(sample("rest-history-orders")[2]));
    expect(orders[0]).toMatchObject({
      clientId: 13,
      orderType: "Market",
      status: "Filled",
      price: null,
      executedQuantity: "0.5",
    });
    expect(
      (await alice.call("GET", "/wapi/v1/history/orders", "orderHistoryQueryAll", { orderId: orders[1].id })).json,
    ).toHaveLength(1);
  });

  it("pays funding and tells it", async () => {
    const { exchange } = sandbox;
    const mark = exchange.mark(perp.id);
    if (mark === undefined) throw new Error("no mark");
    exchange.advance(mark.fundingAt);
    const [row] = (await alice.call("GET", "/wapi/v1/history/funding", "fundingHistoryQueryAll")).json;
    expect(Object.keys(row)).toEqual(Object.keys(sample("rest-history-funding")[0]));
    expect(row.symbol).toBe("SOL_USDC_PERP");
    expect(Number(row.quantity)).not.toBe(0);
    expect(stage.hands.now()).toBeGreaterThanOrEqual(mark.fundingAt);
  });
});
