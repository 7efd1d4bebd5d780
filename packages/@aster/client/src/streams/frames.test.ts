// Frames of every kind of stream and every event of an account, whole, cut, binary and spoiled, over a real socket.
import { type BpError, isBpError } from "@bp/core";
import { systemClock } from "@bp/transport";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Client, type Sockets, startSockets, until } from "../../test/sockets.ts";
import { cases, eventCases } from "../../test/streams.ts";
import {
  createFuturesStreams,
  createSpotStreams,
  type FuturesStreams,
  type Side,
  type SpotStreams,
  type StreamsConnection,
} from "./streams.ts";
import { futuresUserEvent } from "./user/futures.ts";

const pieces = 12;
const cutFrom = (text: string) =>
  Array.from({ length: pieces }, (_, at) => text.slice(0, Math.floor((text.length * at) / pieces)));
const garbage = Uint8Array.of(0, 255, 254, 123, 34, 0);
const bytes = (text: string) => new TextEncoder().encode(text);
/** Two calls are asked of it: for a listen key, and to keep it. */
const call = (() =>
  Promise.resolve({ listenKey: "k".repeat(64), state: "kept" })) as unknown as StreamsConnection["call"];

describe("frames", () => {
  let sockets: Sockets;
  let futures: FuturesStreams;
  let spot: SpotStreams;
  let troubles: BpError[];
  beforeEach(async () => {
    sockets = await startSockets();
    const connection = { wsUrl: sockets.url, socketProxy: undefined, clock: systemClock, signs: "v1", call } as const;
    futures = createFuturesStreams(connection);
    spot = createSpotStreams(connection);
    troubles = [];
  });
  afterEach(async () => {
    futures.close();
    spot.close();
    await sockets.close();
  });
  const watch = (streams: FuturesStreams | SpotStreams, side: Side) =>
    streams.watch(side, { trouble: (error) => troubles.push(error) });
  const client = (): Client => {
    const found = sockets.clients.findLast(({ open }) => open);
    if (found === undefined) throw new Error("nobody is connected");
    return found;
  };
  const codes = () => [...new Set(troubles.map(({ code }) => code))].toSorted();

  it.each(cases)("$name is read, and what is cut, binary or spoiled is told and does no harm", async (each) => {
    const name = "btcusdt@some";
    const seen: unknown[] = [];
    watch(futures, "market");
    futures.feed({ name, private: false, quiet: true, data: each.schema }).on((message) => seen.push(message));
    await until(() => sockets.wanted().includes(name), "the subscription");
    const { frames } = futures.counts("market"); // the acknowledgement may have come
    const whole = JSON.stringify({ stream: name, data: each.sample });
    const spoiled = ["{}", "null", "7", '"text"', "[{}]"].map((data) => `{"stream":"${name}","data":${data}}`);
    const bad = [...cutFrom(whole), ...spoiled];
    for (const text of bad) client().send(text);
    client().sendBytes(garbage);
    client().send(whole);
    client().sendBytes(bytes(whole));
    await until(() => seen.length >= 2, "the whole frame");
    expect(seen[0]).toEqual(each.schema.parse(each.sample));
    expect(seen[1]).toEqual(seen[0]);
    expect(seen).toHaveLength(2);
    expect(futures.counts("market")).toMatchObject({ bad: bad.length + 1, stray: 0 });
    expect(futures.counts("market").frames - frames).toBeGreaterThanOrEqual(bad.length + 3);
    expect(troubles.every((error) => isBpError(error))).toBe(true);
    expect(troubles).toHaveLength(bad.length + 1);
    expect(codes()).toEqual(["wire/not-json", "wire/schema"]);
  });

  const lasting = eventCases.filter(({ name }) => !name.includes("listenKeyExpired")); // behind that one nothing comes
  it.each(lasting)("$name of an account is read, and what is cut, binary or spoiled does no harm", async (each) => {
    const streams = each.schema === futuresUserEvent ? futures : spot;
    const seen: unknown[] = [];
    watch(streams, "user");
    streams.user().on((event) => seen.push(event));
    await until(() => streams.state("user") === "up");
    const whole = JSON.stringify(each.sample);
    const bad = [...cutFrom(whole), "null", "7", '"text"', "[{}]"];
    for (const text of bad) client().send(text);
    client().sendBytes(garbage);
    client().send('{"e":"TOMORROW","x":1234567890123456789}');
    client().send(whole);
    client().sendBytes(bytes(whole));
    const event = each.schema.parse(each.sample);
    const unknown = { e: "unknown", event: "TOMORROW", raw: { e: "TOMORROW", x: "1234567890123456789" } };
    const expected = [unknown, event, event];
    await until(() => seen.length >= expected.length, "the whole event");
    expect(seen).toEqual(expected);
    expect(streams.counts("user")).toEqual({ frames: bad.length + 1 + expected.length, bad: bad.length + 1, stray: 0 });
    expect(troubles).toHaveLength(bad.length + 1);
    expect(codes()).toEqual(["wire/not-json", "wire/schema"]);
  });

  it("keep ids above 2^53 digit for digit, on every stream that has some", async () => {
    const long = "1234567890123456789";
    const seen: unknown[] = [];
    futures.aggTrade("BTCUSDT").on(({ a, f, l }) => seen.push([a, f, l]));
    futures.kline("BTCUSDT", "1m").on(({ k }) => seen.push([k.f, k.L]));
    futures.ticker("BTCUSDT").on(({ F, L }) => seen.push([F, L]));
    futures.tradepro("BTCUSDT").on(({ t }) => seen.push([t]));
    await until(() => sockets.wanted().length === 4);
    const send = (stream: string, name: string, keys: RegExp) => {
      const found = cases.find((each) => each.name === name);
      const text = JSON.stringify(found?.sample).replaceAll(keys, `"$1":${long}`);
      client().send(`{"stream":"${stream}","data":${text}}`);
    };
    send("btcusdt@aggTrade", "futures-ws-aggTrade", /"([afl])":\d+/g);
    send("btcusdt@kline_1m", "futures-ws-kline", /"([fL])":\d+/g);
    send("btcusdt@ticker", "futures-ws-24hrTicker", /"([FL])":\d+/g);
    send("btcusdt@tradepro", "futures-ws-tradepro", /"(t)":\d+/g);
    await until(() => seen.length === 4);
    expect(seen).toEqual([[long, long, long], [long, long], [long, long], [long]]);
    expect(futures.counts("market").bad).toBe(0);
  });
});
