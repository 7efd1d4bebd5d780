import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBpError, manualClock } from "@bp/core";
import { createAgent } from "@bp/signing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startVenue, type TestVenue } from "../test/venue.ts";
import { type Aster, createAster } from "./client.ts";

const start = 1_750_000_000_000;
const order = { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.001" } as const;
let venue: TestVenue;
let state: string;
let client: Aster;
let clock: ReturnType<typeof manualClock>;
beforeEach(async () => {
  venue = await startVenue();
  state = mkdtempSync(join(tmpdir(), "aster-state-"));
  vi.stubEnv("XDG_STATE_HOME", state);
  vi.stubEnv("LOCALAPPDATA", state);
  clock = manualClock(start);
  venue.now = () => clock.now();
  venue.on("GET /fapi/v3/openOrders", () => ({ body: [] }));
  venue.on("DELETE /fapi/v3/order", () => ({ status: 400, body: { code: -2011, msg: "Unknown order sent." } }));
  venue.on("POST /fapi/v3/order", () => ({ status: 400, body: { code: -2019, msg: "Margin is insufficient." } }));
  const agent = createAgent(crypto.getRandomValues(new Uint8Array(32)));
  const at = { restUrl: venue.url };
  const key = { user: agent.address, signer: agent.address, privateKey: agent.privateKey };
  writeFileSync(join(state, "bp"), ""); // something else lies where the folder should be: nothing can be written
  client = createAster({ key, futures: at, spot: at, clock });
});
afterEach(async () => {
  await client.close();
  await venue.close();
  vi.unstubAllEnvs();
  rmSync(state, { recursive: true, force: true });
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (isBpError(error) ? error.code : String(error)),
  );
const nonces = () => venue.asked().map(({ params }) => Number(params.get("nonce")));

describe("an agent whose folder of nonces cannot be used", () => {
  it("looks and cancels, each time with another nonce that the venue takes, and places nothing", async () => {
    const { trade } = client.futures.rest;
    expect(await codeOf(trade.openOrders({ symbol: "BTCUSDT" }))).toBe("done");
    for (let count = 0; count < 20; count++)
      expect(await codeOf(trade.cancel({ symbol: "BTCUSDT", orderId: "1" }))).toBe("done");
    expect(await codeOf(trade.place(order))).toMatch(/^signing\/nonce-/);
    const seen = nonces();
    expect([seen.length, new Set(seen).size]).toEqual([21, 21]);
    for (const nonce of seen) expect(Math.abs(nonce / 1_000 - start)).toBeLessThan(9_000);
  });

  it("places again when the folder can be used and the time is past the nonces that it had to take", async () => {
    const { trade } = client.futures.rest;
    expect(await codeOf(trade.place(order))).toBe("signing/nonce-store");
    await trade.openOrders({ symbol: "BTCUSDT" });
    rmSync(join(state, "bp"));
    expect(await codeOf(trade.place(order))).toBe("signing/nonce-spent");
    expect(await codeOf(trade.openOrders({ symbol: "BTCUSDT" }))).toBe("done");
    clock.advance(9_000);
    expect(await codeOf(trade.place(order))).toBe("venue/refused");
    const seen = nonces();
    expect(seen.at(-1)).toBeGreaterThan(Math.max(...seen.slice(0, -1)));
  });

  it("places again within 9 s, however often it looks meanwhile, with nonces that a venue takes which keeps the latest 100", async () => {
    const { trade } = client.futures.rest;
    const cancel = () => trade.cancel({ symbol: "BTCUSDT", orderId: "1" });
    for (let count = 0; count < 150; count++) expect(await codeOf(cancel())).toBe("done");
    rmSync(join(state, "bp"));
    const placed: string[] = [];
    for (let seconds = 0; seconds < 9; seconds++) {
      placed.push(await codeOf(trade.place(order)));
      for (let count = 0; count < 10; count++)
        expect(await codeOf(trade.openOrders({ symbol: "BTCUSDT" }))).toBe("done");
      clock.advance(1_000);
    }
    placed.push(await codeOf(trade.place(order)));
    expect([placed[0], placed.at(-1)]).toEqual(["signing/nonce-spent", "venue/refused"]);
    expect(await codeOf(cancel())).toBe("done");
    const kept: number[] = [];
    for (const nonce of nonces()) {
      expect(kept).not.toContain(nonce);
      expect(nonce).toBeGreaterThan(kept.length < 100 ? 0 : (kept[0] ?? 0));
      kept.push(nonce);
      kept.sort((one, other) => one - other);
      if (kept.length > 100) kept.shift();
    }
  });
});
