import { millis } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createExchange } from "../exchange.ts";
import { type Row, tapeOf } from "../tape/tape.fixture.ts";
import { marketOrder, order, perp, start, taken } from "../trial.fixture.ts";
import type { CandleOptions } from "./candles.ts";
import { tapeMarket } from "./tape.ts";

interface Candle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A minute each, from the minute before the start on. */
const rowsOf = (candles: readonly Candle[]): Row[] =>
  candles.flatMap(({ open, high, low, close, volume }, place) => {
    const at = start + (place - 1) * 60_000;
    return [
      { kind: "open", at, a: open, b: volume },
      { kind: "swing1", at: at + 20_000, a: high, b: low },
      { kind: "swing2", at: at + 40_000, a: high, b: low },
      { kind: "close", at: at + 59_999, a: close, b: volume },
    ] as const;
  });

/** Plays candles, after one more of a volume. */
function play(candles: readonly Candle[], options: CandleOptions = {}, before = 4_000, purse = "100000000") {
  const first = { ...calm, volume: before };
  const market = tapeMarket({ tape: tapeOf(rowsOf([first, ...candles]), [perp]), ...options });
  const accounts = [{ name: "alice", balances: { USDC: purse } }];
  const exchange = createExchange({ start: millis(start - 60_001), market, accounts });
  const at = (seconds: number) => exchange.advance(millis(start + seconds * 1_000));
  const mid = () => {
    const { bids, asks } = exchange.book(perp.id);
    return ((bids[0]?.[0] ?? 0) + (asks[0]?.[0] ?? 0)) / 2;
  };
  return { exchange, at, mid };
}

const calm = { open: 10_000, high: 10_100, low: 9_950, close: 10_050, volume: 4_000 };

describe("candles", () => {
  it("walk open, extreme, extreme, close, a book one tick around each, marked at each", () => {
    const { exchange, at, mid } = play([calm], { path: "high-first" });
    const seen = [0, 20, 40, 60].map((seconds) => {
      at(seconds);
      return [mid(), exchange.mark(perp.id)?.mark];
    });
    expect(seen).toEqual([10_000, 10_100, 9_950, 10_050].map((price) => [price, price]));
  });

  it("show a share of what the candle before traded, nothing before the second one, and nothing of their own volume", () => {
    for (const volume of [0, 40, 4_000, 400_000]) {
      const { exchange, at } = play([{ ...calm, volume }]);
      for (const seconds of [-60, -40, -20, -0.001]) {
        at(seconds);
        expect([exchange.book(perp.id).bids, exchange.book(perp.id).asks]).toEqual([[], []]);
        expect(exchange.mark(perp.id)?.mark).toBeGreaterThan(0);
      }
      for (const seconds of [0, 20, 40, 59.999]) {
        at(seconds);
        const { bids, asks } = exchange.book(perp.id);
        expect([bids[0]?.[1], asks[0]?.[1]]).toEqual([100, 100]); // a tenth, in four
      }
    }
  });

  it("fill no more than a share of their own volume, whatever they show, and no more than they show", () => {
    const got = (volume: number, size: number) => {
      const { exchange, at } = play([{ ...calm, volume }]);
      at(0);
      taken(exchange.place("alice", marketOrder(perp.id, "buy", { size })));
      const filled = exchange.fills("alice").reduce((sum, fill) => sum + fill.size, 0);
      return [filled, exchange.book(perp.id).asks[0]?.[1]];
    };
    expect(got(400_000, 30)).toEqual([30, 70]);
    expect(got(400_000, 300)).toEqual([100, undefined]);
    expect(got(2_000, 30)).toEqual([30, 70]); // 50 of these 100 are there, which nobody sees
    expect(got(2_000, 60)).toEqual([50, undefined]);
    expect(got(0, 60)).toEqual([0, undefined]);
  });

  it("fill a share of their own volume, however much more was there in the candle before", () => {
    const { exchange, at } = play([
      { ...calm, volume: 40_000 },
      { ...calm, volume: 40_000 },
      { ...calm, volume: 400 },
    ]);
    at(120);
    taken(exchange.place("alice", marketOrder(perp.id, "buy", { size: 30 })));
    expect(exchange.fills("alice").reduce((sum, fill) => sum + fill.size, 0)).toBe(10); // a tenth, in four
  });

  it("show a price and fill nothing where nothing was traded, neither takers nor what rests", () => {
    const { exchange, at, mid } = play(
      [
        { ...calm, volume: 0 },
        { ...calm, volume: 0 },
        { ...calm, volume: 4_000 },
      ],
      { path: "low-first" },
    );
    at(0);
    taken(exchange.place("alice", order(perp.id, "buy", 9_960, 5)));
    at(20); // beyond it
    expect([exchange.fills("alice"), exchange.book(perp.id).asks]).toEqual([[], []]);
    at(40);
    expect(mid()).toBe(10_100);
    at(60);
    expect(exchange.place("alice", marketOrder(perp.id, "buy", { size: 1 })).ok).toBe(true);
    expect(exchange.fills("alice")).toEqual([]);
    at(140); // the low of a candle that traded, after one that did not
    expect(exchange.fills("alice").map(({ price, size }) => [price, size])).toEqual([[9_960, 1]]);
  });

  it("liquidate nobody where nothing is traded", () => {
    const low = { open: 8_000, high: 8_000, low: 8_000, close: 8_000 };
    const { exchange, at } = play(
      [
        { ...calm, volume: 40_000 },
        { ...low, volume: 0 },
        { ...low, volume: 0 },
        { ...low, volume: 400_000 },
        { ...low, volume: 400_000 },
      ],
      { path: "low-first" },
      40_000,
      "100",
    );
    const told: number[] = [];
    exchange.listen((fact) => fact.type === "liquidation" && told.push(fact.at - start));
    at(0);
    taken(exchange.place("alice", marketOrder(perp.id, "buy", { size: 500 })));
    at(179);
    expect(told).toEqual([]);
    at(299);
    expect(exchange.positions("alice")).toEqual([]);
    expect([told[0], told.at(-1)]).toEqual([180_000, 240_000]); // one lot at each point, then all
  });

  it("fill what rests by a share of their own volume too, unless what they show alone is to count", () => {
    const got = (options: CandleOptions) => {
      const { exchange, at } = play([{ ...calm, volume: 800 }], { ...options, path: "low-first" });
      at(0);
      taken(exchange.place("alice", order(perp.id, "buy", 9_960, 60)));
      at(20);
      return exchange.fills("alice").reduce((sum, fill) => sum + fill.size, 0);
    };
    expect([got({}), got({ cappedBy: "shown" })]).toEqual([20, 60]);
  });

  it("kill what cannot be filled by what is there", () => {
    const { exchange, at } = play([{ ...calm, volume: 2_000 }]);
    at(0);
    const killed = taken(exchange.place("alice", order(perp.id, "buy", 10_001, 60, { tif: "fok" })));
    expect([killed.status, killed.filled]).toEqual(["expired", 0]);
    expect(exchange.book(perp.id).asks[0]?.[1]).toBe(50);
  });

  it("go to the extreme that hurts what is held first", () => {
    const first = (side: "buy" | "sell") => {
      const { exchange, at, mid } = play([calm]);
      at(1);
      taken(exchange.place("alice", marketOrder(perp.id, side, { size: 10 })));
      at(20);
      return mid();
    };
    expect([first("buy"), first("sell")]).toEqual([9_950, 10_100]);
  });

  it("flat, go away from what rests first, so that no entry is followed by a gift", () => {
    const first = (side: "buy" | "sell", price: number) => {
      const { exchange, at, mid } = play([calm]);
      at(1);
      taken(exchange.place("alice", order(perp.id, side, price, 10)));
      at(20);
      return mid();
    };
    expect([first("buy", 9_960), first("sell", 10_090)]).toEqual([10_100, 9_950]);
  });

  it("flat with nothing resting, and where it is asked for, go to the nearer extreme first", () => {
    const first = (options: CandleOptions) => {
      const { at, mid } = play([calm], options);
      at(20);
      return mid();
    };
    expect(first({})).toBe(9_950);
    expect(first({ path: "nearest-first" })).toBe(9_950);
    expect(first({ path: "high-first" })).toBe(10_100);
    expect(first({ path: "low-first" })).toBe(9_950);
  });

  it("fill a resting order only where the price went beyond its own", () => {
    const filledAt = (price: number) => {
      const { exchange, at } = play([calm], { path: "low-first" });
      at(1);
      taken(exchange.place("alice", order(perp.id, "buy", price, 10)));
      at(60);
      return exchange.fills("alice").map((fill) => fill.price);
    };
    expect([filledAt(9_950), filledAt(9_951)]).toEqual([[], [9_951]]);
  });

  it("refuse a share that cannot be", () => {
    expect(() => play([calm], { volumeShare: 0 })).toThrow(/a share of 0/);
    expect(() => play([calm], { volumeShare: 1.1 })).toThrow(/a share of 1.1/);
  });

  it("never trade more than their share with accounts, nor at a price outside of their range and our tick", () => {
    const candle = fc
      .record({
        low: fc.integer({ min: 9_000, max: 9_990 }),
        range: fc.integer({ min: 0, max: 300 }),
        from: fc.double({ min: 0, max: 1, noNaN: true }),
        to: fc.double({ min: 0, max: 1, noNaN: true }),
        volume: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 40_000 })),
      })
      .map(({ low, range, from, to, volume }) => ({
        open: low + Math.round(range * from),
        high: low + range,
        low,
        close: low + Math.round(range * to),
        volume,
      }));
    const wish = fc.record({
      second: fc.integer({ min: 0, max: 59 }),
      side: fc.constantFrom("buy" as const, "sell" as const),
      price: fc.integer({ min: 8_900, max: 10_400 }),
      size: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(candle, { minLength: 1, maxLength: 4 }),
        fc.array(wish, { maxLength: 8 }),
        fc.constantFrom("pessimistic" as const, "high-first" as const, "low-first" as const, "nearest-first" as const),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 40_000 }),
        (candles, wishes, path, volumeShare, before) => {
          const { exchange, at } = play(candles, { path, volumeShare }, before);
          let traded = 0;
          for (const [place, { high, low, volume }] of candles.entries()) {
            for (let second = 0; second < 60; second++) {
              at(place * 60 + second);
              for (const each of wishes)
                if (each.second === second) exchange.place("alice", order(perp.id, each.side, each.price, each.size));
            }
            at(place * 60 + 59.999);
            const fills = exchange.fills("alice");
            const size = fills.slice(traded).reduce((sum, fill) => sum + fill.size, 0);
            expect(size).toBeLessThanOrEqual(volume * volumeShare);
            for (const { liquidity, price, side } of fills.slice(traded)) {
              const buying = side === "buy";
              const couldTake = buying ? price <= high + 1 : price >= low - 1;
              const wasCrossed = buying ? price > low : price < high;
              expect(liquidity === "taker" ? couldTake : wasCrossed).toBe(true);
            }
            traded = fills.length;
          }
          for (const { accounts, others, house, deposits } of exchange.ledger())
            expect(Number(accounts) + Number(others) + Number(house)).toBeCloseTo(Number(deposits), 6);
        },
      ),
      { numRuns: 150 },
    );
  });
});
