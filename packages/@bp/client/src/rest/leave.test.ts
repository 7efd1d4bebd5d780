import { isBpError } from "@bp/core";
import { createEd25519Pair } from "@bp/signing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixture, type Server, startServer } from "../../test/server.ts";
import { type Backpack, type BackpackOptions, createBackpack } from "../index.ts";

const pair = createEd25519Pair();
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => {
      if (isBpError(error)) return error;
      throw error;
    },
  );
const order = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "1", quantity: "1" } as const;
const target = { address: "4h5R", blockchain: "Solana", quantity: "25.5", symbol: "USDC" } as const;
let server: Server;
let clients: Backpack[];
const made = (options: BackpackOptions = {}): Backpack => {
  const client = createBackpack({ key: pair, restUrl: server.restUrl, wsUrl: server.wsUrl, ...options });
  clients.push(client);
  return client;
};
beforeEach(async () => {
  server = await startServer();
  clients = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await server.close();
});

describe("withdrawals", () => {
  it("are refused with nothing sent, unless the client was made for them", async () => {
    const { account, capital } = made().rest;
    const delay = { withdrawalDelayHours: 24, twoFactorToken: "123456" };
    const calls = [
      capital.withdraw(target),
      capital.createWithdrawalDelay(delay),
      capital.updateWithdrawalDelay(delay),
      account.issueTwoFactorToken({ app: "123456" }),
    ];
    for (const call of calls) {
      const error = await failure(call);
      expect([error?.code, error?.retry]).toEqual(["config/invalid", "never"]);
      expect(error?.message).toContain('"allowed"');
    }
    expect(server.requests).toEqual([]);
  });

  it("go out once from a client that was made for them", async () => {
    server.on("POST /wapi/v1/capital/withdrawals", () => ({ body: fixture("rest-withdrawal.json") }));
    const { capital } = made({ withdrawals: "allowed" }).rest;
    expect(await capital.withdraw(target)).toMatchObject({ symbol: "USDC", quantity: "25.5" });
    expect(server.requests.filter(({ route }) => route.startsWith("POST"))).toHaveLength(1);
  });

  it("have no nested object: how it is signed is not known", async () => {
    const { capital } = made({ withdrawals: "allowed" }).rest;
    const nested = { ...target, recipientInformation: { withdrawal_address_id: 1 } as unknown as undefined };
    const error = await failure(capital.withdraw(nested));
    expect(error?.code).toBe("config/invalid");
    expect(error?.message).toContain("recipientInformation");
    expect(error?.message).toContain("not documented");
    expect(server.requests).toEqual([]);
  });

  it("show no second factor in a failure", async () => {
    const { capital } = made({ withdrawals: "allowed" }).rest;
    const error = await failure(capital.withdraw({ ...target, twoFactorToken: "428193", quantity: "1e-7" }));
    const wrong = { ...target, twoFactorToken: "428193", more: 1 };
    const other = await failure(capital.withdraw(wrong));
    expect([error?.code, other?.code]).toEqual(["config/invalid", "config/invalid"]);
    expect(JSON.stringify([error?.context, other?.context])).not.toContain("428193");
  });
});

describe("a broker", () => {
  const headersOf = (route: string) => server.requests.find((each) => each.route === route)?.headers["x-broker-id"];

  it("goes into a header of new orders and strategies, and nowhere else", async () => {
    server.on("POST /api/v1/order", () => ({ body: fixture("rest-order-limit-new.json") }));
    server.on("POST /api/v1/orders", () => ({ body: fixture("rest-orders-batch.json") }));
    server.on("POST /api/v1/strategy", () => ({ body: fixture("rest-strategy.json") }));
    const { orders, strategies, account } = made({ brokerId: 65_535 }).rest;
    await orders.place(order);
    await orders.placeBatch([order, order]);
    await strategies.create({ strategyType: "Scheduled", symbol: "SOL_USDC", side: "Bid", quantity: "1" });
    await orders.cancel({ symbol: "SOL_USDC", orderId: "1" });
    await account.get();
    const seen = ["POST /api/v1/order", "POST /api/v1/orders", "POST /api/v1/strategy"].map(headersOf);
    expect(seen).toEqual(["65535", "65535", "65535"]);
    expect([headersOf("DELETE /api/v1/order"), headersOf("GET /api/v1/account")]).toEqual([undefined, undefined]);
    expect(JSON.stringify(server.requests.map(({ body }) => body))).not.toContain("broker");
  });

  it("is nobody where none was named", async () => {
    server.on("POST /api/v1/order", () => ({ body: fixture("rest-order-limit-new.json") }));
    await made().rest.orders.place(order);
    expect(headersOf("POST /api/v1/order")).toBeUndefined();
  });

  it.each([-1, 1.5, 65_536, Number.NaN])("cannot be %s", (brokerId) => {
    expect(() => made({ brokerId })).toThrow(/brokerId/);
  });
});

describe("the withdrawal delay", () => {
  it("is null where none was ever set", async () => {
    server.on("GET /wapi/v1/capital/withdrawals/delay", () => ({ status: 204 }));
    expect(await made().rest.capital.withdrawalDelay()).toBeNull();
  });
});

describe("a change whose good answer is empty", () => {
  it.each([200, 204])("is done after %i, whatever the body says", async (status) => {
    server.on("PATCH /api/v1/account", () => ({ status, ...(status === 200 ? { text: "OK" } : {}) }));
    expect(await made().rest.account.update({ autoLend: true })).toBeUndefined();
  });

  it.each([202, 302, 503])("is not known to be done after %i", async (status) => {
    server.on("PATCH /api/v1/account", () => ({ status }));
    expect((await failure(made().rest.account.update({ autoLend: true })))?.code).toBe("venue/unknown-outcome");
  });

  it("is refused after a word of the venue", async () => {
    server.on("PATCH /api/v1/account", () => ({ status: 400, body: { code: "MAX_LEVERAGE_REACHED" } }));
    const error = await failure(made().rest.account.update({ leverageLimit: "50" }));
    expect(error?.context).toMatchObject({ status: 400, code: "MAX_LEVERAGE_REACHED" });
  });
});

describe("a strategy that is cancelled", () => {
  it("is cancelled, on its way, or not there", async () => {
    const { strategies } = made().rest;
    const which = { symbol: "SOL_USDC", strategyId: "1" };
    const outcomes: string[] = [];
    for (const reply of [
      { body: fixture("rest-strategy.json") },
      { status: 202 },
      { status: 404, body: fixture("error-order-not-found.json") },
    ]) {
      server.on("DELETE /api/v1/strategy", () => reply);
      outcomes.push((await strategies.cancel(which)).outcome);
    }
    expect(outcomes).toEqual(["cancelled", "pending", "not-found"]);
    expect((await failure(strategies.cancel({ ...which, clientStrategyId: 1 })))?.message).toContain("exactly one");
  });
});
