import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentKey, createAgent, createNonces, verifyEip712 } from "@bp/signing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixtureText, signerOf, startVenue, type TestVenue } from "../test/venue.ts";
import { createAster } from "./client.ts";
import { type AsterCore, bind, createAsterCore, withAgent, withAgentKey, withHmac, withHmacKey } from "./core.ts";
import { openOrders, place } from "./rest/futures/trade/index.ts";
import * as spotTrade from "./rest/spot/trade/index.ts";
import type { KeySource } from "./sign.ts";

const agent = createAgent(new Uint8Array(32).fill(9));
const order = { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "1" } as const;

let venue: TestVenue;
let core: AsterCore;
let state: string | undefined;
beforeEach(async () => {
  state = process.env["XDG_STATE_HOME"];
  process.env["XDG_STATE_HOME"] = mkdtempSync(join(tmpdir(), "aster-state-")); // nonces of processes are told there
  venue = await startVenue();
  for (const path of ["/fapi/v1/order", "/fapi/v3/order"])
    venue.on(`POST ${path}`, () => ({ text: fixtureText("futures-rest-order-new.json") }));
  for (const path of ["/fapi/v3/openOrders", "/api/v3/openOrders"]) venue.on(`GET ${path}`, () => ({ body: [] }));
});
afterEach(async () => {
  await core.close();
  await venue.close();
  rmSync(process.env["XDG_STATE_HOME"] ?? "", { recursive: true, force: true });
  if (state === undefined) delete process.env["XDG_STATE_HOME"];
  else process.env["XDG_STATE_HOME"] = state;
});
const connect = (key: KeySource) => {
  const at = { restUrl: venue.url };
  core = createAsterCore({ key, futures: at, spot: at, timeoutMs: 60_000 });
  return core;
};

describe("createAsterCore", () => {
  it("signs by whatever it is handed", async () => {
    const sign = (text: string) => createHmac("sha256", "s3cret").update(text).digest("hex");
    const key = agentKey({ signer: agent.address, privateKey: agent.privateKey, chainId: 1666 });
    const nonces = createNonces({ signer: agent.address, scope: "process" });
    const ways: readonly (readonly [KeySource, string])[] = [
      [withHmacKey({ apiKey: "k", sign }, { recvWindowMs: 1_000 }), "v1"],
      [withHmac({ apiKey: "k", secret: "s3cret" }), "v1"],
      [withAgentKey(key, nonces), agent.address],
      [withAgent({ user: agent.address, signer: agent.address, privateKey: agent.privateKey, nonces }), agent.address],
    ];
    for (const [source, by] of ways) {
      const trade = bind(connect(source).futures.call, { place });
      expect(await trade.place(order)).toMatchObject({ orderId: "22542179" });
      const sent = venue.asked().at(-1);
      expect(sent === undefined ? undefined : signerOf(sent, "s3cret", 1666)).toBe(by);
      await core.close();
    }
    expect(venue.asked()[0]?.text).toContain("&recvWindow=1000&");
  });

  it("refuses a window that the venue would not take", () => {
    connect(withHmac({ apiKey: "k", secret: "s" }));
    for (const recvWindowMs of [0, 1.5, 60_001])
      expect(() => withHmac({ apiKey: "k", secret: "s", recvWindowMs })).toThrow("recvWindowMs");
    expect(() => createAster({ key: { apiKey: "k", secret: "s" }, recvWindowMs: -1 })).toThrow("recvWindowMs");
  });

  it("uses no nonce twice, in both services at once, and each near the time", async () => {
    const source = withAgent({
      user: agent.address,
      signer: agent.address,
      privateKey: agent.privateKey,
      nonces: createNonces({ signer: agent.address, scope: "process" }),
    });
    const { futures, spot } = connect(source);
    const from = Date.now();
    const reads = Array.from({ length: 150 }, () => [
      futures.call(openOrders, { symbol: "A" }),
      spot.call(spotTrade.openOrders, { symbol: "A" }),
    ]);
    await Promise.all(reads.flat());
    const nonces = venue.asked().map(({ params }) => Number(params.get("nonce")));
    expect([nonces.length, new Set(nonces).size]).toEqual([300, 300]);
    expect(Math.min(...nonces) / 1_000).toBeGreaterThan(from - 3_000);
    expect(Math.max(...nonces) / 1_000).toBeLessThan(Date.now() + 3_000);
    for (const { text } of venue.asked().slice(0, 20)) {
      const [signed = "", signature = ""] = text.split("&signature=");
      expect(verifyEip712(agent.address, signed, signature, 1666)).toBe(true);
    }
  });

  it("goes by the venue's clock", async () => {
    venue.now = () => Date.now() + 8_000;
    const own = { user: agent.address, signer: agent.address, privateKey: agent.privateKey };
    const { futures } = connect(withAgent(own)); // its allocator is its own, and goes by this clock
    let nonce = 0;
    const onNonce = (used: number) => {
      nonce = used;
    };
    const from = venue.now();
    const expectNear = (time: number) => {
      expect(time).toBeGreaterThan(from - 3_000);
      expect(time).toBeLessThan(venue.now() + 3_000);
    };
    await futures.call(openOrders, { symbol: "A" }, { onNonce });
    expectNear(nonce / 1_000);
    await core.close();
    connect(withHmac({ apiKey: "k", secret: "s" }));
    venue.on("GET /fapi/v1/openOrders", () => ({ body: [] }));
    await core.futures.call(openOrders, { symbol: "A" });
    expectNear(Number(venue.asked().at(-1)?.params.get("timestamp")));
  });
});
