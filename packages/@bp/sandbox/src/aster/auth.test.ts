// Who is let in: both generations of credentials, nonces, limits.
import { createHmac } from "node:crypto";
import { agentKey } from "@bp/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replyOf } from "../trial.fixture.ts";
import { createLimiter, futuresLimits } from "./limits.ts";
import { createNonces } from "./nonces.ts";
import { accountAt, encoded, form, nextNonce, type Params, type Played, playAster, sample } from "./trial.fixture.ts";

let played: Played;
beforeAll(async () => {
  played = await playAster();
});
afterAll(() => played.sandbox.close());

const rest = () => played.site("futures").rest;
const alice = () => accountAt(played.accounts, 0);
const hmac = (text: string) => createHmac("sha256", alice().hmac.secret).update(text).digest("hex");
const agent = () => agentKey({ ...alice().agent, chainId: 1666 });
const send = async (
  method: string,
  path: string,
  query: string,
  body: string | undefined,
  headers: Record<string, string> = {},
) =>
  replyOf(
    await fetch(`${rest()}${path}${query === "" ? "" : `?${query}`}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : form) },
      ...(body === undefined ? {} : { body }),
    }),
  );
const order: Params = {
  symbol: "BTCUSDT",
  side: "BUY",
  type: "LIMIT",
  timeInForce: "GTC",
  quantity: "0.01",
  price: "59000",
};

describe("V1", () => {
  const key = () => ({ "x-MBX-apikey": alice().hmac.key });
  const stamped = (params: Params = {}) => encoded({ ...params, timestamp: Date.now() });

  it("takes query, body, and both with nothing between them, and hex digits of either case", async () => {
    const all = stamped(order);
    expect((await send("POST", "/fapi/v1/order", `${all}&signature=${hmac(all)}`, undefined, key())).status).toBe(200);
    expect(
      (await send("POST", "/fapi/v1/order", "", `${all}&signature=${hmac(all).toUpperCase()}`, key())).status,
    ).toBe(200);
    const { quantity, price, ...query } = order;
    const [first, second] = [encoded(query), stamped({ quantity: String(quantity), price: String(price) })];
    const mixed = await send("POST", "/fapi/v1/order", first, `${second}&signature=${hmac(first + second)}`, key());
    expect(mixed.status).toBe(200);
    const joined = await send(
      "POST",
      "/fapi/v1/order",
      first,
      `${second}&signature=${hmac(`${first}&${second}`)}`,
      key(),
    );
    expect(joined.json.code).toBe(-1022);
  });

  it("says what is wrong: key, secret, clock, window", async () => {
    const now = stamped();
    const ask = async (query: string, headers: Record<string, string> = key()) =>
      (await send("GET", "/fapi/v2/balance", query, undefined, headers)).json.code;
    const signed = (text: string) => `${text}&signature=${hmac(text)}`;
    expect(await ask(signed(now), {})).toBe(-2014);
    expect(await ask(signed(now), { "x-mbx-apikey": "ab".repeat(32) })).toBe(-2015);
    expect(await ask(`${now}&signature=${"0".repeat(64)}`)).toBe(-1022);
    expect(await ask(signed(`timestamp=${Date.now() - 6000}`))).toBe(-1021);
    expect(await ask(signed(`timestamp=${Date.now() + 4500}`))).toBe(-1021);
    expect(await ask(signed(`recvWindow=10000&timestamp=${Date.now() - 6000}`))).toBeUndefined();
    expect(await ask(now)).toBe(-1102);
    expect(await ask(signed("recvWindow=5000"))).toBe(-1102);
  });

  it("wants the key alone for historical trades and listen keys", async () => {
    expect((await send("GET", "/fapi/v1/historicalTrades", "symbol=BTCUSDT", undefined)).json.code).toBe(-2014);
    expect((await send("GET", "/fapi/v1/historicalTrades", "symbol=BTCUSDT", undefined, key())).status).toBe(200);
    expect((await send("GET", "/fapi/v3/historicalTrades", "symbol=BTCUSDT", undefined)).status).toBe(200);
    expect((await send("POST", "/fapi/v1/listenKey", "", undefined, key())).json.listenKey).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("V3", () => {
  const by = (params: Params = {}) => ({
    ...params,
    nonce: nextNonce(),
    user: alice().agent.user,
    signer: alice().agent.signer,
  });

  it("takes the parameters wherever they are, in any order, the signature among them", async () => {
    const text = encoded(by(order));
    expect((await send("POST", "/fapi/v3/order", `${text}&signature=${agent().sign(text)}`, "")).status).toBe(200);
    const first = encoded(by(order));
    expect((await send("POST", "/fapi/v3/order", "", `signature=${agent().sign(first)}&${first}`)).status).toBe(200);
    const [query, body] = [encoded(order), encoded(by())];
    for (const signed of [`${query}&${body}`]) {
      expect((await send("POST", "/fapi/v3/order", query, `${body}&signature=${agent().sign(signed)}`)).status).toBe(
        200,
      );
    }
  });

  it("takes the text before it was encoded, no user, and the main wallet's own key", async () => {
    const list: Params = { symbol: "BTCUSDT", orderIdList: "[1,2]", ...by() };
    const plain = Object.entries(list)
      .map(([key, value]) => `${key}=${value}`)
      .join("&");
    const raw = await send("DELETE", "/fapi/v3/batchOrders", "", `${encoded(list)}&signature=${agent().sign(plain)}`);
    expect(raw.json.map(({ code }: { code: number }) => code)).toEqual([-2011, -2011]);
    const { user: _, ...anonymous } = by();
    const text = encoded(anonymous);
    expect((await send("GET", "/fapi/v3/balance", `${text}&signature=${agent().sign(text)}`, undefined)).status).toBe(
      200,
    );
    const { address, privateKey } = alice().wallet;
    const own = encoded({ nonce: nextNonce(), user: address, signer: address });
    const wallet = agentKey({ user: address, signer: address, privateKey, chainId: 1666 });
    expect((await send("GET", "/fapi/v3/balance", `${own}&signature=${wallet.sign(own)}`, undefined)).status).toBe(200);
  });

  it("refuses other texts, other chains, other agents, and nonces that are used, old or ahead", async () => {
    const ask = async (params: Params, sign = agent()) => {
      const text = encoded(params);
      return (await send("GET", "/fapi/v3/balance", `${text}&signature=${sign.sign(text)}`, undefined)).json;
    };
    expect(await ask(by(), agentKey({ ...alice().agent, chainId: 714 }))).toEqual(sample("rest-error-signature"));
    const bob = accountAt(played.accounts, 1);
    expect((await ask({ ...by(), user: bob.agent.user })).code).toBe(-1000);
    expect((await ask({ ...by(), signer: "0x0000000000000000000000000000000000000001" })).code).toBe(-1000);
    const once = by();
    expect(Array.isArray(await ask(once))).toBe(true);
    expect(await ask(once)).toEqual(sample("rest-error-nonce"));
    expect((await ask({ ...by(), nonce: (Date.now() - 11_000) * 1000 })).code).toBe(-4225);
    expect((await ask({ ...by(), nonce: (Date.now() + 15_000) * 1000 })).code).toBe(-4225);
    expect((await ask({ symbol: "BTCUSDT" })).code).toBe(-1102);
  });

  it("lets a noop use up the nonce of an order that is on its way", async () => {
    const nonce = nextNonce();
    const { user, signer } = alice().agent;
    const noop = encoded({ nonce, user, signer });
    const late = encoded({ ...order, nonce, user, signer });
    expect((await send("POST", "/fapi/v3/noop", "", `${noop}&signature=${agent().sign(noop)}`)).json).toEqual(
      sample("futures-rest-noop"),
    );
    expect((await send("POST", "/fapi/v3/order", "", `${late}&signature=${agent().sign(late)}`)).json.code).toBe(-4225);
  });

  it("registers an agent that the main wallet signs for", async () => {
    const { agent: other } = accountAt(played.accounts, 2);
    const { address, privateKey } = alice().wallet;
    const words: Params = {
      user: address,
      nonce: nextNonce(),
      agentName: "second",
      agentAddress: other.signer,
      expired: Date.now() + 1_000_000,
      signatureChainId: 56,
      canSpotTrade: true,
      canPerpTrade: true,
      canWithdraw: false,
    };
    const text = encoded(words);
    const wallet = agentKey({ user: address, signer: address, privateKey, chainId: 56 });
    const answer = await send("POST", "/fapi/v3/registerAndApproveAgent", "", `${text}&signature=${wallet.sign(text)}`);
    expect(answer.json).toEqual(sample("futures-rest-registerAndApproveAgent"));
    const list = await played.caller("futures").ok("GET", "/fapi/v3/agent");
    expect(list.map(({ agentName }: { agentName: string }) => agentName)).toEqual(["alice", "second"]);
  });
});

describe("createNonces", () => {
  it("remembers the newest hundred and takes those between them once", () => {
    const nonces = createNonces();
    const now = 1_800_000_000_000;
    const at = (count: number) => now * 1000 + count * 10;
    for (let count = 1; count <= 100; count++) expect(nonces.take(at(count), now)).toBe(true);
    expect(nonces.take(at(1) - 5, now)).toBe(false); // older than all that are kept
    expect(nonces.take(at(50) + 5, now)).toBe(true); // the oldest one is forgotten for it
    expect(nonces.take(at(50) + 5, now)).toBe(false);
    expect(nonces.take(at(1), now)).toBe(false);
  });
});

describe("createLimiter", () => {
  it("counts weight by address and orders by account, warns, and bans who does not stop", () => {
    let now = 1_800_000_000_000;
    const limiter = createLimiter(
      { ...futuresLimits, weight: 100, orders10s: 2, ordersMinute: 3, patience: 2, banMs: 5000 },
      () => now,
    );
    for (let count = 0; count < 5; count++) expect(limiter.weigh("a", 20)).toBeUndefined();
    expect(limiter.headers("a", undefined)).toEqual({ "x-mbx-used-weight-1m": "100" });
    expect(limiter.weigh("b", 20)).toBeUndefined();
    const statuses = [1, 2, 3, 4].map(() => limiter.weigh("a", 1)?.status);
    expect(statuses).toEqual([429, 429, 429, 418]);
    expect(limiter.weigh("a", 1)?.headers).toEqual({ "retry-after": "5" });
    now += 60_000;
    expect(limiter.weigh("a", 1)).toBeUndefined();
    expect([1, 2, 3].map(() => limiter.order("alice", 1)?.status)).toEqual([undefined, undefined, 429]);
    expect(limiter.headers("a", "alice")).toMatchObject({ "x-mbx-order-count-10s": "2", "x-mbx-order-count-1m": "2" });
    now += 10_000;
    expect([1, 2].map(() => limiter.order("alice", 1)?.status)).toEqual([undefined, 429]);
  });

  it("tells in the headers of every answer, orders only where they are counted", async () => {
    const caller = played.caller("futures", 1);
    const market = await caller.v3("GET", "/fapi/v3/time");
    expect(Number(market.headers.get("X-MBX-USED-WEIGHT-1M"))).toBeGreaterThan(0);
    expect(market.headers.get("X-MBX-ORDER-COUNT-10S")).toBeNull();
    const placed = await caller.v3("POST", "/fapi/v3/order", order);
    expect(placed.headers.get("X-MBX-ORDER-COUNT-10S")).toBe("1");
    expect(placed.headers.get("X-MBX-ORDER-COUNT-1M")).toBe("1");
  });

  it("answers 429 and then 418 with the time to wait, to the address and not to the account", async () => {
    const other = await playAster({ futures: { limits: { weight: 6, patience: 2, orders10s: 2 } } });
    const caller = other.caller("futures");
    const now = Date.now();
    const beginning = Math.round(now / 10_000) * 10_000 + 20; // of the ten seconds for which its limits are counted
    other.site("futures").faults.setClockOffset(beginning - now);
    const place = {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "0.01",
      price: "59000",
    };
    const codes = [];
    for (let count = 0; count < 3; count++) codes.push(await caller.code("POST", "/fapi/v3/order", place));
    expect(codes).toEqual([undefined, undefined, -1015]);
    const answers = [];
    for (let count = 0; count < 7; count++) answers.push(await caller.v3("GET", "/fapi/v3/time"));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 429, 418]);
    expect(answers.at(-1)?.json.code).toBe(-1003);
    expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(100);
    expect((await other.caller("spot").v3("GET", "/api/v3/time")).status).toBe(200);
    await other.sandbox.close();
  });
});
