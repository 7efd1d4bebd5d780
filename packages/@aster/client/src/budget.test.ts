import { manualClock } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixture, fixtureText, startVenue, type TestVenue } from "../test/venue.ts";
import { createAsterBudget, type RateLimit, sharedLimits } from "./budget.ts";
import { createAster } from "./client.ts";

const start = 1_700_000_000_000;
const told = (name: string) => fixture(name) as { readonly rateLimits: readonly RateLimit[] }; // a payload of the reference

describe("createAsterBudget", () => {
  it("uses half of what is documented until the venue has told its own limits, then nine tenths of those", () => {
    const clock = manualClock(start);
    const capacities = (service: "futures" | "spot") => {
      const { budget, applyLimits } = createAsterBudget(sharedLimits(service, clock), clock);
      const now = () => budget.usage().map(({ counts, perMs, capacity }) => [counts, perMs, capacity]);
      const before = now();
      applyLimits(told(`${service}-rest-exchangeInfo.json`));
      return [before, now()];
    };
    expect(capacities("futures")).toEqual([
      [
        ["weight", 60_000, 1_200],
        ["orders", 60_000, 600],
        ["orders", 10_000, 150],
      ],
      [
        ["weight", 60_000, 2_160],
        ["orders", 60_000, 1_080],
        ["orders", 10_000, 270],
      ],
    ]);
    expect(capacities("spot")).toEqual([
      [
        ["weight", 60_000, 3_000],
        ["orders", 60_000, 3_000],
        ["orders", 10_000, 150],
      ],
      [
        ["weight", 60_000, 5_400],
        ["orders", 60_000, 5_400],
        ["orders", 10_000, 900],
      ],
    ]);
  });

  it("forgets nothing that was spent, and passes over limits that it cannot keep", () => {
    const clock = manualClock(start);
    const { budget, applyLimits } = createAsterBudget(sharedLimits("futures", clock), clock);
    for (let taken = 0; taken < 100; taken++) expect(budget.tryTake("trade", { weight: 1, orders: 1 })).toBe(true);
    applyLimits({
      rateLimits: [
        { rateLimitType: "ORDERS", interval: "SECOND", intervalNum: 10, limit: 112 },
        { rateLimitType: "ORDERS", interval: "DAY", intervalNum: 1, limit: 5 },
        { rateLimitType: "ORDERS", interval: "MINUTE", intervalNum: 1, limit: 0 },
        { rateLimitType: "RAW_REQUESTS", interval: "MINUTE", intervalNum: 1, limit: 1 },
      ],
    });
    expect(budget.usage().map(({ capacity, used }) => [capacity, used])).toEqual([
      [1_200, 100],
      [600, 100],
      [100, 100],
    ]);
    expect(budget.tryTake("trade", { weight: 1, orders: 1 })).toBe(false);
    expect(budget.tryTake("cancel", { weight: 1 })).toBe(true); // cancels are no orders
    clock.advance(10_000);
    expect(budget.tryTake("trade", { weight: 1, orders: 1 })).toBe(true);
  });

  it("leaves a fifth to cancels", () => {
    const clock = manualClock(start);
    const { budget } = createAsterBudget(sharedLimits("futures", clock), clock);
    while (budget.tryTake("read", { weight: 10 }));
    expect(budget.usage()[0]?.used).toBe(960);
    expect([budget.tryTake("trade", 1), budget.tryTake("cancel", 240), budget.tryTake("cancel", 1)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("shares the weight of an address and not the orders of an account", () => {
    const clock = manualClock(start);
    const limits = sharedLimits("futures", clock);
    const [one, other] = [createAsterBudget(limits, clock).budget, createAsterBudget(limits, clock).budget];
    for (let taken = 0; taken < 120; taken++) one.tryTake("trade", { weight: 1, orders: 1 });
    expect(one.tryTake("trade", { weight: 1, orders: 1 })).toBe(false); // 120 of 150: the rest is for cancels and hedges
    expect([other.free("trade"), other.free("trade", "orders")]).toEqual([840, 120]);
  });
});

describe("headers of an answer", () => {
  let venue: TestVenue;
  beforeEach(async () => {
    venue = await startVenue();
  });
  afterEach(() => venue.close());

  it("tell what others have spent", async () => {
    const clock = manualClock(start);
    venue.now = () => clock.now();
    const at = { restUrl: venue.url };
    const client = createAster({ key: { apiKey: "k", secret: "s" }, clock, futures: at });
    const headers = { "X-MBX-USED-WEIGHT-1M": "700", "x-mbx-order-count-10s": "55", "X-MBX-ORDER-COUNT-1M": "56" };
    venue.on("POST /fapi/v1/order", () => ({ text: fixtureText("futures-rest-order-new.json"), headers }));
    await client.futures.rest.trade.place({ symbol: "A", side: "BUY", type: "MARKET", quantity: "1" });
    expect(client.futures.budget.usage().map(({ used, told: found }) => [used, found?.used])).toEqual([
      [700, 700],
      [56, 56],
      [55, 55],
    ]);
    await client.close();
  });

  it("are heeded together with the limits of exchangeInfo", async () => {
    const clock = manualClock(start);
    const at = { restUrl: venue.url };
    const client = createAster({ clock, futures: at });
    venue.on("GET /fapi/v3/exchangeInfo", () => ({ text: fixtureText("futures-rest-exchangeInfo.json") }));
    const info = await client.futures.rest.market.exchangeInfo();
    client.futures.applyLimits(info);
    expect(client.futures.budget.free("read")).toBe(2_160 * 0.8 - 1);
    await client.close();
  });
});
