import { BpError, isBpError } from "@bp/core";
import { createEd25519Pair, Secret } from "@bp/signing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod";
import { fixture, fixtureText, type Server, startServer } from "../../test/server.ts";
import { type Backpack, createBackpack } from "../client.ts";
import { failureOf, negativeOf } from "../failure.ts";
import { order, pastOrder } from "../wire/order.ts";
import * as schemas from "./schemas.ts";

const list = (schema: z.ZodType) => schema.array();
const samples: readonly (readonly [string, z.ZodType])[] = [
  ["rest-account.json", schemas.accountAnswer],
  ["rest-capital.json", schemas.balancesAnswer],
  ["rest-capital-collateral.json", schemas.collateralAnswer],
  ["rest-depth.json", schemas.depthAnswer],
  ["rest-depth-empty.json", schemas.depthAnswer],
  ["rest-history-fills.json", list(schemas.fillAnswer)],
  ["rest-history-funding.json", list(schemas.fundingAnswer)],
  ["rest-history-orders.json", list(pastOrder)],
  ["rest-klines.json", list(schemas.klineAnswer)],
  ["rest-mark-prices.json", list(schemas.markPriceAnswer)],
  ["rest-market-perp.json", schemas.marketAnswer],
  ["rest-market-spot.json", schemas.marketAnswer],
  ["rest-markets.json", list(schemas.marketAnswer)],
  ["rest-open-orders.json", list(order)],
  ["rest-order-limit-cancelled.json", order],
  ["rest-order-limit-expired-ioc.json", order],
  ["rest-order-limit-filled.json", order],
  ["rest-order-limit-new.json", order],
  ["rest-order-limit-partially-filled.json", order],
  ["rest-order-limit-tpsl.json", order],
  ["rest-order-market-filled.json", order],
  ["rest-order-market-quote-filled.json", order],
  ["rest-order-trigger-pending.json", order],
  ["rest-orders-batch.json", schemas.placeBatchAnswer],
  ["rest-orders-cancelled-all.json", list(order)],
  ["rest-positions.json", list(schemas.positionAnswer)],
  ["rest-status.json", schemas.statusAnswer],
  ["rest-status-maintenance.json", schemas.statusAnswer],
  ["rest-ticker.json", schemas.tickerAnswer],
  ["rest-tickers.json", list(schemas.tickerAnswer)],
  ["rest-trades.json", list(schemas.tradeAnswer)],
];

describe("schemas", () => {
  it.each(samples)("read %s", (name, schema) => {
    expect(schema.safeParse(fixture(name)).error).toBeUndefined();
  });

  it("keep decimals as text, read client ids of both forms, and keep words that they do not know", () => {
    const [fill] = list(schemas.fillAnswer).parse([
      { ...(fixture("rest-history-fills.json") as object[])[1], systemOrderType: "SomethingNew" },
    ]) as [Record<string, unknown>];
    expect(fill).toMatchObject({ clientId: 1001, price: "4299.16", systemOrderType: "SomethingNew" });
    expect(
      order.parse({ ...(fixture("rest-order-limit-new.json") as object), status: "Sleeping", id: 5, price: 1.5 }),
    ).toMatchObject({
      status: "Sleeping",
      id: "5",
      price: "1.5",
    });
  });

  it("do not guess a side", () => {
    expect(order.safeParse({ ...(fixture("rest-order-limit-new.json") as object), side: "Buy" }).success).toBe(false);
  });
});

describe("failureOf", () => {
  // sample, HTTP status, what it means for a call that changes something, and for one that reads
  const cases: readonly (readonly [string, number, string, string])[] = [
    ["error-duplicate-client-id.json", 400, "venue/refused", "venue/refused"],
    ["error-insufficient-funds.json", 400, "venue/refused", "venue/refused"],
    ["error-insufficient-margin.json", 400, "venue/refused", "venue/refused"],
    ["error-invalid-order.json", 400, "venue/refused", "venue/refused"],
    ["error-invalid-signature.json", 400, "venue/refused", "venue/refused"],
    ["error-invalid-signature-header.json", 400, "venue/refused", "venue/refused"],
    ["error-maintenance.json", 400, "venue/refused", "venue/unavailable"],
    ["error-maintenance.json", 503, "venue/unknown-outcome", "venue/unavailable"],
    ["error-market-needs-quantity.json", 400, "venue/refused", "venue/refused"],
    ["error-need-id.json", 400, "venue/refused", "venue/refused"],
    ["error-order-not-found.json", 404, "venue/refused", "venue/refused"],
    ["error-plain-text.txt", 400, "venue/refused", "venue/refused"],
    ["error-post-only-would-take.json", 400, "venue/refused", "venue/refused"],
    ["error-price-decimal-too-long.json", 400, "venue/refused", "venue/refused"],
    ["error-quantity-decimal-too-long.json", 400, "venue/refused", "venue/refused"],
    ["error-request-expired.json", 400, "venue/expired", "venue/expired"],
    ["error-request-expired.json", 504, "venue/unknown-outcome", "venue/unavailable"],
    ["error-request-expired.json", 202, "venue/unknown-outcome", "venue/unavailable"],
    ["error-server-error.json", 500, "venue/unknown-outcome", "venue/unavailable"],
    ["error-server-error.json", 400, "venue/unknown-outcome", "venue/unavailable"],
    ["error-timeout.json", 504, "venue/unknown-outcome", "venue/unavailable"],
    ["error-timeout.json", 400, "venue/unknown-outcome", "venue/unavailable"],
    ["error-too-many-requests.json", 429, "venue/rate-limited", "venue/rate-limited"],
    ["error-too-many-requests.json", 503, "venue/unknown-outcome", "venue/unavailable"],
    ["error-trading-paused.json", 400, "venue/refused", "venue/unavailable"],
    ["error-trigger-pair.json", 400, "venue/refused", "venue/refused"],
    ["error-unauthorized.json", 401, "venue/refused", "venue/refused"],
  ];
  it.each(cases)("%s with status %i: %s, or %s of a reading call", (name, status, changing, reading) => {
    const negative = negativeOf(status, fixtureText(name));
    expect([failureOf(negative, "changes").code, failureOf(negative, "reads").code]).toEqual([changing, reading]);
  });

  it("keeps what a page of the edge or an empty answer says", () => {
    expect(negativeOf(502, "<html><head><title>502 Bad Gateway</title>")).toEqual({
      status: 502,
      code: undefined,
      message: "a web page: 502 Bad Gateway",
      isPage: true,
    });
    for (const status of [400, 404, 413, 502])
      expect(failureOf(negativeOf(status, "<html><title>no</title>"), "changes").retry).toBe("unknown");
    expect(failureOf(negativeOf(403, "<html>"), "changes").retry).toBe("never");
    expect(failureOf(negativeOf(403, ""), "changes")).toMatchObject({
      code: "venue/refused",
      context: { code: "HTTP_403", message: "an empty answer" },
    });
    expect(failureOf(negativeOf(502, "<!doctype html>"), "changes").code).toBe("venue/unknown-outcome");
    expect(failureOf(negativeOf(400, fixtureText("error-plain-text.txt")), "changes").message).toContain(
      "Invalid market symbol",
    );
  });

  it("shows no key that the venue repeats to us", () => {
    const { apiKey } = createEd25519Pair();
    expect(
      failureOf(negativeOf(401, JSON.stringify({ code: "UNAUTHORIZED", message: `unknown key ${apiKey}` })), "reads")
        .message,
    ).not.toContain(apiKey);
    const { message } = negativeOf(400, `${"x".repeat(460)} ${apiKey} and more`);
    expect(message).not.toContain(apiKey.slice(0, 20)); // not even where the text is cut
  });
});

describe("calls", () => {
  const pair = createEd25519Pair();
  let server: Server;
  let client: Backpack;
  beforeEach(async () => {
    server = await startServer();
    client = createBackpack({ key: pair, restUrl: server.restUrl, wsUrl: server.wsUrl });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });
  /** Long enough to connect on a busy machine, for those that wait for its end. */
  const silence = { timeoutMs: 2_000 };
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => (isBpError(error) ? error : new BpError("transport/broken", { url: "", why: String(error) })),
    );

  it("read public data without a signature, time as milliseconds, ping as text", async () => {
    expect(await client.rest.system.ping()).toBe("pong");
    const from = Date.now();
    const time = await client.rest.system.time();
    expect([time >= from, time <= Date.now()]).toEqual([true, true]);
    const depth = await client.rest.markets.depth({ symbol: "SOL_USDC", limit: 5 });
    expect(depth.lastUpdateId).toBe(4324522523);
    expect(server.requests.at(-1)).toMatchObject({ params: { symbol: "SOL_USDC", limit: "5" } });
    expect(server.requests.at(-1)?.headers).not.toHaveProperty("x-signature");
  });

  it("sign what is private, GET by its query, DELETE by its body", async () => {
    await client.rest.account.get();
    expect(await client.rest.orders.get({ symbol: "SOL_USDC", clientId: 7 })).toBeUndefined();
    expect(await client.rest.orders.cancel({ symbol: "SOL_USDC", orderId: "59669287267" })).toEqual({
      outcome: "not-found",
    });
    server.on("DELETE /api/v1/order", () => ({ status: 202 }));
    expect(await client.rest.orders.cancel({ symbol: "SOL_USDC", clientId: 7 })).toEqual({ outcome: "pending" });
  });

  it("sign a batch element by element", async () => {
    server.on("POST /api/v1/orders", () => ({ body: fixture("rest-orders-batch.json") }));
    const each = { symbol: "SOL_USDC_PERP", side: "Bid", orderType: "Limit", price: "141", quantity: "12" } as const;
    const done = await client.rest.orders.placeBatch([each, { ...each, price: "140" }]);
    expect(done.map(({ operation }) => operation)).toEqual(["Ok", "Err"]);
    expect((await failure(client.rest.orders.placeBatch([each])))?.code).toBe("venue/unknown-outcome"); // whose is the second?
    expect((await failure(client.rest.orders.placeBatch(Array.from({ length: 21 }, () => each))))?.code).toBe(
      "config/invalid",
    );
  });

  it("refuse bad parameters before anything is sent", async () => {
    const before = server.requests.length;
    const both = await failure(client.rest.orders.cancel({ symbol: "SOL_USDC", orderId: "1", clientId: 1 }));
    expect(both?.message).toContain("exactly one of orderId and clientId");
    const inMs = await failure(
      client.rest.markets.klines({ symbol: "SOL_USDC", interval: "1m", startTime: Date.now() }),
    );
    expect(inMs?.message).toContain("seconds");
    const inexact = await failure(
      client.rest.orders.place({ symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "1e-7", quantity: "1" }),
    );
    expect(inexact?.code).toBe("config/invalid");
    const unknown = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "1", amount: "1" } as const;
    expect((await failure(client.rest.orders.place(unknown)))?.message).toContain("amount");
    expect(server.requests.length).toBe(before);
  });

  it("need a key for what is private", async () => {
    const open = createBackpack({ restUrl: server.restUrl });
    expect((await failure(open.rest.account.get()))?.message).toContain("API key");
    await open.close();
  });

  it("take 200 [] and the venue's own 404 for flat, and nothing else", async () => {
    expect(await client.rest.positions.list({})).toEqual([]);
    server.on("GET /api/v1/position", () => ({ status: 404, body: fixture("error-order-not-found.json") }));
    expect(await client.rest.positions.list()).toEqual([]);
    server.on("GET /api/v1/position", () => ({ status: 404, text: "<html>" }));
    expect((await failure(client.rest.positions.list()))?.code).toBe("venue/refused");
  });

  it("give null for a ticker without content", async () => {
    server.on("GET /api/v1/ticker", () => ({ status: 204 }));
    expect(await client.rest.markets.ticker({ symbol: "SOL_USDC" })).toBeNull();
  });

  it("tell an unknown outcome of an order from a failure", async () => {
    const order = {
      symbol: "SOL_USDC",
      side: "Bid",
      orderType: "Limit",
      price: "1",
      quantity: "1",
      clientId: 9,
    } as const;
    const replies = [
      [{ status: 500, body: fixture("error-server-error.json") }, "venue/unknown-outcome"],
      [{ status: 502, text: "<html>" }, "venue/unknown-outcome"],
      [{ status: 200, text: "" }, "venue/unknown-outcome"],
      [{ status: 200, text: "OK" }, "venue/unknown-outcome"],
      [{ status: 200, body: fixture("error-insufficient-funds.json") }, "venue/unknown-outcome"],
      [{ status: 202, text: "" }, "venue/unknown-outcome"],
      [{ status: 204, text: "" }, "venue/unknown-outcome"],
      [{ status: 302, text: "" }, "venue/unknown-outcome"],
      [{ status: 400, text: "<html><title>400 Bad Request</title>" }, "venue/unknown-outcome"],
      [{ status: 503, body: fixture("error-request-expired.json") }, "venue/unknown-outcome"],
      [{ status: 200, text: `${"[".repeat(100_000)}${"]".repeat(100_000)}` }, "venue/unknown-outcome"],
      [{ status: 200, body: { id: "1" } }, "venue/unknown-outcome"],
      ["cut", "transport/broken"],
      ["hang", "transport/timeout"],
      [{ status: 400, body: fixture("error-insufficient-funds.json") }, "venue/refused"],
      [{ status: 429, body: fixture("error-too-many-requests.json") }, "venue/rate-limited"],
    ] as const;
    for (const [reply, code] of replies) {
      let sent = 0;
      server.on("POST /api/v1/order", () => {
        sent += 1;
        return reply;
      });
      const error = await failure(client.rest.orders.place(order, reply === "hang" ? silence : {}));
      expect([error?.code, sent]).toEqual([code, 1]);
      expect(error?.retry).toBe(
        code === "venue/refused" ? "never" : code === "venue/rate-limited" ? "later" : "unknown",
      );
    }
  });

  it("say what a reading call got instead of its answer", async () => {
    server.on("GET /api/v1/trades", () => ({ body: [{ price: "1e5" }] }));
    expect((await failure(client.rest.trades.trades({ symbol: "SOL_USDC" })))?.code).toBe("wire/schema");
    server.on("GET /api/v1/trades", () => ({ text: "hello" }));
    expect((await failure(client.rest.trades.trades({ symbol: "SOL_USDC" })))?.code).toBe("wire/not-json");
  });

  it("resync once after an expired request, and give up after the second", async () => {
    await client.rest.account.get();
    server.offsetMs = 8_000;
    await client.rest.account.get();
    expect(client.skew.offsetMs).toBeGreaterThan(4_000);
    server.on("GET /api/v1/account", () => ({ status: 400, body: fixture("error-request-expired.json") }));
    const before = server.requests.filter(({ route }) => route === "GET /api/v1/account").length;
    expect((await failure(client.rest.account.get()))?.code).toBe("venue/expired");
    expect(server.requests.filter(({ route }) => route === "GET /api/v1/account").length - before).toBe(2);
  });

  it("never send an order a third time, and never say refused of one that may stand", async () => {
    const order = { symbol: "SOL_USDC", side: "Bid", orderType: "Market", quantity: "1", clientId: 9 } as const;
    const late = { status: 400, body: fixture("error-request-expired.json") };
    const fates = [
      ["cut", "transport/broken", 2],
      ["hang", "transport/timeout", 2],
      [{ status: 503, text: "" }, "venue/unknown-outcome", 2],
      [{ status: 400, body: fixture("error-duplicate-client-id.json") }, "venue/unknown-outcome", 2],
      [late, "venue/expired", 2],
    ] as const;
    for (const [second, code, times] of fates) {
      let sent = 0;
      server.on("POST /api/v1/order", () => (++sent === 1 ? late : second));
      const error = await failure(client.rest.orders.place(order, second === "hang" ? silence : {}));
      expect([error?.code, sent]).toEqual([code, times]);
    }
  });

  it("ask whether they may leave before each signature: what came too late is not sent anew once it may not", async () => {
    const order = { symbol: "SOL_USDC", side: "Bid", orderType: "Market", quantity: "1", clientId: 9 } as const;
    let may = true;
    let sent = 0;
    server.on("POST /api/v1/order", () => {
      sent += 1;
      may = false; // while it was on its way
      return { status: 400, body: fixture("error-request-expired.json") };
    });
    const mayLeave = () => may;
    expect([(await failure(client.rest.orders.place(order, { mayLeave })))?.code, sent]).toEqual([
      "transport/aborted",
      1,
    ]);
    expect([(await failure(client.rest.orders.place(order, { mayLeave })))?.code, sent]).toEqual([
      "transport/aborted",
      1,
    ]);
  });

  it("are not unknown when the clock alone cannot be read", async () => {
    const order = { symbol: "SOL_USDC", side: "Bid", orderType: "Market", quantity: "1", clientId: 9 } as const;
    let sent = 0;
    server.on("GET /api/v1/time", () => "cut");
    server.on("POST /api/v1/order", () => {
      sent += 1;
      server.on("GET /api/v1/time", () => "cut");
      return { status: 400, body: fixture("error-request-expired.json") };
    });
    expect(await failure(client.rest.orders.place(order))).toMatchObject({ code: "venue/unavailable", retry: "later" });
    expect(sent).toBe(0);
    server.on("GET /api/v1/time", () => ({ text: String(Date.now()) }));
    expect(await failure(client.rest.orders.place(order))).toMatchObject({ code: "venue/expired" });
    expect(sent).toBe(1);
  });

  it("do not take an error or a page for the empty answer that means done", async () => {
    const lend = { quantity: "1", side: "Lend", symbol: "USDC" } as const;
    for (const [reply, code] of [
      [{ status: 200, text: "" }, undefined],
      [{ status: 200, body: fixture("error-insufficient-funds.json") }, "venue/unknown-outcome"],
      [{ status: 200, text: "<html>" }, "venue/unknown-outcome"],
    ] as const) {
      server.on("POST /api/v1/borrowLend", () => reply);
      expect((await failure(client.rest.borrowLend.execute(lend)))?.code).toBe(code);
    }
  });

  it("read all pages of the fills, each once", async () => {
    const rows = Array.from({ length: 2_500 }, (_, at) => ({
      ...(fixture("rest-history-fills.json") as object[])[0],
      tradeId: at,
    }));
    server.on("GET /wapi/v1/history/fills", ({ offset = "0" }) => {
      const from = Math.max(0, Number(offset) - 3); // three rows shifted into the next page
      return { body: rows.slice(from, from + 1000) };
    });
    const ids = new Set<string>();
    let count = 0;
    for await (const fill of client.rest.history.allFills({ from: 0, to: Date.now() })) {
      ids.add(String(fill.tradeId));
      count += 1;
    }
    expect([ids.size, count]).toEqual([2_500, 2_500]);
  });

  it("stop when the caller does", async () => {
    server.on("GET /api/v1/status", () => "hang");
    const stop = new AbortController();
    const waiting = failure(client.rest.system.status({ signal: stop.signal }));
    stop.abort();
    expect((await waiting)?.code).toMatch(/^transport\//);
  });

  it("show no secret in an error, a key object or a client", async () => {
    const secret = pair.secret.reveal();
    server.on("GET /api/v1/account", () => ({ status: 400, body: fixture("error-invalid-signature.json") }));
    const error = await failure(client.rest.account.get());
    const printed = JSON.stringify([error, error?.context, client, Secret.of(secret)]) + String(error?.stack);
    expect(printed).not.toContain(secret);
    expect(printed).not.toContain(pair.apiKey);
  });
});
