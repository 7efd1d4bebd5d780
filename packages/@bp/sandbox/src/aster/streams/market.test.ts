// Market streams of both services, and how a socket is talked to.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ear, listenTo, settled } from "../../ear.fixture.ts";
import { startSandbox } from "../../sandbox.ts";
import { replyOf } from "../../trial.fixture.ts";
import { btc, lacks, type Played, playAster, sample, spotBtc } from "../trial.fixture.ts";

let played: Played;
beforeEach(async () => {
  played = await playAster();
});
afterEach(() => played.sandbox.close());

const open = (service: "futures" | "spot", path: string) => listenTo(played.site(service).ws, path);
const isEvent = (name: string) => (frame: { e?: string }) => frame.e === name;

describe("a socket", () => {
  it("hears bare frames on /ws and wrapped ones on /stream, whatever stands before", async () => {
    const bare = await open("futures", "/fstream/ws/btcusdt@bookTicker");
    const wrapped = await open("futures", "/stream?streams=btcusdt@bookTicker/ethusdt@bookTicker");
    played.futures.take(btc, "buy", 599_100, 1);
    played.pass(1);
    expect((await bare.next(() => true)).e).toBe("bookTicker");
    expect(await wrapped.next(() => true)).toMatchObject({ stream: "btcusdt@bookTicker", data: { e: "bookTicker" } });
  });

  it("subscribes, lists, unsubscribes, and changes its form", async () => {
    const ear = await open("futures", "/ws");
    expect(await ear.ask({ method: "SUBSCRIBE", params: ["btcusdt@aggTrade", "btcusdt@nonsense"], id: 1 })).toEqual(
      sample("futures-ws-subscribe-ack"),
    );
    expect(await ear.ask({ method: "LIST_SUBSCRIPTIONS", id: 3 })).toEqual({
      result: ["btcusdt@aggTrade", "btcusdt@nonsense"],
      id: 3,
    });
    expect(await ear.ask({ method: "UNSUBSCRIBE", params: ["btcusdt@nonsense"], id: 312 })).toEqual(
      sample("futures-ws-unsubscribe-ack"),
    );
    expect(await ear.ask({ method: "LIST_SUBSCRIPTIONS", id: 4 })).toMatchObject({
      result: sample("futures-ws-listSubscriptions-reply").result,
    });
    expect(await ear.ask({ method: "SET_PROPERTY", params: ["combined", true], id: 5 })).toEqual(
      sample("futures-ws-setProperty-reply"),
    );
    expect(await ear.ask({ method: "GET_PROPERTY", params: ["combined"], id: 2 })).toEqual(
      sample("futures-ws-getProperty-reply"),
    );
    played.futures.take(btc, "buy", 599_100, 1);
    expect(lacks(await ear.next((frame) => "stream" in frame), sample("futures-ws-combined"))).toEqual([]);
  });

  it("is told what was wrong with a message", async () => {
    const ear = await open("futures", "/ws");
    ear.say({ method: "SUBSCRIBE", params: ["btcusdt@trade"], id: "one" });
    expect(await ear.next((frame) => frame.code === 2)).toEqual(sample("futures-ws-error"));
    ear.say("{");
    expect((await ear.next((frame) => frame.code === 3)).msg).toContain("Invalid JSON");
    expect(await ear.ask({ method: "GET_PROPERTY", params: ["colour"], id: 7 })).toMatchObject({ code: 0 });
    expect(await ear.ask({ method: "SET_PROPERTY", params: ["combined", "yes"], id: 8 })).toMatchObject({ code: 1 });
    expect(await ear.ask({ method: "DANCE", params: [], id: 9 })).toMatchObject({ code: 2 });
    ear.say({ method: "SUBSCRIBE", params: ["btcusdt@bookTicker"] }); // no id
    expect(await ear.next((frame) => frame.id === null)).toEqual({ result: null, id: null });
  });

  it("is cut off when it says too much, asks for too many streams, or is too old", async () => {
    const loud = await open("futures", "/ws");
    for (let id = 0; id < 12; id++) loud.say({ method: "LIST_SUBSCRIPTIONS", id });
    expect(await loud.closed).toBe(1008);
    const greedy = await open("futures", "/ws");
    greedy.say({ method: "SUBSCRIBE", params: Array.from({ length: 201 }, (_, at) => `x${at}@trade`), id: 1 });
    expect(await greedy.closed).toBe(1008);
    const pinging = await open("spot", "/ws");
    for (let count = 0; count < 7; count++) pinging.socket.ping();
    expect(await pinging.closed).toBe(1008);
    const old = await playAster({ lifeMs: 50 });
    expect(await (await listenTo(old.site("futures").ws, "/ws")).closed).toBe(1001);
    await old.sandbox.close();
  });
});

/** One frame of each event that comes. */
async function gather(ear: Ear, names: readonly string[]): Promise<Record<string, unknown>> {
  const frames = await Promise.all(names.map((name) => ear.next((frame) => frame.stream === name)));
  return Object.fromEntries(frames.map(({ stream, data }) => [stream, data]));
}

describe("market streams", () => {
  it("of futures have the fields of the samples", async () => {
    const samples = {
      "btcusdt@aggTrade": "aggTrade",
      "btcusdt@markPrice": "markPriceUpdate",
      "btcusdt@markPrice@1s": "markPriceUpdate",
      "!markPrice@arr@1s": "markPriceUpdate-arr",
      "btcusdt@kline_1m": "kline",
      "btcusdt@miniTicker": "24hrMiniTicker",
      "!miniTicker@arr": "24hrMiniTicker-arr",
      "btcusdt@ticker": "24hrTicker",
      "!ticker@arr": "24hrTicker-arr",
      "btcusdt@bookTicker": "bookTicker",
      "!bookTicker": "bookTicker",
      "btcusdt@depth": "depthUpdate",
      "btcusdt@depth@500ms": "depthUpdate.live",
      "btcusdt@depth@100ms": "depthUpdate",
      "btcusdt@depth5": "depth-partial",
      "btcusdt@depth20@100ms": "depth-partial",
      "btcusdt@forceOrder": "forceOrder",
      "!forceOrder@arr": "forceOrder",
    };
    const names = Object.keys(samples);
    const ear = await open("futures", `/stream?streams=${names.join("/")}/btcusdt@tradepro`);
    await settled(ear);
    const alice = played.caller("futures");
    played.futures.offer(btc, "sell", 599_300, 50_000);
    played.futures.take(btc, "sell", 599_000, 1); // both sides change at once
    played.pass(1);
    await alice.ok("POST", "/fapi/v3/leverage", { symbol: "BTCUSDT", leverage: 50 });
    await alice.ok("POST", "/fapi/v3/order", { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "15" });
    played.futures.offer(btc, "buy", 540_000, 100_000);
    played.futures.mark(btc, 535_000);
    played.pass(1);
    const told = await gather(ear, names);
    for (const [name, file] of Object.entries(samples))
      expect([name, ...lacks(told[name], sample(`futures-ws-${file}`))]).toEqual([name]);
    expect(
      lacks(await ear.next((frame) => frame.stream === "btcusdt@tradepro"), sample("futures-ws-tradepro")),
    ).toEqual([]);
  });

  it("of spot have the fields of the samples", async () => {
    const samples = {
      "btcusdt@aggTrade": "aggTrade",
      "btcusdt@trade": "trade",
      "btcusdt@kline_1m": "kline",
      "btcusdt@miniTicker": "24hrMiniTicker",
      "btcusdt@ticker": "24hrTicker",
      "btcusdt@bookTicker": "bookTicker",
      "btcusdt@depth": "depthUpdate",
      "btcusdt@depth@100ms": "depthUpdate",
      "btcusdt@depth5": "depth-partial",
      "btcusdt@depth10@100ms": "depth-partial",
    };
    const names = Object.keys(samples);
    const ear = await open("spot", `/stream?streams=${names.join("/")}/btcusdt@tradepro`);
    await settled(ear);
    played.spot.take(spotBtc, "buy", 5_991_000, 100);
    played.spot.take(spotBtc, "sell", 5_990_000, 100);
    played.pass(1);
    const told = await gather(ear, names);
    for (const [name, file] of Object.entries(samples))
      expect([name, ...lacks(told[name], sample(`spot-ws-${file}`))]).toEqual([name]);
    expect(Object.keys(told["btcusdt@bookTicker"] as object)).toEqual(Object.keys(sample("spot-ws-bookTicker")));
    expect(lacks(await ear.next((frame) => frame.stream === "btcusdt@tradepro"), sample("spot-ws-tradepro"))).toEqual(
      [],
    );
  });

  it("gather what one taker got at one price into one trade", async () => {
    const ear = await open("futures", "/ws/btcusdt@aggTrade");
    played.futures.offer(btc, "sell", 599_100, 500);
    played.futures.take(btc, "buy", 599_200, 1600);
    const first = await ear.next(isEvent("aggTrade"));
    expect(first).toMatchObject({ p: "59910.0", q: "1.500", f: 1, l: 2, m: false });
    expect(await ear.next((frame) => frame.p === "59920.0")).toMatchObject({ q: "0.100", f: 3, l: 3, a: first.a + 1 });
  });

  it("close a candle once", async () => {
    const ear = await open("futures", "/ws/btcusdt@kline_1m");
    await settled(ear);
    played.site("futures").faults.setClockOffset(75_000 - (Date.now() % 60_000)); // a minute that does not end meanwhile
    played.futures.take(btc, "buy", 599_100, 1);
    played.pass(1);
    expect((await ear.next(isEvent("kline"))).k).toMatchObject({ x: false, c: "59910", v: "0.001", n: 1 });
  });

  it("tell a candle that ends before a new listener's first beat", async () => {
    const ear = await open("spot", "/ws/btcusdt@kline_1m");
    await settled(ear);
    await new Promise((resolve) => setTimeout(resolve, 100)); // it has been noticed
    played.site("spot").faults.setClockOffset(59_990 - (Date.now() % 60_000));
    played.spot.take(spotBtc, "buy", 5_991_000, 100);
    played.pass(1);
    expect((await ear.next((frame) => frame.k?.x === true)).k).toMatchObject({ n: 1 });
  });
});

describe("depth ids", () => {
  for (const service of ["futures", "spot"] as const)
    it(`of ${service} are one sequence with the snapshot, and leave no gap`, async () => {
      const box = await startSandbox({ seed: 4, aster: true, speed: 4 });
      const site = box.aster?.[service];
      if (site === undefined) throw new Error("no Aster");
      const ear = await listenTo(site.ws, "/ws/btcusdt@depth@100ms");
      await ear.next(isEvent("depthUpdate"));
      const prefix = service === "futures" ? "/fapi" : "/api";
      const snapshot = (await replyOf(await fetch(`${site.rest}${prefix}/v3/depth?symbol=BTCUSDT&limit=1000`))).json;
      await expect.poll(() => ear.frames.filter(({ u }) => u > snapshot.lastUpdateId).length).toBeGreaterThan(5);
      const events = [...ear.frames];
      for (const [at, event] of events.entries()) {
        const before = events[at - 1];
        if (before === undefined) continue;
        expect(event.pu).toBe(before.u);
        expect(event.U === before.u + 1).toBe(service === "spot");
      }
      const first = events.find(({ u }) => u >= snapshot.lastUpdateId);
      expect(first.U <= snapshot.lastUpdateId + 1 || first.pu <= snapshot.lastUpdateId).toBe(true);
      await box.close();
    });

  it("bring a snapshot to the book as it is", async () => {
    const ear = await open("futures", "/ws/btcusdt@depth@100ms");
    const ask = async () =>
      (await replyOf(await fetch(`${played.site("futures").rest}/fapi/v3/depth?symbol=BTCUSDT`))).json;
    await settled(ear);
    const snapshot = await ask();
    const book = new Map<string, string>([...snapshot.bids, ...snapshot.asks]);
    played.futures.take(btc, "buy", 599_200, 1500);
    played.futures.offer(btc, "buy", 598_950, 70);
    played.futures.offer(btc, "sell", 599_400, 5);
    played.pass(1);
    const later = await ask();
    const event = await ear.next(({ u }) => u === later.lastUpdateId);
    for (const [price, size] of [...event.b, ...event.a]) {
      if (Number(size) === 0) book.delete(price);
      else book.set(price, size);
    }
    expect(Object.fromEntries(book)).toEqual(Object.fromEntries([...later.bids, ...later.asks]));
  });
});
