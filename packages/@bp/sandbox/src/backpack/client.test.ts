// The project's own client and venue on this wire: every answer passes its schemas, every fact arrives.
import { type Backpack, backpackVenue, createBackpack } from "@bp/client";
import { type BpError, clientId, lots, type Millis, ticks, type Unnumbered } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";

let sandbox: Sandbox;
let client: Backpack;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: 7 });
  const [alice] = sandbox.accounts;
  if (alice === undefined) throw new Error("no account");
  client = createBackpack({ key: alice, restUrl: sandbox.rest, wsUrl: sandbox.ws });
});
afterEach(async () => {
  await client.close();
  await sandbox.close();
});

describe("createBackpack", () => {
  it("reads every public answer", async () => {
    const { markets, system, trades } = client.rest;
    const symbol = "SOL_USDC_PERP";
    expect((await system.status({})).status).toBe("Ok");
    expect(await system.time({})).toBeGreaterThan(1e12);
    expect(await markets.markets({})).toHaveLength(6);
    expect((await markets.market({ symbol })).symbol).toBe(symbol);
    expect((await markets.depth({ symbol, limit: 20 })).bids.length).toBeGreaterThan(3);
    expect((await markets.ticker({ symbol }))?.symbol).toBe(symbol);
    expect(await markets.tickers({})).toHaveLength(6);
    expect(await markets.markPrices({})).toHaveLength(3);
    const startTime = Math.floor(Date.now() / 1000) - 120;
    expect((await markets.klines({ symbol, interval: "1m", startTime })).length).toBeGreaterThan(0);
    expect((await trades.trades({ symbol })).length).toBeGreaterThan(0);
  });

  it("trades, and reads every private answer", async () => {
    const { account, capital, history, orders, positions } = client.rest;
    const order = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "100", quantity: "1" } as const;
    const placed = await orders.place({ ...order, postOnly: true, clientId: 77 });
    expect(await orders.get({ symbol: "SOL_USDC", clientId: 77 })).toEqual(placed);
    expect(await orders.open({})).toEqual([placed]);
    expect((await orders.cancel({ symbol: "SOL_USDC", clientId: 77 })).outcome).toBe("cancelled");
    expect((await orders.cancel({ symbol: "SOL_USDC", clientId: 77 })).outcome).toBe("not-found");
    expect(await orders.get({ symbol: "SOL_USDC", clientId: 77 })).toBeUndefined();
    expect(await orders.placeBatch([order, { ...order, quantity: "100000" }])).toMatchObject([
      { status: "New" },
      { code: "INSUFFICIENT_FUNDS" },
    ]);
    expect((await orders.cancelAll({ symbol: "SOL_USDC" })).outcome).toBe("cancelled");
    await orders.place({ symbol: "SOL_USDC_PERP", side: "Ask", orderType: "Market", quantity: "1", clientId: 78 });
    expect(await positions.list({})).toMatchObject([{ netQuantity: "-1" }]);
    expect(await history.fills({})).toMatchObject([{ clientId: 78, side: "Ask" }]);
    expect((await history.orders({})).length).toBe(3);
    expect(await history.funding({})).toEqual([]);
    expect((await account.get({})).leverageLimit).toBe("10");
    expect(Object.keys(await capital.balances({}))).toEqual(["USDC", "SOL", "BTC", "ETH"]);
    expect((await capital.collateral({})).netEquity).toBeDefined();
  });
});

describe("backpackVenue", () => {
  it("opens, trades, loses its sockets, comes back, and knows the same as the ledger", async () => {
    const troubles: BpError[] = [];
    const facts: Unnumbered[] = [];
    const venue = backpackVenue({ client, onTrouble: (error) => troubles.push(error) });
    const abort = new AbortController();
    const spot = "backpack:SOL_USDC";
    const perp = "backpack:SOL_USDC_PERP";
    let waiters: { readonly fits: () => boolean; readonly done: () => void }[] = [];
    const until = (fits: () => boolean) =>
      fits() ? Promise.resolve() : new Promise<void>((resolve) => waiters.push({ fits, done: resolve }));
    const count = (type: Unnumbered["type"]) => facts.filter((fact) => fact.type === type).length;
    const opened = venue.open(
      { instruments: [spot, perp], account: true },
      (fact) => {
        facts.push(fact);
        waiters = waiters.filter((waiter) => {
          if (!waiter.fits()) return true;
          waiter.done();
          return false;
        });
      },
      abort.signal,
    );
    await until(
      () =>
        count("account.snapshot") > 0 &&
        count("book.reset") > 1 &&
        count("trade.printed") > 0 &&
        count("mark.changed") > 0,
    );
    const { bids, asks } = sandbox.exchange.book(spot, 1);
    const place = { type: "order.place", slot: "test/a", side: "buy", size: lots(100), reduceOnly: false } as const;
    venue.send({
      ...place,
      clientId: clientId(100),
      instrument: spot,
      price: ticks((bids[0]?.[0] ?? 0) - 500),
      tif: "gtx",
    });
    venue.send({
      ...place,
      clientId: clientId(101),
      instrument: perp,
      price: ticks((asks[0]?.[0] ?? 0) + 100),
      tif: "ioc",
    });
    venue.send({
      ...place,
      clientId: clientId(102),
      instrument: spot,
      price: ticks((asks[0]?.[0] ?? 0) + 100),
      tif: "gtx",
    });
    await until(() => count("order.accepted") >= 2 && count("order.filled") > 0 && count("order.rejected") > 0);
    expect(facts.find((fact) => fact.type === "order.rejected")).toMatchObject({ clientId: 102, reason: "would-take" });
    const before = count("account.snapshot");
    sandbox.faults.cutSockets();
    await until(() => count("link.lost") === 2 && count("link.restored") === 4 && count("account.snapshot") > before);
    venue.send({ type: "order.cancel", clientId: clientId(100), instrument: spot });
    await until(() => count("order.cancelled") > 0);
    const snapshot = facts.findLast((fact) => fact.type === "account.snapshot");
    if (snapshot?.type !== "account.snapshot") throw new Error("no snapshot");
    const alice = sandbox.ledger().accounts["alice"];
    expect(snapshot.positions.map(({ instrument, size }) => [instrument, size])).toEqual([[perp, 100]]);
    expect(snapshot.balances.map(({ asset, total }) => [asset, total])).toEqual(
      alice?.balances.map(({ asset, total }) => [asset, total]),
    );
    expect(snapshot.fills.map(({ tradeId, fee }) => [tradeId, fee])).toEqual(
      alice?.fills.map(({ tradeId, fee }) => [String(tradeId), fee]),
    );
    const latest: Millis | undefined = facts.at(-1)?.at;
    expect(Math.abs((latest ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(troubles).toEqual([]);
    abort.abort();
    await opened;
  });
});
