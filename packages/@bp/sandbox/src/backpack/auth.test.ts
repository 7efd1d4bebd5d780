// Signatures over real HTTP: right, wrong, late, missing, and for another purpose.
import { canonical, ed25519Key } from "@bp/signing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../sandbox.ts";
import { type Client, play, sample } from "./trial.fixture.ts";

describe("authenticate", () => {
  let sandbox: Sandbox;
  let alice: Client;
  let bob: Client;
  beforeAll(async () => {
    ({ sandbox, alice, bob } = await play());
  });
  afterAll(() => sandbox.close());
  const open = (spoil: Parameters<Client["call"]>[4], params = {}) =>
    alice.call("GET", "/api/v1/orders", "orderQueryAll", params, spoil);

  it("lets a right signature in, with any window up to the longest and without a window header", async () => {
    expect((await open({})).status).toBe(200);
    expect((await open({ window: 60_000 })).status).toBe(200);
    expect((await open({ window: "none" })).status).toBe(200);
    expect((await open({}, { symbol: "SOL_USDC", marketType: "SPOT" })).status).toBe(200);
  });

  it("does not mind the case of header names", async () => {
    const timestamp = Date.now();
    const signature = ed25519Key(alice.account.apiKey, alice.account.secret).sign(
      canonical("accountQuery", undefined, timestamp, 5000),
    );
    const headers = { "x-api-key": alice.account.apiKey, "X-SIGNATURE": signature, "x-Timestamp": String(timestamp) };
    expect((await fetch(`${sandbox.rest}/api/v1/account`, { headers })).status).toBe(200);
  });

  it("refuses a signature over other parameters, another instruction, or by another key", async () => {
    const wrong = { status: 400, json: sample("error-invalid-signature") };
    expect(await open({ signedParams: { symbol: "SOL_USDC" } })).toMatchObject(wrong);
    expect(await alice.call("GET", "/api/v1/orders", "orderQuery")).toMatchObject(wrong);
    expect(await open({ headers: { "X-API-Key": bob.account.apiKey } })).toMatchObject(wrong);
    expect(await open({ headers: { "X-Window": "6000" } })).toMatchObject(wrong);
  });

  it("refuses a key that the venue does not know in the signed text", async () => {
    expect(await open({}, { symbol: "SOL_USDC", colour: "blue" })).toMatchObject({
      json: sample("error-invalid-signature"),
    });
  });

  it("refuses headers that are missing or cannot be read", async () => {
    expect(await open({ headers: { "X-API-Key": undefined } })).toMatchObject({
      status: 401,
      json: sample("error-unauthorized"),
    });
    expect(await open({ headers: { "X-API-Key": "AAAA" } })).toMatchObject({
      status: 401,
      json: sample("error-unauthorized"),
    });
    for (const signature of [undefined, "not base64", "AAAA"])
      expect(await open({ headers: { "X-Signature": signature } })).toMatchObject({
        status: 400,
        json: sample("error-invalid-signature-header"),
      });
    for (const timestamp of [undefined, "soon", "-5"])
      expect((await open({ headers: { "X-Timestamp": timestamp } })).json).toEqual({
        code: "INVALID_CLIENT_REQUEST",
        message: "Invalid timestamp",
      });
    expect((await open({ window: 60_001 })).status).toBe(400);
  });

  it("refuses what arrives outside its window", async () => {
    const expired = { status: 400, json: sample("error-request-expired") };
    expect(await open({ timestamp: Date.now() - 6000 })).toMatchObject(expired);
    expect((await open({ timestamp: Date.now() - 6000, window: 10_000 })).status).toBe(200);
    expect((await open({ timestamp: Date.now() + 8000 })).json.message).toBe("Invalid timestamp");
  });

  it("goes by its own clock, which a test may put off", async () => {
    sandbox.faults.setClockOffset(8000);
    expect(await open({})).toMatchObject({ json: sample("error-request-expired") });
    const from = Date.now();
    const time = Number(await (await fetch(`${sandbox.rest}/api/v1/time`)).text());
    expect(time - 8000).toBeGreaterThan(from - 500);
    expect(time - 8000).toBeLessThan(Date.now() + 500);
    expect((await open({ timestamp: time })).status).toBe(200);
    sandbox.faults.setClockOffset(-8000);
    expect((await open({})).json.message).toBe("Invalid timestamp");
    sandbox.faults.setClockOffset(0);
    expect((await open({})).status).toBe(200);
  });

  it("checks a batch as one text", async () => {
    const item = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "50", quantity: "1" };
    expect((await alice.batch([item, { ...item, price: "51" }])).status).toBe(200);
    const timestamp = Date.now();
    const text = canonical("orderExecute", item, timestamp, 5000);
    const response = await fetch(`${sandbox.rest}/api/v1/orders`, {
      method: "POST",
      headers: {
        "x-api-key": alice.account.apiKey,
        "x-signature": ed25519Key(alice.account.apiKey, alice.account.secret).sign(text),
        "x-timestamp": String(timestamp),
      },
      body: JSON.stringify([item, item]),
    });
    expect(await response.json()).toEqual(sample("error-invalid-signature"));
  });
});
