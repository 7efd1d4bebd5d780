import { manualClock, millis, random } from "@bp/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fixture, fixtureText, startVenue, type TestVenue } from "../test/venue.ts";
import { createAsterBudget, limitsOfHost, type RateLimit, sharedLimits } from "./budget.ts";
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
    clock.advance(11_000);
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

describe("limitsOfHost", () => {
  it("is one for all clients of a process that go to a host by one way: the venue counts weight by address", () => {
    const clock = manualClock(millis(1_750_000_000_000));
    const limits = (service: "futures" | "spot", url: string, proxy?: string) =>
      limitsOfHost(service, clock, url, proxy);
    const one = createAsterBudget(limits("futures", "http://127.0.0.1:1"), clock);
    const other = createAsterBudget(limits("futures", "http://127.0.0.1:1/fapi"), clock);
    expect(one.budget.tryTake("read", { weight: 900 })).toBe(true);
    expect(other.budget.tryTake("read", { weight: 900 })).toBe(false);
    expect(other.budget.tryTake("trade", { orders: 100 })).toBe(true); // orders are of each account
    expect(one.budget.tryTake("trade", { orders: 100 })).toBe(true);
    for (const apart of [
      limits("spot", "http://127.0.0.1:1"),
      limits("futures", "http://127.0.0.1:2"),
      limits("futures", "http://127.0.0.1:1", "http://127.0.0.1:3"),
    ])
      expect(createAsterBudget(apart, clock).budget.tryTake("read", { weight: 900 })).toBe(true);
  });

  it("keeps a minute by the venue's own clock, and ten seconds, however long requests are on their way", async () => {
    const clock = manualClock(millis(1_750_000_000_000));
    const dice = random(4);
    const { budget, applyLimits } = createAsterBudget(limitsOfHost("futures", clock, "http://127.0.0.1:1"), clock);
    applyLimits({
      rateLimits: [
        { rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: 2_400 },
        { rateLimitType: "ORDERS", interval: "MINUTE", intervalNum: 1, limit: 1_200 },
        { rateLimitType: "ORDERS", interval: "SECOND", intervalNum: 10, limit: 300 },
      ],
    });
    const counts = new Map<string, number>();
    const arrive = (orders: number) => {
      const at = clock.now() + dice.next() * 900;
      for (const [name, ms, cost] of [
        ["weight", 60_000, 1],
        ["minute", 60_000, orders],
        ["tenSeconds", 10_000, orders],
      ] as const) {
        const key = `${name} ${Math.floor(at / ms)}`;
        counts.set(key, (counts.get(key) ?? 0) + cost);
      }
    };
    let held = 0;
    for (let passed = 0; passed < 130_000; passed += 50) {
      for (let wish = 0; wish < 4; wish++)
        budget.take("trade", { weight: 1, orders: 1 }).then(
          () => arrive(1),
          () => undefined, // stood in line for too long
        );
      if (passed % 500 === 0) {
        const isHedge = passed % 1_000 === 0;
        if (budget.tryTake("cancel", isHedge ? { weight: 1, orders: 1 } : { weight: 1 })) arrive(isHedge ? 1 : 0);
        else held += 1;
      }
      for (let hop = 0; hop < 6; hop++) await Promise.resolve();
      clock.advance(50);
    }
    const most = (name: string) =>
      Math.max(...[...counts].filter(([key]) => key.startsWith(`${name} `)).map(([, count]) => count));
    expect(held).toBe(0);
    expect(most("weight")).toBeLessThanOrEqual(2_400);
    expect(most("minute")).toBeLessThanOrEqual(1_200);
    expect(most("minute")).toBeGreaterThan(700); // and it was used
    expect(most("tenSeconds")).toBeLessThanOrEqual(300);
  });
});
