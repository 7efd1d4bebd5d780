import { BpError, type ManualClock, manualClock } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sockets, startSockets, until } from "../../../test/sockets.ts";
import { fixture } from "../../../test/venue.ts";
import type { FuturesUserEvent } from "../schemas.ts";
import { createFuturesStreams, type FuturesStreams, type StreamsConnection } from "../streams.ts";

const key = "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1";
const minute = 60_000;

/** The venue's side of listen keys; what a test changes is seen by the next call. */
function startKeys() {
  const keys = { calls: [] as string[], key, state: "kept", failure: undefined as BpError | undefined };
  const call = ({ method }: { readonly method: string }) => {
    keys.calls.push(method);
    if (keys.failure !== undefined) return Promise.reject(keys.failure);
    return Promise.resolve(method === "POST" ? { listenKey: keys.key } : { state: keys.state });
  };
  return { keys, call: call as StreamsConnection["call"] }; // nothing but the two calls is asked of it
}

describe("the account's stream", () => {
  let sockets: Sockets;
  let clock: ManualClock;
  let streams: FuturesStreams;
  let keys: ReturnType<typeof startKeys>["keys"];
  let told: string[];
  let events: FuturesUserEvent[];
  const current = () => sockets.clients.findLast(({ open }) => open);
  /** Long enough for a ping and its answer: so many looks at the sockets, however long each takes. */
  const turn = async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    for (let looks = 0; looks < 20; looks++) await new Promise((resolve) => setImmediate(resolve));
  };
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= minute) {
      clock.advance(Math.min(left, minute));
      await turn();
    }
  };
  beforeEach(async () => {
    sockets = await startSockets();
    clock = manualClock(1_700_000_000_000);
    const started = startKeys();
    keys = started.keys;
    streams = createFuturesStreams({
      wsUrl: sockets.url,
      socketProxy: undefined,
      clock,
      signs: "v1",
      call: started.call,
    });
    told = [];
    events = [];
    streams.watch("user", {
      state: (state, why) => told.push(`${state}: ${why}`),
      trouble: ({ code, message }) => told.push(`${code}: ${message}`),
    });
  });
  afterEach(async () => {
    streams.close();
    await sockets.close();
  });
  const read = async () => {
    const stop = streams.user().on((event) => events.push(event));
    await until(() => streams.state("user") === "up");
    return stop;
  };

  it("comes over a connection of its own with the key in its path, typed by `e`", async () => {
    await read();
    streams.aggTrade("BTCUSDT").on(() => undefined);
    expect(current()?.path).toBe(`/ws/${key}`);
    for (const name of ["ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "MARGIN_CALL", "ACCOUNT_CONFIG_UPDATE-mode"])
      sockets.clients[0]?.send(JSON.stringify(fixture(`futures-ws-user-${name}.json`)));
    sockets.clients[0]?.send(JSON.stringify({ stream: key, data: { e: "NEWS", E: 1 } }));
    await until(() => events.length === 5);
    expect(events.map(({ e }) => e)).toEqual([
      "ORDER_TRADE_UPDATE",
      "ACCOUNT_UPDATE",
      "MARGIN_CALL",
      "ACCOUNT_CONFIG_UPDATE",
      "unknown",
    ]);
    expect(sockets.clients[0]?.requests).toEqual([]);
  });

  it("prolongs the key every 25 minutes while events come, every 5 while none do", async () => {
    await read();
    for (let at = 0; at < 5; at++) {
      current()?.send(JSON.stringify(fixture("futures-ws-user-ACCOUNT_UPDATE.json")));
      await until(() => events.length === at + 1);
      await pass(5 * minute);
    }
    expect(keys.calls).toEqual(["POST", "PUT"]);
    await pass(5 * minute);
    expect(keys.calls).toEqual(["POST", "PUT", "PUT"]);
    expect(streams.state("user")).toBe("up");
  });

  it("asks for the key again at once when it expires, tells the loss, and never deletes it", async () => {
    await read();
    clock.advance(2 * minute);
    keys.key = "another-key";
    current()?.send(
      JSON.stringify({ ...(fixture("futures-ws-user-listenKeyExpired.json") as object), listenKey: key }),
    );
    await until(() => current()?.path === "/ws/another-key" && streams.state("user") === "up");
    expect(events).toEqual([{ e: "listenKeyExpired", E: 1576653824250 }]);
    expect(told.map((each) => each.slice(0, each.indexOf(":")))).toEqual(["up", "down", "up"]);
    expect(keys.calls).toEqual(["POST", "POST"]);
    expect(sockets.clients[0]?.open).toBe(false);
  });

  it.each([
    ["says so", undefined],
    [
      "refuses with -1125",
      new BpError("venue/refused", { venue: "aster-futures", status: 400, code: "-1125", message: "" }),
    ],
  ])("makes a new key where the venue %s of a quiet one", async (_, failure) => {
    await read();
    keys.state = "gone";
    keys.key = "new-key";
    keys.failure = failure;
    clock.advance(5 * minute);
    await until(() => keys.calls.includes("PUT"));
    keys.failure = undefined;
    await pass(minute);
    await until(() => streams.state("user") === "up");
    expect(current()?.path).toBe("/ws/new-key");
  });

  it("asks for the key before each reconnection, however it was lost", async () => {
    await read();
    current()?.cut();
    await until(() => told.some((each) => each.startsWith("down")));
    keys.key = "second";
    clock.advance(2_000);
    await until(() => current()?.path === "/ws/second" && streams.state("user") === "up");
    expect(keys.calls).toEqual(["POST", "POST"]);
  });

  it("tries again, ever more slowly, while there is no key", async () => {
    const message = "no";
    keys.failure = new BpError("venue/refused", { venue: "aster-futures", status: 401, code: "-2015", message });
    streams.user().on(() => undefined);
    await until(() => told.length >= 2);
    expect(told[1]).toMatch(/^down: no listen key/);
    clock.advance(1_300);
    await until(() => keys.calls.length === 2);
    await until(() => told.length >= 4);
    clock.advance(1_300); // now it waits for about two seconds
    await turn();
    expect(keys.calls.length).toBe(2);
    keys.failure = undefined;
    clock.advance(1_300);
    await until(() => streams.state("user") === "up");
  });

  it("goes on with the old key while it cannot be prolonged", async () => {
    await read();
    keys.failure = new BpError("transport/timeout", { url: "https://venue", ms: 1 });
    clock.advance(5 * minute);
    await until(() => told.some((each) => each.startsWith("transport/timeout")));
    expect(streams.state("user")).toBe("up");
  });

  it("never shows the key: not in a state, not in a failure, not in an event", async () => {
    await read();
    current()?.send(`}{ ${key}`);
    current()?.send(JSON.stringify({ e: "ACCOUNT_UPDATE", E: key, a: 5 }));
    current()?.send(JSON.stringify({ e: "SOMETHING", listenKey: key }));
    await until(() => events.length === 1);
    await until(() => told.length === 3);
    keys.failure = new BpError("transport/broken", { url: `https://venue/listenKey?listenKey=${key}`, why: key });
    await pass(10 * minute);
    await until(() => told.length === 4);
    current()?.cut();
    await until(() => told.length === 5);
    expect(JSON.stringify([told, events])).not.toContain(key);
  });

  it("closes when nobody reads, and comes back for the next reader", async () => {
    const stop = await read();
    stop();
    expect(streams.state("user")).toBe("down");
    await until(() => sockets.clients.every(({ open }) => !open));
    await read();
    expect(keys.calls).toEqual(["POST", "POST"]);
  });
});
