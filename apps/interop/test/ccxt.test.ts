// ccxt, as it comes from npm, trades on the sandbox: every call it has for these venues that a bot needs.
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { type Exchange, ExchangeClosedByUser, type Order, type pro } from "ccxt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { places } from "../src/venue.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 11, aster: true });
});
afterAll(async () => {
  await sandbox.close();
});

describe.each(places)("ccxt on $name", ({ name, symbol, kind, amount, connect }) => {
  let exchange: Exchange;
  const touch = async () => {
    const { bids, asks } = await exchange.fetchOrderBook(symbol, 5);
    const bid = bids[0]?.[0];
    const ask = asks[0]?.[0];
    if (bid === undefined || ask === undefined) throw new Error("a side of the book is empty");
    return { bid, ask };
  };
  const price = (value: number) => Number(exchange.priceToPrecision(symbol, value));
  const placed = new Set<string>();
  const limit = async (side: "buy" | "sell", at: number, params: Record<string, unknown> = {}): Promise<string> => {
    const id = idOf(await exchange.createOrder(symbol, "limit", side, amount, price(at), params));
    placed.add(id);
    return id;
  };
  const open = async (id: string) => (await exchange.fetchOpenOrders(symbol)).find((order) => order.id === id);

  beforeAll(async () => {
    exchange = await connect(sandbox);
    await exchange.loadMarkets();
  });
  afterAll(async () => {
    await exchange.close();
  });

  it("loads the markets", () => {
    const market = exchange.market(symbol);
    expect(market).toMatchObject({ active: true, type: kind });
    expect(market.precision.price).toBeGreaterThan(0);
    expect(market.limits.amount?.min).toBeGreaterThan(0);
  });

  it("reads tickers, book, prints and candles", async () => {
    const { bid, ask } = await touch();
    expect(bid).toBeLessThan(ask);
    const ticker = await exchange.fetchTicker(symbol);
    expect(Math.abs((ticker.last ?? 0) / bid - 1)).toBeLessThan(0.05);
    expect(Object.keys(await exchange.fetchTickers([symbol]))).toEqual([symbol]);
    const prints = await exchange.fetchTrades(symbol, undefined, 20);
    expect(prints.length).toBeGreaterThan(0);
    for (const print of prints) expect((print.price ?? 0) * (print.amount ?? 0)).toBeGreaterThan(0);
    const candles = await exchange.fetchOHLCV(symbol, "1m", Date.now() - 3_600_000, 60);
    expect(candles.length).toBeGreaterThan(0);
  });

  it("reads the balance", async () => {
    const balance = await exchange.fetchBalance();
    const quote = symbol.includes("USDT") ? "USDT" : "USDC";
    expect((balance as unknown as Record<string, { total?: number }>)[quote]?.total).toBeGreaterThan(1_000); // ccxt's type has no keys for assets
  });

  it("places a limit order, finds it open, and cancels it", async () => {
    const { bid } = await touch();
    const id = await limit("buy", bid * 0.985);
    expect((await open(id))?.status).toBe("open");
    const found = name.startsWith("Aster")
      ? await exchange.fetchOrder(id, symbol)
      : await (exchange as InstanceType<typeof pro.backpack>).fetchOpenOrder(id, symbol);
    expect(found).toMatchObject({ id, side: "buy", remaining: amount });
    await exchange.cancelOrder(id, symbol);
    expect(await open(id)).toBeUndefined();
  });

  it("refuses a cancel of what is gone", async () => {
    // ccxt has no class of its own for Backpack's RESOURCE_NOT_FOUND
    await expect(exchange.cancelOrder("999999999", symbol)).rejects.toThrow(/RESOURCE_NOT_FOUND|-2011/);
  });

  it("trades at the market, and the trade is among its own", async () => {
    const since = Date.now() - 5_000;
    const order = await exchange.createOrder(symbol, "market", "buy", amount);
    await expect
      .poll(
        async () => (await exchange.fetchMyTrades(symbol, since)).filter((trade) => trade.order === order.id).length,
        { timeout: 180_000 },
      )
      .toBeGreaterThan(0);
    const fills = (await exchange.fetchMyTrades(symbol, since)).filter((trade) => trade.order === order.id);
    expect(fills.reduce((sum, fill) => sum + (fill.amount ?? 0), 0)).toBeCloseTo(amount, 6);
    for (const fill of fills) expect(fill.fee?.cost).toBeGreaterThan(0);
  });

  it("rests post-only orders and never lets them take", async () => {
    const { bid, ask } = await touch();
    const resting = await limit("buy", bid * 0.99, { postOnly: true });
    expect(await open(resting)).toBeDefined();
    await exchange.cancelOrder(resting, symbol);
    const crossing = await limit("buy", ask * 1.005, { postOnly: true }).then(
      async (id) => (await exchange.fetchOpenOrders(symbol)).some((order) => order.id === id),
      () => false,
    );
    expect(crossing).toBe(false);
    const trades = await exchange.fetchMyTrades(symbol, Date.now() - 2_000);
    expect(trades.every((trade) => trade.order === undefined || !placed.has(trade.order))).toBe(true);
  });

  it("places a stop order that waits, and cancels it", async () => {
    const { bid } = await touch();
    const terms = { triggerPrice: price(bid * 0.97) };
    const stop = idOf(await exchange.createOrder(symbol, "market", "sell", amount, undefined, terms));
    expect(await open(stop)).toBeDefined();
    await exchange.cancelOrder(stop, symbol);
    expect(await open(stop)).toBeUndefined();
  });

  it("cancels all", async () => {
    const { bid } = await touch();
    await limit("buy", bid * 0.985);
    await limit("buy", bid * 0.984);
    await exchange.cancelAllOrders(symbol);
    expect(await exchange.fetchOpenOrders(symbol)).toEqual([]);
  });

  it("watches the book, the prints and the candles", async () => {
    const first = await exchange.watchOrderBook(symbol);
    let seen = first;
    for (let frames = 0; frames < 10; frames++) {
      seen = await exchange.watchOrderBook(symbol);
      expect(seen.bids[0]?.[0]).toBeLessThan(seen.asks[0]?.[0] ?? 0);
    }
    expect((await exchange.watchTrades(symbol)).length).toBeGreaterThan(0);
    expect((await exchange.watchTicker(symbol)).symbol).toBe(symbol);
    expect((await exchange.watchOHLCV(symbol, "1m")).length).toBeGreaterThan(0);
  });

  it("watches its orders, trades and positions", async () => {
    const heard = listen(() => exchange.watchOrders(symbol));
    // ccxt has no watchMyTrades for Backpack
    const trades = exchange.has["watchMyTrades"] === true ? listen(() => exchange.watchMyTrades(symbol)) : undefined;
    const positions = kind === "swap" ? listen(() => exchange.watchPositions([symbol])) : undefined;
    const { bid } = await touch();
    // ccxt says nothing of a subscription that works: the first order that it hears of tells
    await expect
      .poll(
        async () => {
          await limit("buy", bid * 0.985);
          return heard.some(({ status }) => status === "open");
        },
        { timeout: 180_000, interval: 250 },
      )
      .toBe(true);
    const order = await limit("buy", bid * 0.984);
    await soon(() => heard.some(({ id }) => id === order));
    await exchange.cancelAllOrders(symbol);
    await soon(() => heard.some(({ id, status }) => id === order && status === "canceled"));
    const taken = await exchange.createOrder(symbol, "market", "buy", amount);
    await soon(() => heard.some(({ id, status }) => id === taken.id && status === "closed"));
    if (trades !== undefined) await soon(() => trades.some((trade) => trade.order === taken.id));
    if (positions !== undefined)
      await soon(() => positions.some((each) => each.symbol === symbol && (each.contracts ?? 0) > 0));
  });
});

describe.each(places.filter(({ kind }) => kind === "swap"))("ccxt on $name", ({ symbol, amount, connect }) => {
  it("reads funding and positions, and closes with reduce-only", async () => {
    const exchange = await connect(sandbox);
    await exchange.loadMarkets();
    expect((await exchange.fetchFundingRate(symbol)).fundingRate).toEqual(expect.any(Number));
    const held = async () => (await exchange.fetchPositions([symbol])).find((position) => position.contracts !== 0);
    await exchange.createOrder(symbol, "market", "buy", amount);
    const position = await held();
    expect(position).toMatchObject({ symbol, side: "long" });
    await exchange.createOrder(symbol, "market", "sell", position?.contracts ?? 0, undefined, { reduceOnly: true });
    expect(await held()).toBeUndefined();
    await exchange.close();
  });
});

function idOf({ id }: Order): string {
  if (id === undefined) throw new Error("an order without an id");
  return id;
}

/** Everything that a watching call gives, until its exchange is closed. */
function listen<T>(watch: () => Promise<readonly T[] | T>): readonly T[] {
  const all: T[] = [];
  const go = async () => {
    for (;;) all.push(...([await watch()].flat() as T[])); // Aster's positions come one by one
  };
  go().catch((error: unknown) => {
    if (!(error instanceof ExchangeClosedByUser)) throw error;
  });
  return all;
}

async function soon(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 180_000 }).toBe(true);
}
