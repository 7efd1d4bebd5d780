import type { BpError } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixture, startVenue, type TestVenue } from "../../test/venue.ts";
import { type Aster, createAster } from "../client.ts";
import { asterFuturesVenue } from "./futures.ts";
import { asterSpotVenue } from "./spot.ts";

let server: TestVenue;
let client: Aster;
let troubles: BpError[];
const trouble = (error: BpError) => troubles.push(error);

beforeEach(async () => {
  server = await startVenue();
  const place = { restUrl: server.url, wsUrl: server.url.replace("http", "ws") };
  client = createAster({ futures: place, spot: place });
  troubles = [];
});
afterEach(async () => {
  await client.close();
  await server.close();
});

describe("asterFuturesVenue", () => {
  it("lists perpetuals that trade, and tells what it cannot read", async () => {
    const info = fixture("futures-rest-exchangeInfo.json") as { readonly symbols: readonly Record<string, unknown>[] };
    const [first] = info.symbols;
    const { baseAsset: _none, ...nameless } = { ...first, symbol: "GHOSTUSDT" } as Record<string, unknown>;
    const gridless = { ...first, symbol: "ODDUSDT", filters: [] };
    server.on("GET /fapi/v3/exchangeInfo", () => ({
      body: { ...info, symbols: [...info.symbols, nameless, gridless] },
    }));
    server.on("GET /fapi/v3/fundingInfo", () => ({
      body: [{ symbol: "BTCUSDT", fundingIntervalHours: 4, interestRate: "0.00005", time: 1_756_197_479_000 }],
    }));
    const venue = asterFuturesVenue({ client: client.futures, onTrouble: trouble });
    const listed = await venue.instruments();
    expect(listed.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      "aster-futures:1000PEPEUSDT",
      "aster-futures:ASTERUSDT",
      "aster-futures:BTCUSDT",
      "aster-futures:ETHUSDT",
      "aster-futures:XAUUSDT",
      "aster-futures:币安人生USDT",
    ]);
    const hours = new Map(listed.map(({ id, fundingIntervalMs }) => [id, (fundingIntervalMs ?? 0) / 3_600_000]));
    expect([hours.get("aster-futures:BTCUSDT"), hours.get("aster-futures:ETHUSDT")]).toEqual([4, 8]);
    expect(troubles.map(({ message }) => /GHOSTUSDT|ODDUSDT/.exec(message)?.[0])).toEqual(["GHOSTUSDT", "ODDUSDT"]);
  });

  it("wants a key for an account, and knows no market that is not there", async () => {
    server.on("GET /fapi/v3/exchangeInfo", () => ({ body: fixture("futures-rest-exchangeInfo.json") }));
    server.on("GET /fapi/v3/fundingInfo", () => ({ body: [] }));
    const venue = asterFuturesVenue({ client: client.futures });
    const { signal } = new AbortController();
    const ask = (symbol: string, account: boolean) =>
      venue.open({ instruments: [`aster-futures:${symbol}`], account }, () => undefined, signal);
    await expect(ask("BTCUSDT", true)).rejects.toMatchObject({ code: "config/invalid" });
    await expect(ask("BTCUSD", false)).rejects.toThrow(/no market "BTCUSD"; near matches: BTCUSDT/);
  });
});

describe("asterSpotVenue", () => {
  it("never lists markets that are no real ones", async () => {
    server.on("GET /api/v3/exchangeInfo", () => ({ body: fixture("spot-rest-exchangeInfo.json") }));
    const venue = asterSpotVenue({ client: client.spot, id: "mine", onTrouble: trouble });
    const listed = await venue.instruments();
    expect(listed.map(({ id, kind }) => [id, kind])).toEqual([
      ["mine:BTCUSDT", "spot"],
      ["mine:ASTERUSDT", "spot"],
    ]);
    expect(troubles).toEqual([]);
  });
});
