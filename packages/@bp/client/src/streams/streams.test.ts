import type { BpError } from "@bp/core";
import { createEd25519Pair } from "@bp/signing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod";
import { fixture, type Server, startServer, until } from "../../test/server.ts";
import { type Backpack, createBackpack } from "../client.ts";
import * as schemas from "./schemas.ts";

const data = (name: string) => (fixture(name) as { readonly data: unknown }).data;

describe("schemas", () => {
  const samples: readonly (readonly [string, z.ZodType])[] = [
    ...["ws-depth.json", "ws-depth-remove-level.json", "ws-depth-aggregated.json"].map(
      (name) => [name, schemas.depthUpdate] as const,
    ),
    ...["ws-book-ticker.json", "ws-book-ticker-docs-form.json", "ws-book-ticker-one-sided.json"].map(
      (name) => [name, schemas.bookTickerUpdate] as const,
    ),
    ...["ws-kline.json", "ws-kline-closed.json", "ws-kline-no-trades.json"].map(
      (name) => [name, schemas.klineUpdate] as const,
    ),
    ["ws-mark-price.json", schemas.markPriceUpdate],
    ["ws-ticker.json", schemas.tickerUpdate],
    ["ws-trade.json", schemas.tradeUpdate],
    ["ws-balance-update.json", schemas.balanceUpdate],
    ...[
      "ws-order-accepted.json",
      "ws-order-accepted-client-id.json",
      "ws-order-cancelled.json",
      "ws-order-expired.json",
      "ws-order-fill.json",
      "ws-order-fill-liquidation.json",
      "ws-order-fill-partial-maker.json",
      "ws-order-modified.json",
      "ws-trigger-placed.json",
      "ws-trigger-cancelled.json",
      "ws-trigger-failed.json",
    ].map((name) => [name, schemas.orderUpdate] as const),
    ...[
      "ws-position-opened.json",
      "ws-position-adjusted.json",
      "ws-position-closed.json",
      "ws-position-initial.json",
    ].map((name) => [name, schemas.positionUpdateData] as const),
  ];
  it.each(samples)("read %s", (name, schema) => {
    expect(schema.safeParse(data(name)).error).toBeUndefined();
  });

  it("read position figures as text or bare numbers, one position or several", () => {
    const one = { ...(data("ws-position-opened.json") as object), q: 0.001, B: 4236.36, i: "5411399049" };
    expect(schemas.positionUpdateData.parse([one, one])).toHaveLength(2);
    expect(schemas.positionUpdateData.parse(one)[0]).toMatchObject({ q: "0.001", B: "4236.36", i: "5411399049" });
  });
});

describe("streams", () => {
  const pair = createEd25519Pair();
  let server: Server;
  let client: Backpack;
  let troubles: BpError[];
  beforeEach(async () => {
    server = await startServer();
    client = createBackpack({ key: pair, restUrl: server.restUrl, wsUrl: server.wsUrl });
    troubles = [];
    client.streams.watch("public", { trouble: (error) => troubles.push(error) });
    client.streams.watch("private", { trouble: (error) => troubles.push(error) });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  it("call back with checked messages until told to stop", async () => {
    const prices: unknown[] = [];
    const stop = client.streams.ticker("SOL_USDC").on((update) => prices.push(update.c));
    await until(() => server.wanted.has("ticker.SOL_USDC"));
    server.push("ticker.SOL_USDC", data("ws-ticker.json"));
    await until(() => prices.length === 1);
    stop();
    expect(prices).toEqual(["98.98"]);
    expect(client.streams.state("public")).toBe("down"); // nobody reads anything
  });

  it("are read by `for await` until the signal aborts", async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const update of client.streams.trade("ETH_USDC_PERP").read({ signal: stop.signal })) {
        seen.push(update.p);
        if (seen.length === 2) stop.abort();
      }
    })();
    await until(() => server.wanted.has("trade.ETH_USDC_PERP"));
    server.push("trade.ETH_USDC_PERP", data("ws-trade.json"));
    server.push("trade.ETH_USDC_PERP", data("ws-trade.json"));
    await reading;
    expect(seen).toEqual(["3870.25", "3870.25"]);
  });

  it("throw into a loop that is too slow instead of leaving messages out", async () => {
    const messages = client.streams.trade("ETH_USDC_PERP").read({ limit: 2 })[Symbol.asyncIterator]();
    const firstOne = messages.next();
    await until(() => server.wanted.has("trade.ETH_USDC_PERP"));
    server.push("trade.ETH_USDC_PERP", data("ws-trade.json"));
    await firstOne;
    for (let at = 0; at < 5; at++) server.push("trade.ETH_USDC_PERP", data("ws-trade.json"));
    await until(() => client.streams.counts("public").frames === 6);
    await expect(messages.next()).rejects.toMatchObject({ code: "wire/overflow" });
  });

  it("sign private streams, on a connection of their own, and anew after each loss", async () => {
    const seen: string[] = [];
    client.streams.orderUpdates().on((update) => seen.push(update.e));
    client.streams.positionUpdates().on((updates) => seen.push(...updates.map(({ e }) => e ?? "initial")));
    client.streams.ticker("SOL_USDC").on(() => undefined);
    await until(() => server.wanted.has("account.orderUpdate") && server.wanted.has("account.positionUpdate"));
    server.push("account.orderUpdate", data("ws-order-accepted.json"));
    server.push("account.positionUpdate", data("ws-position-initial.json"));
    await until(() => seen.length === 2);
    expect(seen).toEqual(["orderAccepted", "initial"]);
    server.cut();
    await until(() => server.wanted.has("account.orderUpdate"));
    const times = server.subscriptions
      .filter(({ signature }) => signature !== undefined)
      .map(({ signature }) => signature?.[2]);
    expect(new Set(times).size).toBeGreaterThan(1);
    expect(
      server.subscriptions
        .filter(({ params }) => params.includes("ticker.SOL_USDC"))
        .every(({ signature }) => signature === undefined),
    ).toBe(true);
  });

  it("report a refused signature, measure the clock, and try again", async () => {
    await client.skew.sync();
    server.offsetMs = 20_000;
    client.streams.orderUpdates().on(() => undefined);
    await until(() => troubles.some(({ message }) => message.includes("4003")));
    await until(() => server.wanted.has("account.orderUpdate"), "the second subscription");
    expect(client.skew.offsetMs).toBeGreaterThan(15_000);
  });

  it("are asked for as soon as a clock that could not be read is there again", async () => {
    const working = () => ({ text: String(Date.now()) });
    server.on("GET /api/v1/time", () => "cut");
    client.streams.orderUpdates().on(() => undefined);
    await until(() => troubles.some(({ message }) => message.includes("could not be asked for")));
    server.on("GET /api/v1/time", working);
    await until(() => server.wanted.has("account.orderUpdate"), "the subscription");
    expect(client.skew.offsetMs).toBeDefined();
  });

  it("count and report frames that cannot be read, and go on", async () => {
    const seen: string[] = [];
    client.streams.markPrice("SOL_USDC_PERP").on(({ p }) => seen.push(p));
    await until(() => server.wanted.has("markPrice.SOL_USDC_PERP"));
    server.raw("}{");
    server.push("markPrice.SOL_USDC_PERP", { e: "markPrice", p: "much" });
    server.raw(JSON.stringify({ hello: 1 }));
    server.raw(JSON.stringify({ stream: "depth.GONE", data: {} }));
    server.raw(JSON.stringify(fixture("ws-error-invalid-stream.json")));
    server.raw(JSON.stringify({ stream: "markPrice.SOL_USDC_PERP", data: data("ws-mark-price.json") }, null, 2)); // another way to write it
    await until(() => seen.length === 1);
    expect(client.streams.counts("public")).toEqual({ frames: 6, bad: 3, stray: 1 });
    expect(troubles.map(({ code }) => code)).toEqual(["wire/not-json", "wire/schema", "wire/schema", "venue/refused"]);
  });

  it("give a market's own form of a private stream to whoever reads all markets", async () => {
    const seen: (number | null)[] = [];
    client.streams.orderUpdates().on(({ c }) => seen.push(c));
    await until(() => server.wanted.has("account.orderUpdate"));
    server.raw(JSON.stringify(fixture("ws-order-accepted-client-id.json")));
    await until(() => seen.length === 1);
    expect(seen).toEqual([1001]);
  });

  it("need a key where they are private", () => {
    const open = createBackpack({ restUrl: server.restUrl, wsUrl: server.wsUrl });
    expect(() => open.streams.orderUpdates().on(() => undefined)).toThrow(/API key/);
  });
});
