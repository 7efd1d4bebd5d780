// The streams over real sockets: frames against the captured ones, ids against the snapshot, and what happens to bad listeners.
import { createDepthSync, lots, ticks } from "@bp/core";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { listenTo, settled } from "../ear.fixture.ts";
import type { Sandbox } from "../sandbox.ts";
import { startSandbox } from "../sandbox.ts";
import type { Loose } from "../trial.fixture.ts";
import { get, play, sample, spot } from "./trial.fixture.ts";

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});
const start = async (options = {}) => {
  const played = await play(options);
  ({ sandbox } = played);
  return played;
};

describe("public streams", () => {
  it("tell depth, touch and prints as they were captured", async () => {
    const { stage, sandbox: box } = await start();
    const ear = await listenTo(box.ws, "/any/path");
    ear.subscribe("depth.SOL_USDC", "bookTicker.SOL_USDC", "trade.SOL_USDC");
    await settled(ear);
    const before = box.exchange.book(spot.id).lastUpdateId;
    stage.take(spot.id, "buy", 9897, 2239);
    box.exchange.advance(box.exchange.now());
    const depth = await ear.next((frame) => frame.stream === "depth.SOL_USDC");
    expect(ear.texts.find((text) => text.includes('"depth.SOL_USDC"'))).toMatch(
      /^\{"data":\{"E":\d{16},"T":\d{16},"U":/,
    );
    expect(Object.keys(depth.data)).toEqual(Object.keys(sample("ws-depth").data));
    expect(depth.data).toMatchObject({ e: "depth", s: "SOL_USDC", a: [["98.97", "0.00"]], b: [], U: before + 1 });
    expect(depth.data.E).toBeGreaterThan(depth.data.T);
    const touch = await ear.next((frame) => frame.stream === "bookTicker.SOL_USDC");
    expect(Object.keys(touch.data)).toEqual(Object.keys(sample("ws-book-ticker").data));
    expect(touch.data).toMatchObject({ a: "99.14", A: "4.00", b: "98.96", B: "288.77", u: depth.data.u });
    const trade = await ear.next((frame) => frame.stream === "trade.SOL_USDC");
    expect(Object.keys(trade.data)).toEqual(Object.keys(sample("ws-trade").data));
    expect(trade.data).toMatchObject({ p: "98.97", q: "22.39", m: false, s: "SOL_USDC" });
    expect([typeof trade.data.a, typeof trade.data.b, typeof trade.data.t]).toEqual(["string", "string", "number"]);
  });

  it("tell open interest right after the subscription, as it was documented", async () => {
    const { sandbox: box, alice } = await start();
    await alice.order({ symbol: "SOL_USDC_PERP", side: "Bid", orderType: "Market", quantity: "2" });
    const ear = await listenTo(box.ws);
    ear.subscribe("openInterest.SOL_USDC_PERP");
    const told = await ear.next((frame) => frame.stream === "openInterest.SOL_USDC_PERP");
    expect(Object.keys(told.data).toSorted()).toEqual(Object.keys(sample("ws-open-interest").data).toSorted());
    expect(told.data.o).toBe("2");
  });

  it("tell an empty side of the touch as null", async () => {
    const { stage, sandbox: box } = await start();
    const ear = await listenTo(box.ws);
    ear.subscribe("bookTicker.SOL_USDC");
    await settled(ear);
    stage.take(spot.id, "buy", 9914, 2639);
    box.exchange.advance(box.exchange.now());
    const touch = await ear.next((frame) => frame.stream === "bookTicker.SOL_USDC" && frame.data.a === null);
    expect(touch.data).toMatchObject({ a: null, A: null, b: "98.96" });
  });

  it("gather depth over a period, ids without a gap", async () => {
    const { stage, sandbox: box } = await start();
    const ear = await listenTo(box.ws);
    ear.subscribe("depth.200ms.SOL_USDC", "depth.SOL_USDC");
    await settled(ear);
    for (const size of [10, 20, 30]) {
      stage.offer(spot.id, "buy", 9880, size);
      box.exchange.advance(box.exchange.now());
    }
    const gathered = await ear.next((frame) => frame.stream === "depth.200ms.SOL_USDC");
    expect(Object.keys(gathered.data)).toEqual(Object.keys(sample("ws-depth-aggregated").data));
    const single = ear.frames.filter((frame) => frame.stream === "depth.SOL_USDC");
    expect(single).toHaveLength(3);
    expect(gathered.data).toMatchObject({ U: single[0].data.U, u: single[2].data.u, b: [["98.80", "0.60"]] });
  });

  it("tell candles, tickers, marks on the beat of a second", async () => {
    const { stage, sandbox: box } = await start();
    const ear = await listenTo(box.ws);
    ear.subscribe("kline.1s.SOL_USDC", "ticker.SOL_USDC", "markPrice.SOL_USDC_PERP");
    await settled(ear);
    // often: a beat that comes just after a full second tells of an open candle only if something has traded in it
    const trading = setInterval(() => stage.take(spot.id, "buy", 9897, 1), 10);
    const candle = await ear.next((frame) => frame.data?.e === "kline" && !frame.data.X);
    const closed = await ear.next((frame) => frame.data?.e === "kline" && frame.data.X);
    clearInterval(trading);
    expect(Object.keys(candle.data)).toEqual(Object.keys(sample("ws-kline").data));
    expect(closed.data.T).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    const ticker = await ear.next((frame) => frame.data?.e === "ticker");
    expect(Object.keys(ticker.data)).toEqual(Object.keys(sample("ws-ticker").data));
    expect(ticker.data).toMatchObject({ c: "98.97", s: "SOL_USDC" });
    const mark = await ear.next((frame) => frame.data?.e === "markPrice");
    expect(Object.keys(mark.data)).toEqual(Object.keys(sample("ws-mark-price").data));
    expect(mark.data).toMatchObject({ p: "98.94", i: "98.94998504", s: "SOL_USDC_PERP" });
    expect(mark.data.n).toBeGreaterThan(Date.now());
  });

  it("keep a book in step with the snapshot under load", async () => {
    sandbox = await startSandbox({ seed: 5, speed: 20 });
    const box = sandbox;
    const ear = await listenTo(box.ws);
    const bids = new Map<string, string>();
    const asks = new Map<string, string>();
    const set = (side: Map<string, string>, levels: readonly (readonly [string, string])[]) => {
      for (const [price, size] of levels) {
        if (Number(size) === 0) side.delete(String(Number(price)));
        else side.set(String(Number(price)), String(Number(size)));
      }
    };
    const losses: string[] = [];
    let last = 0;
    const sync = createDepthSync<Loose>({
      rule: "backpack",
      ids: (data) => ({ first: data.U, last: data.u }),
      apply: (data) => {
        set(bids, data.b);
        set(asks, data.a);
        last = data.u;
      },
      lost: (why) => losses.push(why),
    });
    const touches: Loose[] = [];
    const best = () => [Math.max(...[...bids.keys()].map(Number)), Math.min(...[...asks.keys()].map(Number))];
    let compared = 0;
    ear.socket.on("message", (data: Buffer) => {
      const { stream, data: inner } = JSON.parse(data.toString());
      if (stream === "bookTicker.SOL_USDC") touches.push(inner);
      if (stream !== "depth.SOL_USDC") return;
      sync.frame(inner);
      const touch = touches.find((each) => each.u === last);
      if (!sync.live || touch === undefined) return;
      compared += 1;
      expect(best()).toEqual([Number(touch.b), Number(touch.a)]);
    });
    ear.subscribe("depth.SOL_USDC", "bookTicker.SOL_USDC");
    await ear.next((frame) => frame.stream === "depth.SOL_USDC" && frame.data.U > 0);
    const take = async () => {
      const snapshot = (await get(box, "/api/v1/depth?symbol=SOL_USDC&limit=1000")).json;
      return { id: Number(snapshot.lastUpdateId), snapshot };
    };
    const first = await take();
    const taken = sync.snapshot(first.id, () => {
      set(bids, first.snapshot.bids);
      set(asks, first.snapshot.asks);
    });
    expect(taken).toBe(true);
    await expect.poll(() => compared > 0 && last - first.id > 100, { timeout: 120_000 }).toBe(true);
    const text = (levels: Loose) => new Map(levels.map(([price, size]: [string, string]) => [price, size]));
    for (let round = 0; round < 20 || (round < 500 && compared <= 20); round++) {
      const { id, snapshot } = await take();
      // What was told before the answer may still be on its way to us, and more may have followed it.
      await settled(ear);
      if (last !== id) continue;
      expect(bids).toEqual(text(snapshot.bids));
      expect(asks).toEqual(text(snapshot.asks));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
    expect(losses).toEqual([]);
  });
});

describe("private streams", () => {
  it("are for those who signed, and each account hears its own alone", async () => {
    const { alice, bob, sandbox: box } = await start();
    const ear = await listenTo(box.ws);
    ear.subscribe("account.orderUpdate");
    expect(await ear.next((frame) => frame.error)).toEqual(sample("ws-error-invalid-signature"));
    const hers = await listenTo(box.ws);
    hers.say(alice.subscribeFrame(["account.orderUpdate.SOL_USDC", "account.rfqUpdate"], { window: 60_000 }));
    await settled(hers);
    await bob.order({ symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "90", quantity: "1" });
    await alice.order({ symbol: "SOL_USDC_PERP", side: "Bid", orderType: "Limit", price: "90", quantity: "1" });
    await alice.order({ symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "91", quantity: "1" });
    const update = await hers.next((frame) => frame.stream !== undefined);
    expect(update).toMatchObject({ stream: "account.orderUpdate.SOL_USDC", data: { p: "91" } });
    expect(hers.frames).toHaveLength(1);
    expect(ear.frames).toHaveLength(1);
  });

  it("refuse a signature that is wrong or late", async () => {
    const { alice, sandbox: box } = await start();
    for (const spoil of [
      { signature: `${"A".repeat(86)}==` },
      { timestamp: Date.now() - 70_000 },
      { window: 70_000 },
    ]) {
      const ear = await listenTo(box.ws);
      ear.say(alice.subscribeFrame(["account.orderUpdate"], spoil));
      expect(await ear.next((frame) => frame.error)).toEqual(sample("ws-error-invalid-signature"));
    }
  });

  it("begin with the open positions, which name no event", async () => {
    const { alice, sandbox: box } = await start();
    await alice.order({ symbol: "SOL_USDC_PERP", side: "Bid", orderType: "Market", quantity: "1" });
    const ear = await listenTo(box.ws);
    ear.say(alice.subscribeFrame(["account.positionUpdate"]));
    const { data, stream } = await ear.next((frame) => frame.data);
    expect(stream).toBe("account.positionUpdate");
    expect(Object.keys(data)).toEqual(Object.keys(sample("ws-position-initial").data));
    expect(data).toMatchObject({ q: "1", B: "98.97", f: "0.02", s: "SOL_USDC_PERP" });
  });
});

describe("sockets", () => {
  it("answer bad frames with error frames and stay open", async () => {
    const { sandbox: box } = await start();
    const ear = await listenTo(box.ws);
    for (const bad of ["not json", "null", "[]", '{"method":"DANCE","params":[]}', '{"method":"SUBSCRIBE"}'])
      ear.say(bad);
    ear.subscribe("depth.NO_SUCH", "kline.1H.SOL_USDC", "markPrice.SOL_USDC", "trade.SOL_USDC");
    await settled(ear);
    expect(ear.frames.map((frame) => frame.error.code)).toEqual([4000, 4000, 4000, 4000, 4000, 4006, 4006, 4006]);
    expect(ear.frames.at(-1)).toEqual(sample("ws-error-invalid-stream"));
  });

  it("stop telling what was unsubscribed", async () => {
    const { stage, sandbox: box } = await start();
    const ear = await listenTo(box.ws);
    ear.subscribe("trade.SOL_USDC", "depth.SOL_USDC");
    ear.say('{"method":"UNSUBSCRIBE","params":["trade.SOL_USDC"]}');
    await settled(ear);
    stage.take(spot.id, "buy", 9897, 10);
    box.exchange.advance(box.exchange.now());
    await ear.next((frame) => frame.stream === "depth.SOL_USDC");
    expect(ear.frames.some((frame) => frame.stream === "trade.SOL_USDC")).toBe(false);
  });

  it("are pinged, and closed when they stay silent", async () => {
    const { sandbox: box } = await start({ pingMs: 1000 });
    const well = await listenTo(box.ws);
    const deaf = new WebSocket(box.ws, { autoPong: false });
    const gone = new Promise((resolve) => deaf.on("close", resolve));
    await new Promise((resolve) => well.socket.once("ping", resolve));
    await gone;
    expect(well.socket.readyState).toBe(WebSocket.OPEN);
  });

  it("of a slow reader are cut off instead of buffered for ever", async () => {
    const { stage, sandbox: box } = await start({ mostBuffered: 50_000 });
    const slow = await listenTo(box.ws);
    const quick = await listenTo(box.ws);
    slow.subscribe("depth.SOL_USDC");
    quick.subscribe("depth.SOL_USDC");
    await settled(slow);
    await settled(quick);
    slow.socket.pause();
    let sizes = 0;
    const flood = setInterval(() => {
      for (let at = 0; at < 500; at++) {
        sizes += 1;
        stage.hands.level(spot.id, "bid", ticks(1), lots((sizes % 1000) + 1));
        box.exchange.advance(box.exchange.now());
      }
      if (sizes >= 150_000) slow.socket.resume(); // more than any kernel buffers; the close is only seen by one who reads
    }, 1);
    await slow.closed;
    clearInterval(flood);
    expect(quick.socket.readyState).toBe(WebSocket.OPEN);
  });
});
