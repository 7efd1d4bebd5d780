// The sandbox's own door, and faults as JSON.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBpError } from "@bp/core";
import { scriptedMarket } from "@bp/sim";
import { afterEach, describe, expect, it } from "vitest";
import { btc, type Played, playAster } from "./aster/trial.fixture.ts";
import { listenTo } from "./ear.fixture.ts";
import { type FaultPlan, readFaultPlan } from "./faultPlan.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";

let played: Played | undefined;
let alone: Sandbox | undefined;
afterEach(async () => {
  await played?.sandbox.close();
  await alone?.close();
  played = undefined;
  alone = undefined;
});

const door = ({ sandbox }: Played) => {
  const { control } = sandbox;
  if (control === undefined) throw new Error("no control");
  return async (method: string, path: string, body?: unknown, token = control.token) =>
    fetch(control.url + path, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
};

describe("control", () => {
  it("gives the books of record of all venues to who has the token", async () => {
    played = await playAster({}, { control: true });
    const ask = door(played);
    const ledger = (await (await ask("GET", "/sandbox/ledger")).json()) as Record<
      string,
      { accounts: Record<string, unknown> }
    >;
    expect(Object.keys(ledger)).toEqual(["backpack", "aster-futures", "aster-spot"]);
    expect(ledger["aster-spot"]?.accounts["alice"]).toMatchObject({
      balances: [{ asset: "USDT", free: "100000" }, {}, {}, {}, {}],
    });
    expect((await ask("GET", "/sandbox/ledger", undefined, "guess")).status).toBe(401);
    expect((await ask("GET", "/sandbox/other")).status).toBe(404);
  });

  it("sets faults up for one venue or all, and mends them", async () => {
    played = await playAster({}, { control: true });
    const ask = door(played);
    const time = async (service: "futures" | "spot") => {
      const prefix = service === "futures" ? "/fapi" : "/api";
      return fetch(`${played?.site(service).rest}${prefix}/v3/time`);
    };
    const plan: FaultPlan = {
      faults: [{ venue: "aster-futures", request: { path: "/fapi/*/time" }, do: "unknown", count: 2 }],
    };
    expect((await ask("POST", "/sandbox/faults", plan)).status).toBe(200);
    expect([(await time("futures")).status, (await time("spot")).status]).toEqual([503, 200]);
    expect(await (await time("futures")).json()).toMatchObject({ code: -1007 });
    expect((await time("futures")).status).toBe(200);
    await ask("POST", "/sandbox/faults", { faults: [{ do: "ban", seconds: 30 }, { clockOffsetMs: 8000 }] });
    const banned = await time("spot");
    expect([banned.status, banned.headers.get("retry-after")]).toEqual([418, "30"]);
    expect((await ask("DELETE", "/sandbox/faults")).status).toBe(200);
    const mended = (await (await time("spot")).json()) as { serverTime: number };
    expect(Math.abs(mended.serverTime - Date.now())).toBeLessThan(4000); // it was 8,000 off
    const wrong = await ask("POST", "/sandbox/faults", { faults: [{ do: "explode" }] });
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      { ok: false, why: expect.stringContaining("body.faults.0") },
    ]);
  });

  it("is not there unless it is asked for", async () => {
    alone = await startSandbox({ market: scriptedMarket([]) });
    expect(alone.control).toBeUndefined();
    expect(alone.aster).toBeUndefined();
  });
});

describe("a fault plan", () => {
  it("executes an order and denies it, loses and delays frames, cuts sockets again and again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bp-faults-"));
    const file = join(folder, "faults.json");
    const plan: FaultPlan = {
      faults: [
        { venue: "aster-futures", request: { method: "POST", path: "/fapi/v3/order" }, do: "unknown", after: 1 },
        { venue: "aster-futures", stream: "btcusdt@aggTrade", do: "drop", count: 2 },
        { venue: "aster-futures", stream: "btcusdt@bookTicker", do: "late", ms: 20, count: -1 },
        { venue: "aster-spot", sockets: "cut", inMs: 30, everyMs: 30 },
        { venue: "aster-spot", sockets: "refuse" },
      ],
    };
    writeFileSync(file, JSON.stringify(plan));
    played = await playAster({}, { faults: file });
    const alice = played.caller("futures");
    const order = {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "0.01",
      price: "59800",
    };
    expect((await alice.v3("POST", "/fapi/v3/order", order)).status).toBe(200);
    expect((await alice.v3("POST", "/fapi/v3/order", order)).status).toBe(503);
    expect(played.site("futures").ledger().accounts["alice"]?.orders).toHaveLength(2);
    const ear = await listenTo(played.site("futures").ws, "/ws/btcusdt@aggTrade");
    for (let count = 0; count < 3; count++) {
      played.futures.take(btc, "buy", 599_100, 1);
      played.pass(1);
    }
    expect((await ear.next(() => true)).a).toBe(3);
    await expect(listenTo(played.site("spot").ws, "/ws")).rejects.toThrow("503");
    const first = await listenTo(played.site("spot").ws, "/ws");
    expect(await first.closed).toBe(1006);
  });

  it("says where it is wrong", async () => {
    const wrong = [
      "{",
      '{"faults":[{"venue":"mars","sockets":"cut"}]}',
      '{"faults":[{"request":{"path":"/x"},"do":"delay"}]}',
      '{"faults":[{"request":{},"do":"hang","cuont":2}]}',
    ];
    for (const text of wrong) {
      let thrown: unknown;
      try {
        readFaultPlan(text, "plan.json");
      } catch (error) {
        thrown = error;
      }
      expect(isBpError(thrown, "config/invalid")).toBe(true);
    }
    const missing: unknown = await startSandbox({ faults: "/nowhere/faults.json" }).catch((error: unknown) => error);
    expect(isBpError(missing, "config/unreadable")).toBe(true);
  });
});
