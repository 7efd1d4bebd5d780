// What must hold whatever is asked: streams, REST and the exchange's books say the same, and no request breaks the venue.
import { random } from "@bp/core";
import { Big } from "big.js";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listenTo, settled } from "../ear.fixture.ts";
import { startSandbox } from "../sandbox.ts";
import { futuresRoutes, spotRoutes } from "./routes.ts";
import { accountAt, type Caller, callerOf, type Params, type Played, playAster } from "./trial.fixture.ts";

const warnings: string[] = [];
const hear = (warning: Error) => {
  if (warning.name === "SandboxWarning") warnings.push(String(warning));
};
beforeEach(() => {
  warnings.length = 0;
  process.on("warning", hear);
});
afterEach(() => {
  process.off("warning", hear);
});

describe("a long run of orders on a lively market", () => {
  it("is told by the stream as REST and the books have it, and no money is made of nothing", async () => {
    const sandbox = await startSandbox({
      seed: 21,
      speed: 10,
      aster: { futures: { limits: { weight: 1e9, orders10s: 1e9, ordersMinute: 1e9 } } },
    });
    const site = sandbox.aster?.futures;
    if (site === undefined || sandbox.aster === undefined) throw new Error("no Aster");
    const alice: Caller = callerOf(site, accountAt(sandbox.aster.accounts, 0));
    const { listenKey } = await alice.ok("POST", "/fapi/v3/listenKey");
    const ear = await listenTo(site.ws, `/ws/${listenKey}`);
    const chance = random(5);
    const symbols = ["BTCUSDT", "ETHUSDT"];
    const pick = <T>(list: readonly T[]): T => list[Math.floor(chance.next() * list.length)] as T; // an index inside
    for (let step = 0; step < 150; step++) {
      const symbol = pick(symbols);
      const touch = (await alice.v3("GET", "/fapi/v3/ticker/bookTicker", { symbol })).json;
      const side = pick(["BUY", "SELL"]);
      const near = Number(side === "BUY" ? touch.bidPrice : touch.askPrice);
      const price = (near * (1 + (chance.next() - 0.5) * 0.002)).toFixed(1);
      const quantity = (symbol === "BTCUSDT" ? 0.001 : 0.02) * (1 + Math.floor(chance.next() * 5));
      const order: Params = {
        symbol,
        side,
        type: "LIMIT",
        timeInForce: pick(["GTC", "GTX", "IOC", "FOK"]),
        quantity: quantity.toFixed(3),
        price,
      };
      const open = (await alice.ok("GET", "/fapi/v3/openOrders", { symbol })) as { orderId: number }[];
      const act = pick(["limit", "limit", "limit", "market", "cancel", "amend", "all"]);
      const some = open[0]?.orderId;
      if (act === "limit") await alice.v3("POST", "/fapi/v3/order", order);
      else if (act === "market")
        await alice.v3("POST", "/fapi/v3/order", { symbol, side, type: "MARKET", quantity: quantity.toFixed(3) });
      else if (act === "all") await alice.v3("DELETE", "/fapi/v3/allOpenOrders", { symbol });
      else if (some !== undefined && act === "cancel")
        await alice.v3("DELETE", "/fapi/v3/order", { symbol, orderId: some });
      else if (some !== undefined)
        await alice.v3("PUT", "/fapi/v3/order", { symbol, orderId: some, quantity: quantity.toFixed(3), price });
    }
    for (const symbol of symbols) await alice.ok("DELETE", "/fapi/v3/allOpenOrders", { symbol });
    await settled(ear);

    const events = ear.frames.filter(({ e }) => e === "ORDER_TRADE_UPDATE").map(({ o }) => o);
    const lastOf = new Map<number, string>(events.map((o) => [o.i, `${o.X} ${Number(o.z)}`]));
    const trades = new Map(events.filter(({ x }) => x === "TRADE").map((o) => [`${o.s} ${o.t}`, o]));
    let fills = 0;
    for (const symbol of symbols) {
      const orders = (await alice.ok("GET", "/fapi/v3/allOrders", { symbol, limit: 1000 })) as Record<string, string>[];
      expect(orders.map((o) => `${o["status"]} ${Number(o["executedQty"])}`)).toEqual(
        orders.map((o) => lastOf.get(Number(o["orderId"]))),
      );
      const own = (await alice.ok("GET", "/fapi/v3/userTrades", { symbol, limit: 1000 })) as Record<string, string>[];
      fills += own.length;
      let position = new Big(0);
      for (const fill of own) {
        const told = trades.get(`${symbol} ${fill["id"]}`);
        expect([told?.l, told?.L, told?.n, Number(told?.rp)]).toEqual([
          fill["qty"],
          fill["price"],
          fill["commission"],
          Number(fill["realizedPnl"]),
        ]);
        position = position.plus(new Big(fill["qty"] ?? "0").times(fill["side"] === "BUY" ? 1 : -1));
      }
      const [risk] = await alice.ok("GET", "/fapi/v3/positionRisk", { symbol });
      expect(Number(risk.positionAmt)).toBe(position.toNumber());
    }
    expect(fills).toBe(trades.size);
    expect(fills).toBeGreaterThan(20);

    const income = (await alice.ok("GET", "/fapi/v3/income", { limit: 1000 })) as {
      income: string;
      incomeType: string;
    }[];
    const [{ balance }] = await alice.ok("GET", "/fapi/v3/balance");
    const wallet = site.exchange.balances("alice").find(({ asset }) => asset === "USDT")?.total ?? "0";
    const sum = income.reduce((total, each) => total.plus(each.income), new Big(100_000));
    expect(sum.toFixed()).toBe(new Big(wallet).toFixed());
    const told = ear.frames.findLast(({ a }) => a?.B?.length > 0);
    expect(told.a.B[0].wb).toBe(balance);
    for (const { accounts, others, house, deposits } of site.exchange.ledger())
      expect(new Big(accounts).plus(others).plus(house).toFixed()).toBe(new Big(deposits).toFixed());
    expect(warnings).toEqual([]);
    await sandbox.close();
  });
});

describe("any request", () => {
  let played: Played;
  beforeEach(async () => {
    const limits = { weight: 1e9, orders10s: 1e9, ordersMinute: 1e9 };
    played = await playAster({ futures: { limits }, spot: { limits } });
  });
  afterEach(() => played.sandbox.close());

  const names = [
    "symbol",
    "side",
    "type",
    "timeInForce",
    "quantity",
    "price",
    "stopPrice",
    "limit",
    "fromId",
    "orderId",
    "interval",
    "pair",
    "leverage",
    "amount",
    "startTime",
    "batchOrders",
    "subOrderList",
    "strategyType",
    "orderIdList",
    "countdownTime",
    "asset",
    "kindType",
    "clientTranId",
    "multiAssetsMargin",
    "dualSidePosition",
    "positionSide",
    "closePosition",
    "callbackRate",
    "quoteOrderQty",
    "user",
    "expired",
    "chainId",
  ];
  const word = fc.oneof(
    fc.constantFrom(
      "BTCUSDT",
      "BUY",
      "SELL",
      "LIMIT",
      "MARKET",
      "STOP",
      "GTC",
      "GTX",
      "1m",
      "1M",
      "true",
      "USDT",
      "OTO",
      "FUTURE_SPOT",
      "LONG",
      "56",
    ),
    fc.constantFrom(
      "",
      "0",
      "-0",
      "-1",
      "1e5",
      "0.1",
      "59800",
      "1".repeat(30),
      "0x10",
      "NaN",
      "null",
      "[]",
      "[1,",
      '[{"symbol":"BTCUSDT"}]',
      "[null]",
      "%",
      "😀",
      "__proto__",
    ),
    fc.string({ maxLength: 12 }),
  );

  it("is answered with a success or a code, never with a failure of the server", async () => {
    const alice = { futures: played.caller("futures"), spot: played.caller("spot") };
    const calls = [
      ...futuresRoutes.map((route) => ({ route, service: "futures" as const, prefix: "/fapi" })),
      ...spotRoutes.map((route) => ({ route, service: "spot" as const, prefix: "/api" })),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...calls),
        fc.dictionary(fc.constantFrom(...names), word, { maxKeys: 10 }),
        async ({ route, service, prefix }, params) => {
          const path = `${prefix}/${route.paths.at(-1)}`;
          const version = path.includes("/v1/") ? "v1" : "v3";
          const { status, json } = await alice[service][version](route.method, path, params);
          if (status === 200) return;
          expect([status >= 400 && status < 500, typeof json?.code]).toEqual([true, "number"]);
        },
      ),
      { numRuns: 500 },
    );
    expect(warnings).toEqual([]);
  });
});
