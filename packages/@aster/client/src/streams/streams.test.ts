import { BpError } from "@bp/core";
import { systemClock } from "@bp/transport";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sockets, startSockets, until } from "../../test/sockets.ts";
import { fixture } from "../../test/venue.ts";
import { createFuturesStreams, createSpotStreams, type FuturesStreams, type SpotStreams } from "./streams.ts";

const noCall = () => Promise.reject(new BpError("config/invalid", { path: "call", found: "none", expected: "none" }));
const depthOf = (s: string) => ({ ...(fixture("futures-ws-depthUpdate.json") as object), s });

describe("market streams", () => {
  let sockets: Sockets;
  let futures: FuturesStreams;
  let spot: SpotStreams;
  let troubles: BpError[];
  beforeEach(async () => {
    sockets = await startSockets();
    const connection = {
      wsUrl: sockets.url,
      socketProxy: undefined,
      clock: systemClock,
      signs: undefined,
      call: noCall,
    };
    futures = createFuturesStreams(connection);
    spot = createSpotStreams(connection);
    troubles = [];
    futures.watch("market", { trouble: (error) => troubles.push(error) });
  });
  afterEach(async () => {
    futures.close();
    spot.close();
    await sockets.close();
  });

  it("call back with checked messages until told to stop, and close when nobody reads", async () => {
    const seen: string[] = [];
    const stop = futures.aggTrade("BTCUSDT").on(({ p }) => seen.push(p));
    await until(() => sockets.wanted().includes("btcusdt@aggTrade"));
    sockets.push("btcusdt@aggTrade", fixture("futures-ws-aggTrade.json"));
    await until(() => seen.length === 1);
    stop();
    expect(seen).toEqual(["0.001"]);
    expect(futures.state("market")).toBe("down");
    expect(sockets.clients[0]?.path).toBe("/stream");
  });

  it("go on after frames of any shape", async () => {
    const seen: string[] = [];
    futures.aggTrade("BTCUSDT").on(({ p }) => seen.push(p));
    await until(() => sockets.wanted().includes("btcusdt@aggTrade"));
    const odd = { toString: 1, valueOf: 1 };
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`; // more than JSON.stringify can write
    const frames = [
      null,
      [],
      [null],
      { e: "aggTrade", s: odd },
      { e: "kline", s: "BTCUSDT", k: { i: odd } },
      { e: "kline", s: null, k: 1, o: { s: odd } },
      { stream: odd, data: 1 },
      { error: { code: odd } },
      { code: 1, id: odd },
      { result: null, id: odd },
    ].map((frame) => JSON.stringify(frame));
    const texts = [
      '{"stream":"__proto__","data":{"__proto__":{"p":"1"}}}',
      deep,
      `{"stream":"btcusdt@aggTrade","data":${deep}}`,
    ];
    for (const text of [...frames, ...texts]) for (const client of sockets.clients) client.send(text);
    sockets.push("btcusdt@aggTrade", fixture("futures-ws-aggTrade.json"));
    await until(() => seen.length === 1);
    expect(futures.counts("market").frames).toBeGreaterThanOrEqual(frames.length + texts.length);
  });

  it("are read by `for await`, and as bytes", async () => {
    const stop = new AbortController();
    const texts: string[] = [];
    spot.bookTicker("BNBUSDT").onBytes((bytes) => texts.push(new TextDecoder().decode(bytes)));
    const reading = (async () => {
      for await (const { u } of spot.bookTicker("BNBUSDT").read({ signal: stop.signal })) {
        expect(u).toBe(400900217);
        stop.abort();
      }
    })();
    await until(() => sockets.wanted().includes("bnbusdt@bookTicker"));
    sockets.push("bnbusdt@bookTicker", fixture("spot-ws-bookTicker.json"));
    await reading;
    expect(texts[0]).toContain('"stream":"bnbusdt@bookTicker"');
  });

  it("ask in one message for all that is wanted at once, in lower case, with a number", async () => {
    for (const symbol of ["BTCUSDT", "ETHUSDT", "币安人生USDT"]) futures.markPrice(symbol, "1s").on(() => undefined);
    futures.kline("BTCUSDT", "1M").on(() => undefined); // the month keeps its capital letter
    futures.allForceOrders().on(() => undefined);
    await until(() => sockets.wanted().length === 5);
    futures.miniTicker("BTCUSDT").on(() => undefined);
    futures.ticker("BTCUSDT").on(() => undefined);
    await until(() => sockets.wanted().length === 7);
    const requests = sockets.clients[0]?.requests ?? [];
    expect(requests).toHaveLength(2);
    expect(requests[0]?.params).toContain("币安人生usdt@markPrice@1s");
    expect(requests[0]?.params).toContain("btcusdt@kline_1M");
    expect(new Set(requests.map(({ id }) => id)).size).toBe(2);
    expect(requests.every(({ id }) => Number.isInteger(id) && id >= 0)).toBe(true);
  });

  it("keep changes and top of one book apart", async () => {
    const changes: number[] = [];
    const tops: number[] = [];
    futures.depth("BTCUSDT", "100ms").on(({ u }) => changes.push(u));
    futures.partialDepth("BTCUSDT", 20, "100ms").on(({ u }) => tops.push(u));
    await until(() => sockets.wanted().length === 2);
    sockets.push("btcusdt@depth@100ms", { ...depthOf("BTCUSDT"), u: 200 });
    sockets.push("btcusdt@depth20@100ms", { ...depthOf("BTCUSDT"), u: 300 });
    sockets.clients[0]?.send(JSON.stringify({ ...depthOf("BTCUSDT"), u: 400 })); // without a name: whose is it?
    await until(() => troubles.length === 1);
    expect([changes, tops, troubles[0]?.code]).toEqual([[200], [300], "wire/schema"]);
  });

  it("take a frame without an envelope where it can be but one stream's", async () => {
    const seen: number[] = [];
    spot.partialDepth("BTCUSDT", 5).on(({ u }) => seen.push(u));
    await until(() => sockets.wanted().length === 1);
    sockets.clients[0]?.send(JSON.stringify(fixture("spot-ws-depth-partial.json")));
    await until(() => seen.length === 1);
    expect(spot.counts("market")).toMatchObject({ bad: 0, stray: 0 });
  });

  it("open as many connections as 200 streams on each ask for, and are up when all are", async () => {
    const states: string[] = [];
    futures.watch("market", { state: (state) => states.push(state) });
    const stops = Array.from({ length: 450 }, (_, at) => futures.bookTicker(`S${at}USDT`).on(() => undefined));
    await until(() => sockets.wanted().length === 450);
    await until(() => futures.state("market") === "up");
    const standing = sockets.clients.filter(({ open }) => open);
    expect(standing.map(({ streams }) => streams.size).toSorted((a, b) => a - b)).toEqual([50, 200, 200]);
    for (const { requests } of standing) expect(requests.every(({ params }) => params.length <= 100)).toBe(true);
    standing[2]?.cut();
    await until(() => futures.state("market") === "down");
    await until(() => futures.state("market") === "up");
    expect(states.at(-1)).toBe("up");
    for (const stop of stops) stop();
    await until(() => sockets.clients.every(({ open }) => !open));
  });

  it("send no more messages than the venue takes in a second", async () => {
    spot.trade("AUSDT").on(() => undefined);
    await until(() => sockets.wanted().length === 1);
    const startedAt = Date.now();
    for (let at = 0; at < 6; at++) {
      spot.trade(`S${at}USDT`).on(() => undefined);
      await Promise.resolve().then(() => undefined); // each in a message of its own
    }
    await until(() => sockets.wanted().length === 7);
    expect(sockets.clients[0]?.requests.length).toBe(7);
    expect(Date.now() - startedAt).toBeGreaterThan(900);
  });

  it("ask again after a loss", async () => {
    const seen: string[] = [];
    futures.allMarkPrices().on((updates) => seen.push(...updates.map(({ p }) => p)));
    await until(() => sockets.wanted().length === 1);
    sockets.clients[0]?.cut();
    await until(() => sockets.clients.length === 2 && sockets.wanted().length === 1);
    sockets.push("!markPrice@arr", fixture("futures-ws-markPriceUpdate-arr.json"));
    await until(() => seen.length === 1);
    expect(seen).toEqual(["11185.87786614"]);
  });

  it("report refusals, with a number or without", async () => {
    sockets.answer = ({ id }) => (id === 1 ? fixture("futures-ws-error.json") : { code: 2, msg: "no such thing", id });
    futures.aggTrade("BTCUSDT").on(() => undefined);
    await until(() => troubles.length >= 1);
    futures.aggTrade("ETHUSDT").on(() => undefined);
    await until(() => troubles.some(({ message }) => message.includes("no such thing")));
    expect(troubles[0]).toMatchObject({ code: "venue/refused", context: { venue: "aster-futures", code: "2" } });
    expect(
      troubles.some(({ code, message }) => code === "transport/silent" && message.includes("ethusdt@aggTrade")),
    ).toBe(true);
  });

  it("count and report frames that cannot be read, and go on", async () => {
    const seen: string[] = [];
    futures.aggTrade("BTCUSDT").on(({ p }) => seen.push(p));
    await until(() => sockets.wanted().length === 1);
    const [client] = sockets.clients;
    client?.send("}{");
    sockets.push("btcusdt@aggTrade", { e: "aggTrade", p: "much" });
    client?.send(JSON.stringify({ hello: 1 }));
    client?.send(JSON.stringify({ stream: "gone@depth", data: {} }));
    for (const name of ["futures-ws-listSubscriptions-reply.json", "futures-ws-getProperty-reply.json"])
      client?.send(JSON.stringify(fixture(name)));
    client?.send(JSON.stringify({ data: fixture("futures-ws-aggTrade.json"), stream: "btcusdt@aggTrade" }, null, 2));
    await until(() => seen.length === 1);
    expect(futures.counts("market")).toEqual({ frames: 8, bad: 3, stray: 1 }); // one of them the acknowledgement
    expect(troubles.map(({ code }) => code)).toEqual(["wire/not-json", "wire/schema", "wire/schema"]);
  });

  it("need a key for the account's stream", () => {
    expect(() => futures.user().on(() => undefined)).toThrow(/a key/);
    expect(() => spot.watch("user", {})).toThrow(/a key/);
  });
});
