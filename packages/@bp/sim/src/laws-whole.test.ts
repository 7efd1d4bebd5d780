// Everything that the exchange can do, mixed by chance: what must hold after each step of it.
import { Big, type Instrument, instrument, lots, millis, random, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderRequest, PositionSide, ReferencePrice, SimFact } from "./contract.ts";
import { createExchange, type Exchange } from "./index.ts";
import { scriptedMarket } from "./scripted.ts";
import { marketOrder, order, perp, spot, start } from "./trial.fixture.ts";

const inUsdt: Instrument = instrument({ ...perp, id: "aster-futures:SOLUSDT", quote: "USDT", minSize: "0.01" });
const markets = [spot, perp, inUsdt];
const perps = [perp, inUsdt];
const people = ["netty", "hedger", "lonely", "rich", "poor"] as const;

function stageOf() {
  const market = scriptedMarket(markets);
  const exchange = createExchange({
    start,
    market,
    maxLeverage: 125,
    collateral: { USDT: { weight: 1, price: 1 }, USDC: { weight: 0.99, price: 1 }, SOL: { weight: 0.8, price: 100 } },
    brackets: {
      [inUsdt.id]: [
        { floor: 0, cap: 2_000, rate: 0.005, cum: 0 },
        { floor: 2_000, cap: 1e9, rate: 0.01, cum: 10 },
      ],
    },
    accounts: people.map((name) => ({
      name,
      balances: name === "poor" ? { USDC: "60", USDT: "2", SOL: "0.1" } : { USDC: "600", USDT: "300", SOL: "8" },
      leverage: name === "poor" ? 50 : 10,
      positionMode: name === "hedger" || name === "lonely" ? ("hedge" as const) : ("one-way" as const),
      multiAssets: name === "rich" || name === "poor",
    })),
  });
  for (const { id } of perps) exchange.setMarginType("lonely", id, "isolated");
  const facts: SimFact[] = [];
  exchange.listen((fact) => facts.push(fact));
  return { exchange, market, facts };
}

/** Some hundred steps of everything, from a seed; `check` looks after each. */
function storm(seed: number, steps: number, check: (exchange: Exchange) => void = () => undefined) {
  const stage = stageOf();
  const { exchange, market } = stage;
  const chance = random(seed);
  const one = <T>(list: readonly [T, ...T[]]): T => list[chance.whole(0, list.length - 1)] ?? list[0];
  let now = start;
  for (const { id } of markets) market.hands.mark(id, 10_000, 10_000);
  for (let step = 0; step < steps; step++) {
    const who = one(people);
    const each = one([spot, perp, inUsdt]);
    const side = one(["buy", "sell"] as const);
    const hedged = exchange.positionMode(who) === "hedge" && each.kind === "perp";
    const price = ticks(10_000 + chance.whole(-15, 15));
    const size = lots(chance.whole(1, 400));
    const positionSide = one<PositionSide>(["long", "short"]);
    const common: Partial<OrderRequest> = {
      selfTradePrevention: one(["reject-taker", "reject-maker", "reject-both"] as const),
      ...(hedged ? { positionSide } : {}),
      ...(each.kind === "perp" && !hedged && chance.next() < 0.2 ? { reduceOnly: true } : {}),
    };
    const by = one<ReferencePrice>(["last", "mark", "index"]);
    const dice = chance.next();
    if (dice < 0.22) exchange.place(who, order(each.id, side, price, size, common));
    else if (dice < 0.27)
      exchange.place(
        who,
        order(each.id, side, price, size, {
          ...common,
          postOnly: true,
          whenCrossing: one(["refuse", "expire"] as const),
        }),
      );
    else if (dice < 0.32) exchange.place(who, marketOrder(each.id, side, { size }, common));
    else if (dice < 0.4) {
      const trigger = { price: ticks(10_000 + chance.whole(-20, 20)), by, when: one(["above", "below"] as const) };
      const { size: _, ...whole } = marketOrder(each.id, side, { size }, { ...common, reduceOnly: false, trigger });
      const kind = chance.whole(0, 2);
      if (kind === 0) exchange.place(who, order(each.id, side, price, size, { ...common, trigger }));
      else if (kind === 1) exchange.place(who, { ...whole, closePosition: true });
      else {
        const trailing = { callback: 0.001, by };
        exchange.place(who, marketOrder(each.id, side, { size }, { ...common, trailing }));
      }
    } else if (dice < 0.46) {
      const up = { trigger: { price: ticks(price + 12), by, when: "above" } } as const;
      const down = { trigger: { price: ticks(price - 12), by, when: "below" }, limit: ticks(price - 14) } as const;
      const attached = side === "buy" ? { takeProfit: up, stopLoss: down } : { takeProfit: down, stopLoss: up };
      exchange.place(who, order(each.id, side, price, size, { ...common, reduceOnly: false, attached }));
    } else if (dice < 0.54) {
      const open = exchange.openOrders(who);
      const chosen = open[chance.whole(0, open.length)];
      if (chosen !== undefined) {
        const which = { instrument: chosen.instrument, id: chosen.id };
        if (chance.next() < 0.7) exchange.amend(who, which, chance.next() < 0.5 ? { size } : { price, size });
        else exchange.cancel(who, which);
      }
    } else if (dice < 0.7) market.hands.place(order(each.id, side, price, size));
    else if (dice < 0.74) market.hands.level(each.id, side === "buy" ? "bid" : "ask", price, size);
    else if (dice < 0.78) market.hands.print(each.id, price, size, side);
    else if (dice < 0.88) {
      const wild = chance.next() < 0.1 ? 2_500 : 60;
      market.hands.mark(each.id, 10_000 + chance.whole(-wild, wild), 10_000 + chance.whole(-30, 30));
    } else if (dice < 0.9)
      exchange.transfer(who, one(people), one(["USDC", "USDT", "SOL"]), String(chance.next() * 20));
    else if (dice < 0.92)
      exchange.addIsolated(who, each.id, String(chance.whole(-20, 20)), hedged ? positionSide : undefined);
    else if (dice < 0.94) exchange.setLeverage(who, chance.whole(1, 125), each.id);
    else if (dice < 0.95) exchange.setPositionMode(who, one(["hedge", "one-way"] as const));
    else if (dice < 0.96) exchange.setMarginType(who, each.id, one(["cross", "isolated"] as const));
    else if (dice < 0.97) exchange.setMultiAssets(who, chance.next() < 0.5);
    else if (dice < 0.98) exchange.cancelAll(who, each.id, one([undefined, "resting", "waiting"] as const));
    else {
      now = millis(now + chance.whole(1, 1_800_000));
      exchange.advance(now);
    }
    check(exchange);
  }
  return stage;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const law = (holds: (seed: number) => void, numRuns: number) => fc.assert(fc.property(seeds, holds), { numRuns });

describe("whatever is done with triggers, sides, isolated margin and several assets", () => {
  it("keeps every cent, after every step", () => {
    law((seed) => {
      storm(seed, 150, (exchange) => {
        for (const { accounts, others, house, deposits, asset } of exchange.ledger())
          expect(new Big(accounts).plus(others).plus(house).minus(deposits).toFixed(), asset).toBe("0");
      });
    }, 25);
  });

  it("has no order both resting and waiting, and shows in the book what rests", () => {
    law((seed) => {
      storm(seed, 150, (exchange) => {
        const resting = new Map<string, number>();
        for (const who of people)
          for (const each of exchange.openOrders(who)) {
            const waits = each.trigger !== undefined || each.trailing !== undefined;
            const waiting = each.status === "waiting";
            expect([waiting && !waits, waiting && each.filled > 0]).toEqual([false, false]);
            expect(each.triggeredAt !== undefined).toBe(waits && !waiting);
            if (waiting) continue;
            const level = `${each.instrument} ${each.side} ${each.price}`;
            resting.set(level, (resting.get(level) ?? 0) + (each.size ?? 0) - each.filled);
          }
        for (const { id } of markets) {
          const { bids, asks } = exchange.book(id);
          expect(bids[0]?.[0] ?? 0).toBeLessThan(asks[0]?.[0] ?? Infinity);
          const shown = new Map<string, number>([
            ...bids.map(([price, size]) => [`${id} buy ${price}`, size] as const),
            ...asks.map(([price, size]) => [`${id} sell ${price}`, size] as const),
          ]);
          const hidden = [...resting].filter(([key, size]) => key.startsWith(`${id} `) && (shown.get(key) ?? 0) < size);
          expect(hidden).toEqual([]);
        }
      });
    }, 15);
  });

  it("has positions that are the sums of the fills of their side, long ones long and short ones short", () => {
    law((seed) => {
      const { exchange } = storm(seed, 300);
      for (const who of people) {
        const sums = new Map<string, number>();
        for (const { instrument: id, side, size, positionSide } of exchange.fills(who)) {
          if (id === spot.id) continue;
          const key = `${id} ${positionSide ?? "net"}`;
          sums.set(key, (sums.get(key) ?? 0) + (side === "buy" ? size : -size));
        }
        const turned = [...sums].filter(([key, size]) =>
          key.endsWith("long") ? size < 0 : key.endsWith("short") && size > 0,
        );
        expect(turned).toEqual([]);
        const held = new Map<string, number>();
        for (const { instrument: id, size, positionSide } of exchange.positions(who))
          held.set(`${id} ${positionSide ?? "net"}`, size);
        expect(held).toEqual(new Map([...sums].filter(([, size]) => size !== 0)));
      }
    }, 40);
  });

  it("locks exactly what resting orders need, and nothing without them", () => {
    law((seed) => {
      const { exchange } = storm(seed, 300);
      for (const who of people) {
        let usdc = new Big(0);
        let sol = new Big(0);
        for (const { status, side, size, filled, price } of exchange.openOrders(who, spot.id)) {
          const rest = status === "waiting" ? 0 : (size ?? 0) - filled;
          if (side === "sell") sol = sol.plus(new Big(rest).times("0.01"));
          else usdc = usdc.plus(new Big(rest).times(price ?? 0).times("0.0001"));
        }
        const locked = new Map(exchange.balances(who).map((each) => [each.asset, each.locked]));
        expect([locked.get("USDC"), locked.get("SOL"), locked.get("USDT")]).toEqual([
          usdc.toFixed(),
          sol.toFixed(),
          "0",
        ]);
        for (const { id } of markets) exchange.cancelAll(who, id);
        expect(exchange.openOrders(who)).toEqual([]);
        for (const each of exchange.balances(who)) expect(each.locked).toBe("0");
        const carried = exchange.positions(who).some(({ isolated }) => isolated === undefined);
        expect(carried || exchange.margin(who, "USDC").initial === "0").toBe(true);
        for (const { instrument: id, isolated } of exchange.positions(who))
          expect(isolated !== undefined).toBe(exchange.marginType(who, id) === "isolated");
      }
    }, 40);
  });

  it("tells each order's life in order: no fill, no end twice, nothing after the end", () => {
    law((seed) => {
      const { facts } = storm(seed, 300);
      const lives = new Map<string, string[]>();
      for (const fact of facts)
        if ("order" in fact) lives.set(fact.order.id, [...(lives.get(fact.order.id) ?? []), fact.type]);
      for (const told of lives.values()) {
        const ends = told.filter((type) => /cancelled|expired|trigger-failed/.test(type));
        expect(ends, told.join()).toEqual(ends.length > 0 ? told.slice(-1) : []);
        const fires = told.indexOf("order-triggered");
        const before = told.slice(0, fires < 0 ? told.length : fires);
        const waited = told[0] !== "order-waiting" || before.every((type) => /waiting|modified|cancelled/.test(type));
        const began = fires < 0 || /accepted|trigger-failed/.test(told[fires + 1] ?? "");
        expect([waited, began], told.join()).toEqual([true, true]);
      }
    }, 40);
  });

  it("says the same thing for the same seed", () => {
    law((seed) => {
      expect(storm(seed, 150).facts).toEqual(storm(seed, 150).facts);
    }, 10);
  });
});
