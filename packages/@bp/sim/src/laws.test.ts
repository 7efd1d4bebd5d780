import { Big, lots, millis, random, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderRequest, SelfTradePrevention, SimFact, SimOrder } from "./contract.ts";
import { createExchange, type Exchange } from "./index.ts";
import { generatedMarket } from "./markets/generated.ts";
import { marketOrder, perp, spot, start, type Trial, trial } from "./trial.fixture.ts";

const people = ["alice", "bob"] as const;
const preventions: readonly SelfTradePrevention[] = ["reject-taker", "reject-maker", "reject-both"];

/** A few hundred steps of everything that can be done, from a seed. */
function storm(seed: number, steps: number, delay = 0): Trial {
  const stage = trial({ takerDelayMs: delay, liquidationFee: "0.01" });
  const { exchange, market } = stage;
  const chance = random(seed);
  const others: string[] = [];
  let now = start;
  for (let step = 0; step < steps; step++) {
    const id = chance.next() < 0.5 ? spot.id : perp.id;
    const side = chance.next() < 0.5 ? "buy" : "sell";
    const price = ticks(10_000 + chance.whole(-12, 12));
    const size = lots(chance.whole(1, 400));
    const who = people[chance.whole(0, 1)] ?? "alice";
    const dice = chance.next();
    const request: OrderRequest = {
      instrument: id,
      side,
      type: "limit",
      price,
      size,
      tif: chance.next() < 0.6 ? "gtc" : chance.next() < 0.5 ? "ioc" : "fok",
      postOnly: false,
      reduceOnly: id === perp.id && chance.next() < 0.3,
      selfTradePrevention: preventions[chance.whole(0, 2)] ?? "reject-taker",
    };
    if (dice < 0.35) exchange.place(who, request);
    else if (dice < 0.4) exchange.place(who, { ...request, tif: "gtc", postOnly: true });
    else if (dice < 0.45) exchange.place(who, marketOrder(id, side, { size }));
    else if (dice < 0.5) exchange.place(who, marketOrder(id, side, { quoteSize: String(chance.whole(1, 5_000)) }));
    else if (dice < 0.65) {
      const number = market.hands.place(request);
      if (number !== undefined) others.push(number);
    } else if (dice < 0.7) market.hands.cancel(others[chance.whole(0, others.length)] ?? "0");
    else if (dice < 0.77) {
      const open = exchange.openOrders(who);
      const chosen = open[chance.whole(0, open.length)];
      if (chosen !== undefined) exchange.cancel(who, { instrument: chosen.instrument, id: chosen.id });
    } else if (dice < 0.85) market.hands.level(id, side === "buy" ? "bid" : "ask", price, lots(chance.whole(0, 300)));
    else if (dice < 0.92) market.hands.print(id, price, size, side);
    else if (dice < 0.97) market.hands.mark(perp.id, 10_000 + chance.whole(-300, 300), 10_000);
    else {
      now = millis(now + chance.whole(1, 900_000));
      exchange.advance(now);
    }
    if (delay > 0) {
      now = millis(now + chance.whole(0, 60));
      exchange.advance(now);
    }
  }
  return stage;
}

/** Assets whose money does not add up. */
function lost(exchange: Exchange): readonly unknown[] {
  return exchange
    .ledger()
    .filter((line) => !new Big(line.accounts).plus(line.others).plus(line.house).eq(line.deposits));
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe("whatever is done", () => {
  it("keeps every cent", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(lost(storm(seed, 250).exchange)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps every cent when takers wait", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(lost(storm(seed, 200, 100).exchange)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("agrees with the sum of the fills, the fees and the funding", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { exchange } = storm(seed, 250);
        for (const who of people) {
          let usdc = new Big(10_000);
          let sol = new Big(50);
          const held = new Map<string, number>();
          for (const fill of exchange.fills(who)) {
            const signed = fill.side === "buy" ? fill.size : -fill.size;
            if (fill.instrument === spot.id) {
              usdc = usdc.minus(new Big(signed).times(fill.price).times("0.0001"));
              sol = sol.plus(new Big(signed).times("0.01"));
            } else held.set(fill.instrument, (held.get(fill.instrument) ?? 0) + signed);
            if (fill.feeAsset === "USDC") usdc = usdc.minus(fill.fee);
            else sol = sol.minus(fill.fee);
          }
          for (const paid of exchange.fundingPayments(who)) usdc = usdc.plus(paid.amount);
          const balances = new Map(exchange.balances(who).map((each) => [each.asset, each.total]));
          expect(balances.get("SOL")).toBe(sol.toFixed());
          const [position] = exchange.positions(who);
          expect(position?.size ?? 0).toBe(held.get(perp.id) ?? 0);
          // profit of perpetuals: what was received for what was sold, and the cost of what is held
          let cash = new Big(position?.cost ?? 0);
          for (const fill of exchange.fills(who, perp.id))
            cash = cash.plus(new Big(fill.side === "buy" ? -fill.size : fill.size).times(fill.price).times("0.0001"));
          const bankrupt = exchange.ledger().some((line) => line.asset === "USDC" && new Big(line.house).lt(0));
          expect(bankrupt || new Big(balances.get("USDC") ?? 0).minus(usdc).minus(cash).abs().lt("0.0000000001")).toBe(
            true,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it("never crosses a book, never shows nothing as something", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stage = storm(seed, 60);
        for (const id of [spot.id, perp.id]) {
          const { bids, asks } = stage.exchange.book(id);
          const [bid] = bids;
          const [ask] = asks;
          expect(bid?.[0] ?? 0).toBeLessThan(ask?.[0] ?? Infinity);
          for (const [, size] of [...bids, ...asks]) expect(size).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("never fills an order beyond its size, its limit, or after its end; totals run", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { facts } = storm(seed, 250);
        const totals = new Map<string, number>();
        const gone = new Set<string>();
        for (const fact of facts) {
          if (fact.type === "order-cancelled" || fact.type === "order-expired") gone.add(fact.order.id);
          if (fact.type !== "order-filled") continue;
          const { order, fill } = fact;
          expect(gone.has(order.id)).toBe(false);
          const total = (totals.get(order.id) ?? 0) + fill.size;
          totals.set(order.id, total);
          expect([fill.total, order.filled]).toEqual([total, total]);
          expect(total).toBeLessThanOrEqual(order.size ?? Infinity);
          const worst = order.price ?? fill.price;
          expect(order.side === "buy" ? fill.price <= worst : fill.price >= worst).toBe(true);
          if (order.status === "filled") gone.add(order.id);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("locks exactly what the open orders need, and nothing without them", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { exchange } = storm(seed, 250);
        for (const who of people) {
          let usdc = new Big(0);
          let sol = new Big(0);
          const rest = (order: SimOrder) => (order.size ?? 0) - order.filled;
          for (const order of exchange.openOrders(who, spot.id))
            if (order.side === "sell") sol = sol.plus(new Big(rest(order)).times("0.01"));
            else usdc = usdc.plus(new Big(rest(order)).times(order.price ?? 0).times("0.0001"));
          const locked = new Map(exchange.balances(who).map((each) => [each.asset, each.locked]));
          expect([locked.get("USDC"), locked.get("SOL")]).toEqual([usdc.toFixed(), sol.toFixed()]);
          for (const order of exchange.openOrders(who))
            exchange.cancel(who, { instrument: order.instrument, id: order.id });
          for (const { locked: left } of exchange.balances(who)) expect(left).toBe("0");
          expect(exchange.margin(who).initial === "0" || exchange.positions(who).length > 0).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("says the same thing for the same seed", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(storm(seed, 150).facts).toEqual(storm(seed, 150).facts);
      }),
      { numRuns: 10 },
    );
  });
});

describe("a generated market", () => {
  const digest = (seed: number): number => {
    const from = millis(1_700_000_000_000);
    const exchange = createExchange({ start: from, accounts: [], market: generatedMarket({ seed, start: from }) });
    let hash = 0;
    exchange.listen((fact: SimFact) => {
      const text = JSON.stringify(fact);
      for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    });
    exchange.advance(millis(from + 30_000));
    return hash;
  };

  it("is the same for the same seed, and another for another", () => {
    expect(digest(7)).toBe(digest(7));
    expect(digest(7)).not.toBe(digest(8));
  });

  it("does not depend on the steps in which time passes", () => {
    const from = millis(1_700_000_000_000);
    const run = (stepMs: number) => {
      const exchange = createExchange({ start: from, accounts: [], market: generatedMarket({ seed: 3, start: from }) });
      for (let at = 0; at <= 12_000; at += stepMs) exchange.advance(millis(from + at));
      return exchange.instruments.map((each) => exchange.book(each.id));
    };
    expect(run(12_000)).toEqual(run(3));
  });
});
