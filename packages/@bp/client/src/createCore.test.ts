import { createPrivateKey, sign } from "node:crypto";
import { manualClock } from "@bp/core";
import { createEd25519Pair } from "@bp/signing";
import { createBudget } from "@bp/transport";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixture, fixtureText, type Server, startServer, until } from "../test/server.ts";
import { bind, createBackpackCore, type Ed25519Key, followBook, instrumentOf, publishedFees } from "./core.ts";
import { depth, market } from "./rest/markets/index.ts";
import { cancel, place } from "./rest/orders/index.ts";
import { depth as depthStream, orderUpdates } from "./streams/index.ts";

const { apiKey, secret } = createEd25519Pair();
const prefix = Buffer.from("302e020100300506032b657004220420", "hex"); // PKCS#8 around a seed
const privateKey = createPrivateKey({
  key: Buffer.concat([prefix, Buffer.from(secret.reveal(), "base64")]),
  format: "der",
  type: "pkcs8",
});
/** A key that this package did not make. */
const key: Ed25519Key = {
  publicKey: apiKey,
  sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64"),
};

describe("createBackpackCore", () => {
  let server: Server;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  it("places an order with somebody else's key, and has the endpoints that it was given", async () => {
    server.on("POST /api/v1/order", () => ({ body: fixture("rest-order-limit-new.json") }));
    const core = createBackpackCore({ key, restUrl: server.restUrl, wsUrl: server.wsUrl });
    const orders = bind(core.call, { place });
    expect(Object.keys(orders)).toEqual(["place"]);
    const order = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "1", quantity: "1" } as const;
    expect((await orders.place(order)).status).toBe("New");
    await core.close();
  });

  it("ends a pause for the venue's own word to a cancel alone, and lets no order go to look", async () => {
    const clock = manualClock(1_750_000_000_000);
    const answers = [
      { text: "<html>Access denied</html>" },
      { status: 401, text: "" },
      { text: "{}" },
      { status: 400, body: { code: "INVALID_ORDER", message: "no" } },
    ];
    server.on("DELETE /api/v1/order", () => answers.shift() ?? {});
    server.on("POST /api/v1/order", () => ({ body: fixture("rest-order-limit-new.json") }));
    const budget = createBudget({ capacity: 100, perMs: 60_000, reserved: 0.2, clock });
    const core = createBackpackCore({ key, restUrl: server.restUrl, wsUrl: server.wsUrl, budget });
    const orders = bind(core.call, { place, cancel });
    await core.skew.sync();
    budget.pause(86_400_000);
    for (const well of [false, false, false, true]) {
      clock.advance(60_000);
      await orders.cancel({ symbol: "SOL_USDC", orderId: "1" }).catch(() => undefined);
      expect(budget.pausedMs() === 0).toBe(well);
    }
    budget.pause(86_400_000);
    const order = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "1", quantity: "1" } as const;
    await expect(orders.place(order, { lane: "hedge" })).rejects.toMatchObject({ code: "transport/budget" });
    clock.advance(60_000);
    expect((await orders.place(order, { lane: "hedge" })).status).toBe("New"); // the clock was read to look
    await core.close();
  });

  it("follows a book", async () => {
    const core = createBackpackCore({ restUrl: server.restUrl, wsUrl: server.wsUrl });
    const rest = bind(core.call, { depth, market });
    const instrument = instrumentOf(await rest.market({ symbol: "SOL_USDC_PERP" }), "backpack", publishedFees);
    if (instrument === undefined) throw new Error("the market is none that is traded here");
    const follower = followBook({ instrument });
    core.streams.feed(depthStream("SOL_USDC_PERP")).onBytes((bytes, at) => void follower.frame(bytes, at));
    await until(() => server.wanted.has("depth.SOL_USDC_PERP"));
    follower.snapshot(
      { bids: [["98.90", "1.00"]], asks: [["99.00", "1.00"]], lastUpdateId: 10, timestamp: 1 } as never, // decimals are checked text
      core.clock.now(),
    );
    const frame = { ...(fixture("ws-depth.json") as { data: object }).data, s: "SOL_USDC_PERP", U: 11, u: 11 };
    server.push("depth.SOL_USDC_PERP", { ...frame, b: [["98.91", "2.00"]], a: [] });
    await until(() => follower.lastUpdateId === 11);
    expect(follower.book.valid).toBe(true);
    await core.close();
  });

  it("signs private streams with that key too", async () => {
    const core = createBackpackCore({ key, restUrl: server.restUrl, wsUrl: server.wsUrl });
    const seen: unknown[] = [];
    core.streams.feed(orderUpdates()).on(({ X }) => seen.push(X));
    await until(() => server.wanted.has("account.orderUpdate"));
    server.raw(fixtureText("ws-order-accepted.json"));
    await until(() => seen.length === 1);
    expect(seen).toEqual(["New"]);
    await core.close();
  });

  it("reads public data without a key, and refuses private calls", async () => {
    const core = createBackpackCore({ restUrl: server.restUrl, wsUrl: server.wsUrl });
    expect(core.signs).toBe(false);
    expect((await core.call(depth, { symbol: "SOL_USDC" })).lastUpdateId).toBe(4324522523);
    await expect(core.call(place, {} as never)).rejects.toMatchObject({ code: "config/invalid" }); // nothing of an order is in it
    await core.close();
  });
});
