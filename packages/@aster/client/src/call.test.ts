import { inspect } from "node:util";
import { type BpError, isBpError, manualClock } from "@bp/core";
import { createAgent } from "@bp/signing";
import { systemClock } from "@bp/transport";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixture, fixtureText, type Reply, signerOf, startVenue, type TestVenue } from "../test/venue.ts";
import { sharedLimits } from "./budget.ts";
import { type Aster, createAster } from "./client.ts";
import type { AsterOptions } from "./options.ts";

const agent = createAgent(new Uint8Array(32).fill(7));
const key = { user: agent.address, signer: agent.address, privateKey: agent.privateKey };
const v1 = { apiKey: "a".repeat(64), secret: "b".repeat(64) };
const order = {
  symbol: "BTCUSDT",
  side: "BUY",
  type: "LIMIT",
  timeInForce: "GTX",
  quantity: "0.001",
  price: "90000.1",
  newClientOrderId: "a-1",
} as const;
const which = { symbol: "BTCUSDT", orderId: "1" };
const page = { status: 502, text: "<html><head><title>502 Bad Gateway</title></head></html>" };
const fails = (status: number, code: number, msg = "words") => ({ status, body: { code, msg } });

let venue: TestVenue;
const open: Aster[] = [];
beforeEach(async () => {
  venue = await startVenue();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
  await venue.close();
});

function connect(options: AsterOptions = {}): Aster {
  const at = { restUrl: venue.url };
  let last = Date.now() * 1_000;
  const nonces = { next: () => last++ };
  const client = createAster({ key, nonces, futures: at, spot: at, ...options });
  open.push(client);
  return client;
}
const failure = (promise: Promise<unknown>): Promise<BpError> =>
  promise.then(
    (answer) => {
      throw new Error(`expected a failure, got ${JSON.stringify(answer)}`);
    },
    (error: unknown) => {
      if (isBpError(error)) return error;
      throw error;
    },
  );
/** Long enough to connect on a busy machine, for those that wait for its end. */
const silence: AsterOptions = { timeoutMs: 2_000 };
/** Answers one after the other; the last one again and again. */
function answers(route: string, ...replies: Reply[]): void {
  let at = 0;
  venue.on(route, () => replies[Math.min(at++, replies.length - 1)] ?? "cut");
}
const sent = (path: string) => venue.requests.filter((each) => each.path === path);

describe("an order", () => {
  const bad: readonly (readonly [string, Reply, string])[] = [
    ["a 503", { status: 503, text: "" }, "venue/unknown-outcome"],
    ["a 503 with a code", fails(503, -1016), "venue/unknown-outcome"],
    ["a page", page, "venue/unknown-outcome"],
    ["a page with status 400", { status: 400, text: "<html><title>400 Bad Request</title>" }, "venue/unknown-outcome"],
    ["a page with status 404", { status: 404, text: "<!doctype html>" }, "venue/unknown-outcome"],
    ["-4225, as if something had carried it twice", fails(400, -4225, "Nonce Expired"), "venue/unknown-outcome"],
    ["a nonce that was used, in other words", fails(400, -1000, "nonce already used"), "venue/unknown-outcome"],
    ["-1006 as text, with status 200", { body: { code: "-1006", msg: "x" } }, "venue/unknown-outcome"],
    ["a positive code with status 200", { body: { code: 1, msg: "x" } }, "venue/unknown-outcome"],
    ["202", { status: 202, text: "" }, "venue/unknown-outcome"],
    ["204", { status: 204, text: "" }, "venue/unknown-outcome"],
    ["a page with status 200", { text: "<html>" }, "venue/unknown-outcome"],
    ["nothing", { text: "" }, "venue/unknown-outcome"],
    ["half of an answer", { text: fixtureText("futures-rest-order-new.json").slice(0, 200) }, "venue/unknown-outcome"],
    [
      "an order without an id",
      { body: { ...(fixture("futures-rest-order-new.json") as object), orderId: undefined } },
      "venue/unknown-outcome",
    ],
    [
      "a builder's short form",
      { body: { code: 200, msg: "ok", data: { orderId: 1, status: "NEW" } } },
      "venue/unknown-outcome",
    ],
    ["an array", { body: [] }, "venue/unknown-outcome"],
    ["-1000", fails(400, -1000, "An unknown error occured"), "venue/unknown-outcome"],
    ["-1001", fails(400, -1001), "venue/unknown-outcome"],
    ["-1006", fails(400, -1006), "venue/unknown-outcome"],
    ["-1007", fails(408, -1007), "venue/unknown-outcome"],
    ["a 302", { status: 302, text: "" }, "venue/unknown-outcome"],
    ["-1021 behind a 5xx", fails(500, -1021), "venue/unknown-outcome"],
    ["a cut", "cut", "transport/broken"],
    ["silence", "hang", "transport/timeout"],
    ["-2019", fails(400, -2019, "Margin is insufficient."), "venue/refused"],
    ["-2019 with status 200", fails(200, -2019), "venue/refused"],
    ["-2019 as text", { status: 400, body: { code: "-2019", msg: "x" } }, "venue/refused"],
    ["-5022", fails(400, -5022), "venue/refused"],
    ["an unheard-of code", fails(400, -9999), "venue/refused"],
    ["401", { status: 401, text: "" }, "venue/refused"],
    ["403 of the venue", fails(403, -2015), "venue/refused"],
    ["403 of a firewall", { status: 403, text: "<html>" }, "venue/unavailable"],
    ["429", { status: 429, body: { code: -1003, msg: "Too many requests" } }, "venue/rate-limited"],
    ["-1015", fails(400, -1015), "venue/rate-limited"],
  ];
  it("is not signed when it may not leave, nor sent anew after a refusal for its time", async () => {
    let may = true;
    venue.on("POST /fapi/v1/order", () => {
      may = false; // while it was on its way
      return fails(400, -1021, "Timestamp for this request is outside of the recvWindow.");
    });
    const { trade } = connect({ key: v1 }).futures.rest;
    const mayLeave = () => may;
    expect((await failure(trade.place(order, { mayLeave }))).code).toBe("transport/aborted");
    expect((await failure(trade.place(order, { mayLeave }))).code).toBe("transport/aborted");
    expect(sent("/fapi/v1/order")).toHaveLength(1);
  });

  it.each(bad)("that gets %s is sent once and ends as told", async (_, reply, code) => {
    answers("POST /fapi/v3/order", reply);
    const { trade } = connect(reply === "hang" ? silence : {}).futures.rest;
    const error = await failure(trade.place(order));
    expect(error.code).toBe(code);
    const unknown = code === "venue/unknown-outcome" || code === "transport/broken" || code === "transport/timeout";
    expect(error.retry).toBe(unknown ? "unknown" : code === "venue/refused" ? "never" : "later");
    expect(sent("/fapi/v3/order").length).toBe(1);
  });

  it("in the builder's wrapping is unwrapped", async () => {
    const data = fixture("futures-rest-order-new.json");
    answers("POST /fapi/v3/order", { body: { code: "200", msg: "ok", data } });
    expect(await connect().futures.rest.trade.place(order)).toMatchObject({ orderId: "22542179" });
  });

  it("refused for its clock or signature, which is certain, goes out once more with fresh ones", async () => {
    const done = { text: fixtureText("futures-rest-order-new.json") };
    for (const refusal of [fails(400, -1021), fails(400, -1022), fails(400, -1000, "Signature check failed")]) {
      venue.requests.length = 0;
      answers("POST /fapi/v3/order", refusal, done);
      await connect().futures.rest.trade.place(order);
      const [first, second] = sent("/fapi/v3/order");
      expect(sent("/fapi/v3/order").length).toBe(2);
      expect(second?.params.get("nonce")).not.toBe(first?.params.get("nonce"));
      expect(second?.params.get("newClientOrderId")).toBe("a-1");
      expect(second === undefined ? undefined : signerOf(second, "", 1666)).toBe(agent.address);
      expect(sent("/fapi/v3/time").length).toBe(10); // five before, five for the new clock
    }
  });

  it("refused for its nonce stays away until it was asked for, and the clock is measured for the next one", async () => {
    answers("POST /fapi/v3/order", fails(400, -4225, "Nonce Expired"), {
      text: fixtureText("futures-rest-order-new.json"),
    });
    const { trade } = connect().futures.rest;
    const taken: number[] = [];
    const error = await failure(trade.place(order, { onNonce: (nonce) => taken.push(nonce) }));
    expect([error.code, error.retry, taken.length]).toEqual(["venue/unknown-outcome", "unknown", 1]);
    expect(sent("/fapi/v3/order").length).toBe(1);
    expect(sent("/fapi/v3/time").length).toBe(10);
    answers("DELETE /fapi/v3/order", fails(400, -4225, "Nonce Expired"), {
      text: fixtureText("futures-rest-order-cancel.json"),
    });
    expect(await trade.cancel(which)).toMatchObject({ outcome: "cancelled" }); // twice does no harm
  });

  it("refused once and then lost on the way is an unknown outcome, and sent twice at most", async () => {
    for (const lost of ["cut", "hang", { status: 503, text: "" }] as const) {
      venue.requests.length = 0;
      answers("POST /fapi/v3/order", fails(400, -1021), lost);
      const { trade } = connect(lost === "hang" ? silence : {}).futures.rest;
      expect((await failure(trade.place(order))).retry).toBe("unknown");
      expect(sent("/fapi/v3/order").length).toBe(2);
    }
  });

  it("given up between the refusal and the second try is not sent again", async () => {
    const giving = new AbortController();
    venue.on("POST /fapi/v3/order", () => {
      giving.abort();
      return fails(400, -1021);
    });
    const error = await failure(connect().futures.rest.trade.place(order, { signal: giving.signal }));
    expect([error.retry === "never", sent("/fapi/v3/order").length]).toEqual([false, 1]);
  });

  it("is not sent a third time", async () => {
    answers("POST /fapi/v3/order", fails(400, -1021, "Timestamp is outside of the recvWindow."));
    expect(await failure(connect().futures.rest.trade.place(order))).toMatchObject({
      code: "venue/expired",
      retry: "later",
    });
    expect(sent("/fapi/v3/order").length).toBe(2);
    answers("POST /fapi/v3/order", fails(400, -1022, "Signature for this request is not valid."));
    expect(await failure(connect().futures.rest.trade.place(order))).toMatchObject({
      code: "venue/refused",
      context: { code: "-1022" },
    });
  });

  it("is not sent while the venue's clock cannot be read, and that is no unknown outcome", async () => {
    answers("GET /fapi/v3/time", "hang");
    const error = await failure(connect({ timeoutMs: 30 }).futures.rest.trade.place(order));
    expect([error.code, error.retry, venue.asked().length]).toEqual(["venue/unavailable", "later", 0]);
    answers("GET /fapi/v3/time", { body: { serverTime: Date.now() } });
    venue.on("POST /fapi/v3/order", () => {
      answers("GET /fapi/v3/time", "cut");
      return fails(400, -1021, "Timestamp is outside of the recvWindow.");
    });
    const refused = await failure(connect().futures.rest.trade.place(order));
    expect([refused.code, venue.asked().length]).toEqual(["venue/expired", 1]);
  });

  it("whose nonce was given to noop stays away", async () => {
    const client = connect();
    let nonce = 0;
    answers("POST /fapi/v3/noop", { text: fixtureText("futures-rest-noop.json") });
    venue.on("POST /fapi/v3/order", async () => {
      await client.futures.rest.trade.noop({ nonce });
      return fails(400, -4225, "Nonce Expired");
    });
    const placing = client.futures.rest.trade.place(order, {
      onNonce: (used) => {
        nonce = used;
      },
    });
    expect(await failure(placing)).toMatchObject({ code: "venue/refused", retry: "never", context: { code: "-4225" } });
    expect(sent("/fapi/v3/order").length).toBe(1);
    expect(sent("/fapi/v3/noop")[0]?.params.get("nonce")).toBe(String(nonce));
  });

  it("is read off its parameters when it is asked for", async () => {
    answers("POST /fapi/v3/order", { text: fixtureText("futures-rest-order-new.json") });
    const changing: { -readonly [K in keyof typeof order]: string } & Record<string, unknown> = { ...order };
    const placing = connect().futures.rest.trade.place(changing as typeof order);
    changing.quantity = "1000"; // while the clock is being measured
    await placing;
    expect(sent("/fapi/v3/order")[0]?.params.get("quantity")).toBe("0.001");
  });
});

describe("a batch", () => {
  const { newClientOrderId: _, ...one } = order;

  it("tells of each element whether it may stand", async () => {
    const { trade } = connect().futures.rest;
    answers("POST /fapi/v3/batchOrders", {
      body: [{ code: -2019, msg: "x" }, { code: "-1007", msg: "x" }, { code: -1015 }],
    });
    const fates = await trade.placeBatch({ batchOrders: [one, one, one] });
    expect(fates.map((fate) => fate.ok || fate.retry)).toEqual(["never", "unknown", "later"]);
  });

  it("whose answer has not one element for each is an unknown outcome", async () => {
    const { trade } = connect().futures.rest;
    answers("POST /fapi/v3/batchOrders", { text: fixtureText("futures-rest-batchOrders-new.json") }, { body: [] });
    for (const batchOrders of [[one, one, one], [one]])
      expect((await failure(trade.placeBatch({ batchOrders }))).code).toBe("venue/unknown-outcome");
    answers("DELETE /fapi/v3/batchOrders", { body: [{ code: -2011, msg: "Unknown order sent." }] });
    const cancelling = trade.cancelBatch({ symbol: "A", orderIdList: ["1", "2"] });
    expect((await failure(cancelling)).code).toBe("venue/unknown-outcome");
  });
});

describe("what would be refused", () => {
  it.each([
    [{ ...order, price: "1e-7" }, "exact decimal"],
    [{ ...order, price: undefined }, "price"],
    [{ ...order, amount: "1" }, "amount"],
    [{ ...order, newClientOrderId: "ä" }, "newClientOrderId"],
    [{ ...order, timeInForce: "GTD" }, "timeInForce"],
    [{ ...order, reduceOnly: true, positionSide: "LONG" }, "hedge mode"],
    [{ symbol: "A", side: "SELL", type: "STOP_MARKET", stopPrice: "1" }, "closePosition"],
    [
      { symbol: "A", side: "SELL", type: "STOP_MARKET", stopPrice: "1", closePosition: true, quantity: "1" },
      "quantity",
    ],
    [{ ...order, closePosition: true }, "closePosition"],
  ])("is refused before anything is sent: %j", async (params, word) => {
    const error = await failure(connect().futures.rest.trade.place(params as typeof order));
    expect([error.code, error.message.includes(word)]).toEqual(["config/invalid", true]);
    expect(venue.requests).toEqual([]);
  });

  it("is a call that the key cannot make, or of the other service", async () => {
    expect((await failure(connect({ key: v1 }).futures.rest.trade.noop({ nonce: 1 }))).message).toContain(
      "an agent (V3)",
    );
    const remaining = connect().futures.rest.account.remainingOpenableNotionalValue({ symbol: "A", leverage: 1 });
    expect((await failure(remaining)).message).toContain("a V1 key");
    const at = { restUrl: venue.url };
    const none = createAster({ futures: at, spot: at });
    open.push(none);
    expect((await failure(none.futures.rest.account.get())).message).toContain("found none");
    const { spot, futures } = connect();
    const { time } = (await import("./rest/futures/market/index.ts")) satisfies object;
    expect((await failure(spot.call(time, undefined))).message).toContain("one of spot");
    expect([futures.signs, spot.signs, none.spot.signs]).toEqual(["v3", "v3", undefined]);
  });
});

describe("a reading call", () => {
  it("is repeated after a 5xx, each time with a fresh nonce", async () => {
    answers("GET /fapi/v3/openOrders", page, page, { body: [] });
    expect(await connect().futures.rest.trade.openOrders({ symbol: "BTCUSDT" })).toEqual([]);
    const requests = sent("/fapi/v3/openOrders");
    expect(new Set(requests.map(({ params }) => params.get("nonce"))).size).toBe(3);
    for (const request of requests) expect(signerOf(request, "", 1666)).toBe(agent.address);
  });

  it("says what it got instead of its answer", async () => {
    const { account } = connect().spot.rest;
    answers("GET /api/v3/account", { text: "<html><title>moved</title>" });
    expect(await failure(account.get())).toMatchObject({ code: "venue/unavailable", retry: "later" });
    answers("GET /api/v3/account", { text: "{" });
    expect(await failure(account.get())).toMatchObject({ code: "wire/not-json" });
    answers("GET /api/v3/account", { body: { balances: [{ asset: "BTC", free: "1" }] } });
    expect(await failure(account.get())).toMatchObject({ code: "wire/schema", context: { path: "balances.0.locked" } });
    answers("GET /api/v3/account", fails(400, -1007));
    expect(await failure(account.get())).toMatchObject({ code: "venue/unavailable" });
    answers("GET /api/v3/account", fails(400, -1121));
    expect(await failure(account.get())).toMatchObject({
      code: "venue/refused",
      context: { venue: "aster-spot", code: "-1121" },
    });
  });

  it("goes to the other path where the first is unknown", async () => {
    answers("GET /fapi/v3/account", { text: fixtureText("futures-rest-account.json") });
    expect(await connect().futures.rest.account.get()).toMatchObject({ totalWalletBalance: "23.72469206" });
    expect(venue.asked().map(({ path }) => path)).toEqual(["/fapi/v3/accountWithJoinMargin", "/fapi/v3/account"]);
    answers("GET /fapi/v4/account", { status: 404, text: "" });
    expect(await failure(connect({ key: v1 }).futures.rest.account.get())).toMatchObject({
      context: { code: "HTTP_404" },
    });
  });
});

describe("codes that are answers", () => {
  it("stand for what they mean", async () => {
    const { futures } = connect();
    const { trade, account, stream } = futures.rest;
    answers("GET /fapi/v3/order", fails(400, -2013));
    answers("DELETE /fapi/v3/order", fails(400, -2011, "Unknown order sent."));
    answers("POST /fapi/v3/marginType", fails(400, -4046));
    answers("POST /fapi/v3/positionSide/dual", fails(400, -4059));
    answers("POST /fapi/v3/asset/wallet/transfer", fails(400, -4115));
    answers("PUT /fapi/v3/listenKey", fails(400, -1125));
    expect(await trade.get(which)).toBeUndefined();
    expect(await trade.cancel(which)).toEqual({ outcome: "not-found" });
    expect(await account.setMarginType({ symbol: "A", marginType: "CROSSED" })).toMatchObject({ changed: false });
    expect(await account.setPositionMode({ dualSidePosition: true })).toMatchObject({ changed: false });
    const moved = account.transfer({ amount: "1", asset: "USDT", clientTranId: "t", kindType: "FUTURE_SPOT" });
    expect(await moved).toEqual({ outcome: "duplicate" });
    expect(await stream.keepListenKey({ listenKey: "k" })).toEqual({ state: "gone" });
    answers("POST /fapi/v3/noop", fails(400, -4225, "Nonce Expired"));
    expect(await trade.noop({ nonce: 1 })).toEqual({ outcome: "too-late" });
    answers("DELETE /fapi/v3/order", fails(500, -2011));
    expect((await failure(trade.cancel(which))).code).toBe("venue/unknown-outcome");
  });

  it.each([200, "200"])("take %j for success and nothing else", async (code) => {
    answers("DELETE /fapi/v3/allOpenOrders", { body: { code, msg: "done" } });
    const { trade } = connect().futures.rest;
    expect(await trade.cancelAll({ symbol: "A" })).toEqual({ changed: true, msg: "done" });
    answers("DELETE /fapi/v3/allOpenOrders", { body: { code: 0, msg: "?" } });
    expect((await failure(trade.cancelAll({ symbol: "A" }))).code).toBe("venue/unknown-outcome");
  });
});

describe("a host that wants silence", () => {
  it.each([
    [
      "429 with Retry-After",
      { status: 429, body: { code: -1003, msg: "slow" }, headers: { "retry-after": "7" } },
      7_000,
    ],
    [
      "418 with Retry-After",
      { status: 418, body: { code: -1003, msg: "banned" }, headers: { "retry-after": "120" } },
      120_000,
    ],
    [
      "418 with the end of the ban",
      { status: 418, body: { code: -1003, msg: "Way too many; IP banned until 1700000180000." } },
      180_000,
    ],
    ["429 that says nothing", { status: 429, text: "" }, 1_000],
    ["403 of the firewall", { status: 403, text: "<html>" }, 300_000],
  ] as const)("gets it after %s, from every lane, by a clock", async (_, reply, ms) => {
    const clock = manualClock(1_700_000_000_000);
    venue.now = () => clock.now();
    const client = connect({ clock });
    answers("POST /fapi/v3/order", reply);
    answers("DELETE /fapi/v3/order", { text: fixtureText("futures-rest-order-cancel.json") });
    const error = await failure(client.futures.rest.trade.place(order));
    const told = isBpError(error, "venue/rate-limited") ? error.context.waitMs : undefined;
    expect([error.code, told]).toEqual(
      reply.status === 403 ? ["venue/unavailable", undefined] : ["venue/rate-limited", ms],
    );
    expect(client.futures.budget.pausedMs()).toBe(ms);
    expect(client.spot.budget.pausedMs()).toBe(ms); // here both are one host
    const early = client.futures.rest.trade.cancel(which).then(
      () => "done",
      ({ code }: BpError) => code,
    );
    clock.advance(ms);
    expect(await early).toBe(ms > 5_000 ? "transport/budget" : "done"); // so long it waits
    expect(await client.futures.rest.trade.cancel(which)).toMatchObject({ outcome: "cancelled" });
  });

  it("gets it until what went to look was answered by the venue itself; no order goes to look, whatever it is for", async () => {
    const clock = manualClock(1_700_000_000_000);
    venue.now = () => clock.now();
    const client = connect({ clock });
    const { trade } = client.futures.rest;
    const ban = { status: 418, body: { code: -1003, msg: "banned" }, headers: { "retry-after": "86400" } };
    answers("POST /fapi/v3/order", ban, { text: fixtureText("futures-rest-order-new.json") });
    answers("DELETE /fapi/v3/order", { text: "<html>" }, { status: 401, text: "" }, { body: {} }, fails(400, -2015));
    await failure(trade.place(order));
    for (const well of [false, false, false, true]) {
      clock.advance(60_000);
      await failure(trade.cancel(which));
      expect(client.futures.budget.pausedMs() === 0).toBe(well);
    }
    client.futures.budget.pause(86_400_000);
    const times = sent("/fapi/v3/time").length;
    const orders = sent("/fapi/v3/order").length;
    expect((await failure(trade.place(order, { lane: "hedge" }))).code).toBe("transport/budget");
    expect([sent("/fapi/v3/time").length, sent("/fapi/v3/order").length]).toEqual([times, orders]);
    clock.advance(60_000);
    expect(await trade.place(order, { lane: "hedge" })).toBeDefined();
    expect([sent("/fapi/v3/time").length, sent("/fapi/v3/order").length]).toEqual([times + 1, orders + 1]);
  });

  it("silences every client of this process that goes there, and says why in the venue's code", async () => {
    const [one, other] = [connect(), connect()];
    const ban = { status: 418, body: { code: -1003, msg: "IP banned" }, headers: { "retry-after": "20" } };
    answers("GET /fapi/v3/openOrders", ban);
    const error = await failure(one.futures.rest.trade.openOrders({ symbol: "BTCUSDT" }));
    expect(error).toMatchObject({
      code: "venue/rate-limited",
      context: { status: 418, code: "-1003" },
    });
    expect((await failure(other.futures.rest.trade.place(order))).code).toBe("transport/budget");
    expect(sent("/fapi/v3/order").length).toBe(0);
  });

  it("silences all accounts that share its limits", async () => {
    const limits = sharedLimits("futures", systemClock);
    const at = { restUrl: venue.url, limits };
    const [one, other] = [connect({ futures: at }), connect({ futures: at })];
    answers("POST /fapi/v3/order", { status: 429, text: "", headers: { "retry-after": "30" } });
    await failure(one.futures.rest.trade.place(order));
    expect((await failure(other.futures.rest.trade.place(order))).code).toBe("transport/budget");
    expect(sent("/fapi/v3/order").length).toBe(1);
  });
});

describe("what leaves in an error", () => {
  it("is no key, no signature, no query", async () => {
    const client = connect({ key: v1 });
    venue.on("POST /fapi/v1/order", ({ text }) => fails(400, -1102, `bad: ${text} ${v1.apiKey} ${v1.secret}`));
    venue.on("GET /fapi/v1/openOrders", () => "hang");
    const errors = [
      await failure(client.futures.rest.trade.place(order)),
      await failure(client.futures.rest.trade.openOrders({ symbol: "BTCUSDT" }, { timeoutMs: 30 })),
    ];
    for (const error of errors) {
      const text = `${error.message} ${JSON.stringify(error.context)} ${String(error.cause)}`;
      expect(text).not.toMatch(/[0-9a-f]{64}/i);
      expect(text).not.toContain("/openOrders?");
    }
    const behind = connect({ proxy: "http://me:pa55word@127.0.0.1:1" });
    const text = [client, connect(), behind].map((each) => JSON.stringify(each) + inspect(each, { depth: 9 })).join();
    for (const secret of [v1.secret, agent.privateKey.reveal(), "pa55word"]) expect(text.includes(secret)).toBe(false);
  });
});

describe("what the venue or the caller writes where it does not belong", () => {
  const listenKey = "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1";

  it("is hidden in the failure", async () => {
    const client = connect();
    answers("POST /fapi/v3/listenKey", { text: `{"listenKey":"${listenKey}"` });
    answers("GET /fapi/v3/openOrders", { body: [{ signature: `0x${"ab".repeat(65)}`, orderId: 1 }] });
    answers("POST /fapi/v3/order", { status: 400, text: `${"x".repeat(440)} 0x${"ab".repeat(65)}` });
    const { rest } = client.futures;
    const errors = [
      await failure(rest.stream.createListenKey()),
      await failure(rest.trade.openOrders({ symbol: "BTCUSDT" })),
      await failure(rest.trade.place(order)),
      await failure(rest.trade.place({ ...order, privateKey: agent.privateKey.reveal() } as typeof order)),
    ];
    for (const error of errors) {
      const { cause } = error;
      const text = `${inspect(error, { depth: 9 })} ${JSON.stringify(error)} ${inspect(cause, { depth: 9 })}`;
      expect([text.includes(listenKey), /[0-9a-f]{50}/i.test(text)]).toEqual([false, false]);
    }
  });

  it("cannot make a failure of another kind, however deep it is", async () => {
    answers("POST /fapi/v3/order", { text: `${"[".repeat(100_000)}${"]".repeat(100_000)}` });
    expect(await failure(connect().futures.rest.trade.place(order))).toMatchObject({ code: "venue/unknown-outcome" });
  });
});

describe("a builder", () => {
  it("is in no request but where the caller named one", async () => {
    const client = connect();
    const single = { text: fixtureText("futures-rest-order-new.json") };
    answers("POST /fapi/v3/order", single);
    answers("POST /api/v3/order", { text: fixtureText("spot-rest-order-new.json") });
    answers("PUT /fapi/v3/order", single);
    answers("POST /fapi/v3/batchOrders", { text: fixtureText("futures-rest-batchOrders-new.json") });
    const { newClientOrderId, ...rest } = order;
    await client.futures.rest.trade.place(order);
    await client.futures.rest.trade.placeBatch({ batchOrders: [rest, rest] });
    await client.futures.rest.trade.modify({ ...which, quantity: "1", price: "1" });
    await client.spot.rest.trade.place(order);
    for (const { text } of venue.asked()) expect(decodeURIComponent(text)).not.toMatch(/builder|feeRate/i);
    await client.futures.rest.trade.place({ ...order, builder: agent.address, feeRate: "0.0001" });
    expect(venue.asked().at(-1)?.text).toContain(`builder=${agent.address}&feeRate=0.0001`);
    expect(newClientOrderId).toBe("a-1");
  });
});
