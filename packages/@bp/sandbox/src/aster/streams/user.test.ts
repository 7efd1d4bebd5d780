// User streams: orders, money, settings, keys.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ear, listenTo, settled } from "../../ear.fixture.ts";
import { btc, type Caller, lacks, type Params, type Played, playAster, sample, spotBtc } from "../trial.fixture.ts";

let played: Played;
let alice: Caller;
let ear: Ear;
beforeEach(async () => {
  played = await playAster();
  alice = played.caller("futures");
  const { listenKey } = await alice.ok("POST", "/fapi/v3/listenKey");
  ear = await listenTo(played.site("futures").ws, `/ws/${listenKey}`);
});
afterEach(() => played.sandbox.close());

const order = "/fapi/v3/order";
const limit = (more: Params = {}): Params => ({
  symbol: "BTCUSDT",
  side: "BUY",
  type: "LIMIT",
  timeInForce: "GTC",
  quantity: "0.01",
  price: "59800",
  ...more,
});
const updates = () => ear.frames.filter(({ e }) => e === "ORDER_TRADE_UPDATE").map(({ o }) => `${o.x} ${o.X}`);

describe("ORDER_TRADE_UPDATE", () => {
  it("has the fields of the samples", async () => {
    await alice.ok("POST", order, {
      symbol: "BTCUSDT",
      side: "SELL",
      type: "TRAILING_STOP_MARKET",
      quantity: "0.01",
      callbackRate: "5.0",
      activationPrice: "61000",
    });
    const wanted = sample("futures-ws-user-ORDER_TRADE_UPDATE");
    const { n: _, N: __, ...rest } = wanted.o;
    expect(lacks(await ear.next(({ o }) => o?.x === "NEW"), { ...wanted, o: rest })).toEqual([]);
    await alice.ok("POST", order, limit({ price: "59910" }));
    const trade = await ear.next(({ o }) => o?.x === "TRADE");
    expect(lacks(trade, sample("futures-ws-user-ORDER_TRADE_UPDATE-trade"))).toEqual([]);
    expect(trade.o).toMatchObject({
      X: "FILLED",
      l: "0.010",
      z: "0.010",
      L: "59910.0",
      N: "USDT",
      n: "0.20968500",
      m: false,
      rp: "0.00000000",
    });
  });

  it("tells the life of an order in order", async () => {
    await alice.ok("POST", order, limit({ timeInForce: "GTX", price: "59910" }));
    const expired = await ear.next(({ o }) => o?.X === "EXPIRED");
    expect(lacks(expired, sample("futures-ws-user-ORDER_TRADE_UPDATE-gtx-expired.synthetic"))).toEqual([]);
    const { orderId } = await alice.ok("POST", order, limit());
    await alice.ok("PUT", order, { symbol: "BTCUSDT", orderId, quantity: "0.02", price: "59810" });
    await alice.ok("DELETE", order, { symbol: "BTCUSDT", orderId });
    await ear.next(({ o }) => o?.X === "CANCELED");
    expect(updates()).toEqual(["NEW NEW", "EXPIRED EXPIRED", "NEW NEW", "AMENDMENT NEW", "CANCELED CANCELED"]);
    expect(ear.frames.some(({ e }) => e === "ACCOUNT_UPDATE")).toBe(false); // nothing was traded
  });

  it("counts what is open on each side", async () => {
    await alice.ok("POST", order, limit());
    await alice.ok("POST", order, limit({ side: "SELL", price: "60000" }));
    expect((await ear.next(({ o }) => o?.S === "SELL")).o).toMatchObject({ b: "598", a: "600" });
  });
});

describe("ACCOUNT_UPDATE", () => {
  const update = (reason: string) => ear.next(({ a }) => a?.m === reason);

  it("comes with a trade, once, and with the position that is closed", async () => {
    await alice.ok("POST", order, limit({ price: "59920", quantity: "1.5" }));
    const opened = await update("ORDER");
    expect(lacks(opened, sample("futures-ws-user-ACCOUNT_UPDATE.live"))).toEqual([]);
    expect(opened.a).toMatchObject({
      B: [{ a: "USDT", bc: "0" }],
      P: [{ s: "BTCUSDT", pa: "1.500", mt: "cross", ps: "BOTH" }],
    });
    await alice.ok("POST", order, { symbol: "BTCUSDT", side: "SELL", type: "MARKET", quantity: "1.5" });
    const closed = await ear.next(({ a }) => a?.P?.[0]?.pa === "0");
    expect(closed.a.P[0]).toMatchObject({ s: "BTCUSDT", cr: "-25", up: "0", ma: "USDT" });
    expect(ear.frames.filter(({ e }) => e === "ACCOUNT_UPDATE")).toHaveLength(2);
  });

  it("says why: transfer, deposit, margin, funding", async () => {
    await alice.ok("POST", "/fapi/v3/asset/wallet/transfer", {
      amount: "12.5",
      asset: "USDT",
      clientTranId: "t",
      kindType: "FUTURE_SPOT",
    });
    expect((await update("ASSET_TRANSFER")).a).toMatchObject({
      B: [{ a: "USDT", wb: "99987.50000000", bc: "-12.5" }],
      P: [],
    });
    played.site("futures").exchange.credit("alice", "USDT", "12.5");
    expect((await update("DEPOSIT")).a.B[0].bc).toBe("12.5");
    await alice.ok("POST", "/fapi/v3/marginType", { symbol: "BTCUSDT", marginType: "ISOLATED" });
    expect((await update("MARGIN_TYPE_CHANGE")).a.P).toMatchObject([{ s: "BTCUSDT", mt: "isolated" }]);
    await alice.ok("POST", order, { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.1" });
    expect((await update("ORDER")).a).toMatchObject({
      B: [{ wb: "99997.90315000", cw: "99698.35315000" }],
      P: [{ iw: "299.55" }],
    });
    await alice.ok("POST", "/fapi/v3/positionMargin", { symbol: "BTCUSDT", amount: "10", type: 1 });
    expect((await update("MARGIN_TRANSFER")).a).toMatchObject({ P: [{ iw: "309.55" }] });
    played.futures.source.hands.mark(btc, 599_050, 599_000);
    played.pass(9 * 3_600_000);
    expect((await update("FUNDING_FEE")).a.P).toMatchObject([{ s: "BTCUSDT" }]);
  });
});

describe("other events", () => {
  it("tell settings, and the call before a liquidation", async () => {
    await alice.ok("POST", "/fapi/v3/leverage", { symbol: "BTCUSDT", leverage: 25 });
    const isLeverage = (frame: Params) => "ac" in frame;
    expect(lacks(await ear.next(isLeverage), sample("futures-ws-user-ACCOUNT_CONFIG_UPDATE-leverage"))).toEqual([]);
    await alice.ok("POST", "/fapi/v3/positionSide/dual", { dualSidePosition: true });
    const modes = await ear.next((frame: Params) => "ai" in frame);
    expect(lacks(modes, sample("futures-ws-user-ACCOUNT_CONFIG_UPDATE-mode"))).toEqual([]);
    expect(modes.ai).toEqual({ j: false, f: false, d: true });
    played.futures.offer(btc, "sell", 599_300, 50_000);
    await alice.ok("POST", order, {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "MARKET",
      quantity: "15",
      positionSide: "LONG",
    });
    played.futures.mark(btc, 537_500);
    played.pass(1);
    const call = await ear.next(({ e }) => e === "MARGIN_CALL");
    expect(lacks(call, sample("futures-ws-user-MARGIN_CALL"))).toEqual([]);
    expect(call.p).toMatchObject([{ s: "BTCUSDT", ps: "LONG", pa: "15", mt: "CROSSED" }]);
  });

  it("name a liquidation as the venue's own", async () => {
    await alice.ok("POST", "/fapi/v3/leverage", { symbol: "BTCUSDT", leverage: 50 });
    played.futures.offer(btc, "sell", 599_300, 50_000);
    await alice.ok("POST", order, { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "15" });
    played.futures.offer(btc, "buy", 540_000, 100_000);
    played.futures.mark(btc, 525_000);
    played.pass(1);
    const forced = await ear.next(({ o }) => o?.x === "CALCULATED");
    expect(forced.o).toMatchObject({ o: "LIQUIDATION", S: "SELL", c: expect.stringMatching(/^autoclose-/) });
  });
});

describe("announcements", () => {
  it("come to one account, or to everybody", async () => {
    const all = await listenTo(played.site("futures").ws, "/ws/announcement");
    const site = played.site("futures");
    site.announce({ title: "for bob", content: "<p>secret</p>", account: "bob" });
    site.announce({ title: "for alice", content: "<p>hello</p>", account: "alice" });
    site.announce({ title: "for all", content: "<p>listed</p>" });
    const direct = await ear.next(({ e }) => e === "announcement");
    expect(lacks(direct, sample("futures-ws-user-announcement-direct"))).toEqual([]);
    expect(direct.en).toMatchObject({ t: "for alice", c: "DIRECT" });
    expect(lacks(await all.next(() => true), sample("futures-ws-announcement-public"))).toEqual([]);
    expect(all.frames.map(({ en }) => en.t)).toEqual(["for all"]);
  });
});

describe("listen keys", () => {
  it("run out: it is told, and then it is silent, while a new key is another one", async () => {
    const other = await playAster({ listenKeyMs: 150 });
    const caller = other.caller("futures");
    const { listenKey } = await caller.ok("POST", "/fapi/v3/listenKey");
    const hearing = await listenTo(other.site("futures").ws, `/ws/${listenKey}`);
    expect(
      lacks(await hearing.next(({ e }) => e === "listenKeyExpired"), sample("futures-ws-user-listenKeyExpired")),
    ).toEqual([]);
    expect(await caller.code("PUT", "/fapi/v3/listenKey")).toBe(-1125);
    expect((await caller.ok("POST", "/fapi/v3/listenKey")).listenKey).not.toBe(listenKey);
    await caller.ok("POST", order, limit());
    await settled(hearing);
    expect(hearing.frames.filter(({ e }) => e !== "listenKeyExpired")).toEqual([]);
    await other.sandbox.close();
  });

  it("that are closed are silent, and nobody hears another account", async () => {
    const bob = played.caller("futures", 1);
    await bob.ok("POST", order, limit());
    await alice.ok("DELETE", "/fapi/v3/listenKey");
    await alice.ok("POST", order, limit());
    await settled(ear);
    expect(ear.frames).toEqual([]);
  });

  it("can be broken like every stream, as `user`", async () => {
    played.site("futures").faults.frame("user", "swap");
    await alice.ok("POST", order, limit({ price: "59910", timeInForce: "GTX" }));
    await ear.next(({ o }) => o?.x === "NEW");
    expect(updates()).toEqual(["EXPIRED EXPIRED", "NEW NEW"]);
    played.site("futures").faults.frame("user", { lateMs: 30 }, { after: 1 });
    await alice.ok("POST", order, limit());
    const { orderId } = await alice.ok("POST", order, limit());
    await ear.next(({ o }) => o?.i === orderId);
    expect(updates()).toHaveLength(4);
  });
});

describe("spot", () => {
  it("tells orders and what changed in the wallet", async () => {
    const caller = played.caller("spot");
    const { listenKey } = await caller.ok("POST", "/api/v3/listenKey");
    const hearing = await listenTo(played.site("spot").ws, `/ws/${listenKey}`);
    const { orderId } = await caller.ok("POST", "/api/v3/order", limit());
    const resting = await hearing.next(({ x }) => x === "NEW");
    expect(lacks(resting, sample("spot-ws-user-executionReport"))).toEqual([]);
    expect(await hearing.next(({ e }) => e === "outboundAccountPosition")).toMatchObject({
      B: [{ a: "USDT", f: "99402", l: "598" }],
      m: "ORDER",
    });
    played.spot.take(spotBtc, "sell", 5_980_000, 300_500);
    const trade = await hearing.next(({ x }) => x === "TRADE");
    expect(trade).toMatchObject({
      X: "PARTIALLY_FILLED",
      i: orderId,
      l: "0.00500",
      Y: "299",
      Z: "299",
      N: "BTC",
      m: true,
    });
    const wallet = await hearing.next(({ B }) => B?.length === 2);
    expect(lacks(wallet, sample("spot-ws-user-outboundAccountPosition.live"))).toEqual([]);
    expect(wallet.B.map(({ a }: { a: string }) => a).toSorted()).toEqual(["BTC", "USDT"]);
  });
});
