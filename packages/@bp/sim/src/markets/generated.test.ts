import { type InstrumentId, millis, notionalOf } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createExchange } from "../exchange.ts";
import { order, start } from "../trial.fixture.ts";
import { defaultMarkets } from "./default.ts";
import { generatedMarket } from "./generated.ts";

/** Ten minutes of all default markets, looked at every second. */
function watch(seed: number) {
  const exchange = createExchange({ start, accounts: [], market: generatedMarket({ seed, start }) });
  const counts = new Map<string, number>();
  const mids = new Map<InstrumentId, number[]>();
  const spreads = new Map<InstrumentId, number[]>();
  const depths = new Map<InstrumentId, number[]>();
  exchange.listen((fact) => {
    if (fact.type !== "trade" && fact.type !== "depth" && fact.type !== "mark") return;
    const key = `${fact.type} ${fact.instrument}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const note = (map: Map<InstrumentId, number[]>, id: InstrumentId, value: number) =>
    map.set(id, [...(map.get(id) ?? []), value]);
  for (let second = 0; second < 600; second++) {
    exchange.advance(millis(start + second * 1_000));
    for (const instrument of exchange.instruments) {
      const { bids, asks } = exchange.book(instrument.id);
      const bid = bids[0]?.[0];
      const ask = asks[0]?.[0];
      if (bid === undefined || ask === undefined) {
        note(depths, instrument.id, 0);
        continue;
      }
      note(mids, instrument.id, (bid + ask) / 2);
      note(spreads, instrument.id, ask - bid);
      const near = bids
        .filter(([price]) => price >= bid * 0.99)
        .reduce((sum, [price, size]) => sum + notionalOf(instrument, price, size).toNumber(), 0);
      note(depths, instrument.id, near);
    }
  }
  return { exchange, counts, mids, spreads, depths };
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

describe("generatedMarket", () => {
  for (const seed of [1, 2, 3])
    it(`is lively and stays near where it began, seed ${seed}`, () => {
      const { exchange, counts, mids, spreads, depths } = watch(seed);
      for (const { id } of exchange.instruments) {
        const seen = mids.get(id) ?? [];
        const first = seen[0] ?? 0;
        expect(Math.max(...seen) / first).toBeLessThan(1.04);
        expect(Math.min(...seen) / first).toBeGreaterThan(0.96);
        expect(counts.get(`trade ${id}`) ?? 0).toBeGreaterThan(600 * 3);
        expect(counts.get(`depth ${id}`) ?? 0).toBeGreaterThan(600 * 4);
        expect(counts.get(`mark ${id}`)).toBe(599); // the first came before anybody listened
        expect(Math.min(...(depths.get(id) ?? []))).toBeGreaterThan(60);
      }
      const sol = spreads.get("backpack:SOL_USDC") ?? [];
      expect(middle(sol)).toBeGreaterThanOrEqual(1);
      expect(middle(sol)).toBeLessThanOrEqual(3);
      const [spot, perp] = [mids.get("backpack:SOL_USDC") ?? [], mids.get("backpack:SOL_USDC_PERP") ?? []];
      const apart = spot.map((mid, at) => Math.abs(mid - (perp[at] ?? 0)) / mid);
      expect(middle(apart)).toBeLessThan(0.001);
    });

  it("fills quotes 0.05 to 0.25 % from the mid within some seconds", () => {
    const id = "backpack:SOL_USDC_PERP";
    for (const [distance, bound] of [
      [0.0005, 6],
      [0.001, 12],
      [0.0025, 40],
    ] as const) {
      const exchange = createExchange({
        start,
        accounts: [{ name: "alice", balances: { USDC: "1000000" } }],
        market: generatedMarket({ seed: 5, start }),
      });
      let now = 3_000;
      exchange.advance(millis(start + now));
      const waits: number[] = [];
      for (let round = 0; round < 40; round++) {
        const { bids, asks } = exchange.book(id, 1);
        const mid = ((bids[0]?.[0] ?? 0) + (asks[0]?.[0] ?? 0)) / 2;
        // a quote on each side, as a maker keeps them: what counts is the first fill
        exchange.place("alice", order(id, "buy", Math.floor(mid * (1 - distance)), 10, { postOnly: true }));
        exchange.place("alice", order(id, "sell", Math.ceil(mid * (1 + distance)), 10, { postOnly: true }));
        const began = now;
        while (exchange.openOrders("alice").length === 2 && now - began < 120_000) {
          now += 100;
          exchange.advance(millis(start + now));
        }
        waits.push((now - began) / 1_000);
        exchange.cancelAll("alice", id);
      }
      expect(middle(waits)).toBeLessThan(bound);
    }
  });

  it("takes instruments, prices and habits of one's own", () => {
    const [sol] = defaultMarkets("mine");
    if (sol === undefined) throw new Error("no default market");
    const market = generatedMarket({
      seed: 1,
      start,
      instruments: [sol],
      prices: { SOL: 20 },
      takers: { everySeconds: 1e9, sweepEverySeconds: 1e9 },
    });
    const exchange = createExchange({ start, accounts: [], market });
    expect(exchange.instruments.map(({ id }) => id)).toEqual(["mine:SOL_USDC"]);
    expect(exchange.book(sol.id, 1).bids[0]?.[0]).toBeGreaterThan(1_980);
    expect(() => generatedMarket({ seed: 1, start, instruments: [] })).toThrow(/needs an instrument/);
  });

  it("stands still in a closed market and comes back with it", () => {
    const [sol] = defaultMarkets();
    if (sol === undefined) throw new Error("no default market");
    const exchange = createExchange({
      start,
      accounts: [],
      market: generatedMarket({ seed: 1, start, instruments: [sol] }),
    });
    let trades = 0;
    exchange.listen((fact) => {
      if (fact.type === "trade") trades += 1;
    });
    exchange.setInstrument({ ...sol, state: "closed" });
    exchange.advance(millis(start + 10_000));
    expect(trades).toBe(0);
    exchange.setInstrument(sol);
    exchange.advance(millis(start + 20_000));
    expect(trades).toBeGreaterThan(30);
  });
});

describe("defaultMarkets", () => {
  it("are three coins, spot and perpetual", () => {
    expect(defaultMarkets().map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      "backpack:SOL_USDC spot",
      "backpack:SOL_USDC_PERP perp",
      "backpack:BTC_USDC spot",
      "backpack:BTC_USDC_PERP perp",
      "backpack:ETH_USDC spot",
      "backpack:ETH_USDC_PERP perp",
    ]);
  });
});
