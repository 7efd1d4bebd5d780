import { systemClock } from "@bp/transport";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sockets, startSockets, until } from "../../test/sockets.ts";
import { fixture } from "../../test/venue.ts";
import { aggTrade, createMarketStreams, depth, type MarketStreams } from "./index.ts";
import { futuresUser } from "./user/futures.ts";

describe("createMarketStreams", () => {
  let sockets: Sockets;
  let streams: MarketStreams;
  beforeEach(async () => {
    sockets = await startSockets();
    const connection = {
      service: "futures",
      wsUrl: `${sockets.url}/`,
      socketProxy: undefined,
      clock: systemClock,
    } as const;
    streams = createMarketStreams(connection);
  });
  afterEach(async () => {
    streams.close();
    await sockets.close();
  });

  it("reads the streams that it is handed, as objects and as bytes, and hears of the connection", async () => {
    const seen: string[] = [];
    const states: string[] = [];
    let bytes = 0;
    const stop = streams.watch({ state: (state) => states.push(state) });
    streams.feed(aggTrade("BTCUSDT")).on(({ p }) => seen.push(p));
    streams.feed(depth("BTCUSDT", "100ms")).onBytes((frame) => {
      bytes += frame.length;
    });
    await until(
      () => sockets.wanted().includes("btcusdt@aggTrade") && sockets.wanted().includes("btcusdt@depth@100ms"),
    );
    sockets.push("btcusdt@aggTrade", fixture("futures-ws-aggTrade.json"));
    sockets.push("btcusdt@depth@100ms", fixture("futures-ws-depthUpdate.json"));
    await until(() => seen.length === 1 && bytes > 0);
    expect(seen).toEqual(["0.001"]);
    expect(states).toEqual(["up"]);
    expect(streams.state).toBe("up");
    expect(streams.counts).toEqual({ frames: expect.any(Number), bad: 0, stray: 0 });
    expect(sockets.clients[0]?.path).toBe("/stream");
    stop();
  });

  it("refuses a stream of the account", () => {
    const context = expect.objectContaining({ expected: expect.stringContaining("createFuturesStreams") });
    expect(() => streams.feed(futuresUser()).on(() => undefined)).toThrow(
      expect.objectContaining({ code: "config/invalid", context }),
    );
  });
});
