// Frames of every kind of stream, whole, cut and spoiled, over a real socket.

import { globSync } from "node:fs";
import type { BpError } from "@bp/core";
import { createEd25519Pair } from "@bp/signing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixtureText, type Server, startServer, until } from "../../test/server.ts";
import { type Backpack, createBackpack } from "../client.ts";

const files = globSync("ws-*.json", { cwd: new URL("../../fixtures", import.meta.url) })
  .filter((file) => !/^ws-(frame|error)-/.test(file))
  .toSorted();
/** A frame as the venue writes it: without white space, numbers with all their digits. */
const frameOf = (file: string) => fixtureText(file).replaceAll(/\n\s*/g, "").replaceAll('": ', '":');

describe("frames", () => {
  const pair = createEd25519Pair();
  let server: Server;
  let client: Backpack;
  let troubles: BpError[];
  beforeEach(async () => {
    server = await startServer();
    client = createBackpack({ key: pair, restUrl: server.restUrl, wsUrl: server.wsUrl });
    troubles = [];
    for (const side of ["public", "private"] as const)
      client.streams.watch(side, { trouble: (error) => troubles.push(error) });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  const read = (name: string, listener: (message: unknown) => void): "public" | "private" => {
    const { streams } = client;
    const [first = "", second = "", third = ""] = name.split(".");
    const market = third === "" ? undefined : third;
    const feeds = {
      depth: () => (third === "" ? streams.depth(second) : streams.depth(third, second as "200ms")),
      bookTicker: () => streams.bookTicker(second),
      trade: () => streams.trade(second),
      kline: () => streams.kline(third, second as "1m"),
      ticker: () => streams.ticker(second),
      markPrice: () => streams.markPrice(second),
      openInterest: () => streams.openInterest(second),
      liquidation: () => streams.liquidations(),
      orderUpdate: () => streams.orderUpdates(market),
      positionUpdate: () => streams.positionUpdates(market),
      balanceUpdate: () => streams.balanceUpdates(),
      rfqUpdate: () => streams.rfqUpdates(market),
    } as const;
    const kind = (first === "account" ? second : first) as keyof typeof feeds; // the names of the samples
    feeds[kind]().on(listener);
    return first === "account" ? "private" : "public";
  };

  it.each(files)("%s is read, and what is cut, binary or spoiled is told and does no harm", async (file) => {
    const whole = frameOf(file);
    const name = /"stream":"([^"]+)"/.exec(whole)?.[1] ?? "";
    const seen: unknown[] = [];
    const side = read(name, (message) => seen.push(message));
    await until(() => server.wanted.has(name), `the subscription of ${name}`);
    const bad = [
      ...Array.from({ length: 12 }, (_, at) => whole.slice(0, Math.floor((whole.length * at) / 12))),
      whole.replace(/"data":\{[^}]*\}/, '"data":{}'),
      whole.replace(/"data":\{[^}]*\}/, '"data":null'),
      whole.replace(/"data":\{[^}]*\}/, '"data":7'),
    ];
    for (const text of bad) server.raw(text);
    server.rawBytes(Uint8Array.of(0, 255, 254, 123, 34, 0));
    server.raw(whole);
    server.rawBytes(Buffer.from(whole));
    await until(() => seen.length >= 2, "the whole frame");
    expect(seen).toHaveLength(2);
    expect(seen[0]).toEqual(seen[1]);
    expect(client.streams.counts(side)).toEqual({ frames: bad.length + 3, bad: bad.length + 1, stray: 0 });
    expect(troubles).toHaveLength(bad.length + 1);
    expect(troubles.filter(({ code }) => code !== "wire/not-json" && code !== "wire/schema")).toEqual([]);
  });

  it("keep ids above 2^53 digit for digit", async () => {
    const seen: unknown[] = [];
    client.streams.rfqUpdates("SOL_USDC_RFQ").on((update) => seen.push([update.R, update.u, update.C]));
    await until(() => server.wanted.has("account.rfqUpdate.SOL_USDC_RFQ"));
    server.raw(frameOf("ws-rfq-candidate.json").replace('"account.rfqUpdate"', '"account.rfqUpdate.SOL_USDC_RFQ"'));
    await until(() => seen.length === 1);
    expect(seen).toEqual([["113392053149171712", "113392054083780608", 123]]);
  });

  it("keep the ids of public trades above 2^53 digit for digit", async () => {
    const seen: unknown[] = [];
    client.streams.trade("ETH_USDC_PERP").on((update) => seen.push([update.t, update.a, update.b]));
    await until(() => server.wanted.has("trade.ETH_USDC_PERP"));
    const long = "1234567890123456789";
    server.raw(frameOf("ws-trade.json").replaceAll(/"([tab])":("?)\d+\2/g, `"$1":${long}`));
    await until(() => seen.length === 1);
    expect(seen).toEqual([[long, long, long]]);
    expect(client.streams.counts("public").bad).toBe(0);
  });
});
