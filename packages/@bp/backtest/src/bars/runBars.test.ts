import { random } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BarColumns } from "./columns.ts";
import { type BarRule, type BarsOptions, runBars } from "./runBars.ts";
import { smaCross } from "./smaCross.ts";

/** Candles that open where they are told to and close half way to the next one. */
function barsOf(opens: readonly number[]): BarColumns {
  const closes = opens.map((open, bar) => (open + (opens[bar + 1] ?? open)) / 2);
  const column = (of: (open: number, close: number) => number) =>
    Float64Array.from(opens, (open, bar) => of(open, closes[bar] ?? open));
  return {
    count: opens.length,
    at: Float64Array.from(opens, (_, bar) => bar * 60_000),
    open: column((open) => open),
    high: column((open, close) => Math.max(open, close)),
    low: column((open, close) => Math.min(open, close)),
    close: column((_, close) => close),
    volume: column(() => 1),
  };
}

/** Wishes by place. */
const wishes = (list: readonly number[]): BarRule => {
  let bar = 0;
  return () => list[bar++] ?? Number.NaN;
};
const plain: BarsOptions = { equity: 1_000, fee: 0 };

describe("runBars", () => {
  it("fills at the open after the close at which it was wished", () => {
    const { orders, equity, realized, position } = runBars(barsOf([100, 110, 120, 130]), wishes([1, 1, 0, 0]), plain);
    expect([...orders.bar]).toEqual([1, 3]);
    expect([...orders.price]).toEqual([110, 130]);
    expect(orders.size[0]).toBeCloseTo(1_000 / 110, 9);
    expect(realized).toBeCloseTo((1_000 / 110) * 20, 9);
    expect([...equity].map((each) => Math.round(each))).toEqual([1_000, 1_045, 1_136, 1_182]);
    expect(position).toBe(0);
  });

  it("never fills what is wished at the last close", () => {
    expect(runBars(barsOf([100, 110]), wishes([0, 1]), plain).orders.count).toBe(0);
  });

  it("takes fees and slippage out of the share, so that no more is spent than there is", () => {
    const { orders, fees, equity } = runBars(barsOf([100, 100, 100, 100]), wishes([1, 1, 0]), {
      ...plain,
      fee: 0.01,
      slippage: 0.02,
    });
    const [size = 0] = orders.size;
    expect(size * 102 * 1.01).toBeCloseTo(1_000, 9);
    expect([...orders.price]).toEqual([102, 98]);
    expect(fees).toBeCloseTo(size * 102 * 0.01 + size * 98 * 0.01, 9);
    expect(equity.at(-1)).toBeCloseTo(1_000 - size * 4 - fees, 9);
  });

  it("turns from long to short by one order, and takes the profit of the long", () => {
    const { orders, position, entry, realized } = runBars(barsOf([100, 100, 110, 110]), wishes([1, -1, -1]), plain);
    expect([...orders.size].map((size) => Math.round(size * 1e6) / 1e6)).toEqual([10, -20]);
    expect([Math.round(position * 1e6) / 1e6, entry, Math.round(realized * 1e6) / 1e6]).toEqual([-10, 110, 100]);
  });

  it("rounds to lots towards what is held, and leaves out orders that are too small", () => {
    const lots = runBars(barsOf([100, 300, 300]), wishes([1, 1]), { ...plain, lot: 1 });
    expect([...lots.orders.size]).toEqual([3]);
    const small = runBars(barsOf([100, 300, 300]), wishes([0.01, 0.01]), { ...plain, minNotional: 20 });
    expect(small.orders.count).toBe(0);
  });

  it("ends where nothing is left", () => {
    const { ruinedAt, equity, orders } = runBars(barsOf([100, 100, 10, 500, 500]), wishes([-5, -5, -5, 5, 5]), {
      ...plain,
      leverage: 10,
    });
    expect(ruinedAt).toBe(2);
    expect(orders.count).toBe(1);
    expect(equity.at(-1)).toBe(equity[2]);
  });

  it("cuts a wish that is beyond its leverage, and keeps the last one for NaN", () => {
    const { orders } = runBars(barsOf([100, 100, 100, 100]), wishes([7, Number.NaN, Number.NaN]), plain);
    expect([...orders.size]).toEqual([10]);
  });

  it("refuses candles and options that cannot be", () => {
    const bars = barsOf([100, 110, 120]);
    const change = (name: "high" | "at" | "volume", bar: number, value: number): BarColumns => {
      const column = Float64Array.from(bars[name]);
      column[bar] = value;
      return { ...bars, [name]: column };
    };
    const run = (columns: BarColumns, options: Partial<BarsOptions> = {}) =>
      runBars(columns, () => 0, { ...plain, ...options });
    expect(() => run(change("high", 1, 5))).toThrow(/candle 1: open 110, high 5, low 110, close 115 are no candle/);
    expect(() => run(change("high", 1, Number.NaN))).toThrow(/candle 1/);
    expect(() => run(change("at", 2, 60_000))).toThrow(/candle 2: dated 60000, after one of 60000/);
    expect(() => run(change("volume", 0, -1))).toThrow(/candle 0: a volume of -1/);
    expect(() => run({ ...bars, count: 4 })).toThrow(/4 candles in columns of 3/);
    for (const wrong of [
      { equity: 0 },
      { fee: 1 },
      { slippage: -0.1 },
      { lot: 0 },
      { minNotional: -1 },
      { leverage: 0 },
    ])
      expect(() => run(bars, wrong)).toThrow(expect.objectContaining({ code: "config/invalid" }));
  });

  it("loses no money: equity is what it began with, profits, what is held at its mean price, less fees", () => {
    const opens = fc.array(fc.double({ min: 50, max: 150, noNaN: true }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(
        opens,
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.01, noNaN: true }),
        (list, seed, fee) => {
          const bars = barsOf(list);
          const chance = random(seed);
          const rule: BarRule = () => chance.whole(-2, 2) / 2;
          const { equity, realized, fees, position, entry, orders, ruinedAt } = runBars(bars, rule, {
            equity: 1_000,
            fee,
          });
          const last = bars.close[ruinedAt ?? bars.count - 1] ?? 0;
          const found = equity.at(-1) ?? 0;
          expect(found).toBeCloseTo(1_000 + realized - fees + position * (last - entry), 6);
          expect(orders.size.reduce((sum, size) => sum + size, 0)).toBeCloseTo(position, 6);
          expect(orders.fee.reduce((sum, each) => sum + each, 0)).toBeCloseTo(fees, 9);
        },
      ),
    );
  });

  it("shows a rule nothing of later candles", () => {
    const bars = barsOf([100, 101, 102, 103, 104]);
    const told: number[] = [];
    runBars(bars, (close, open, high, low, volume, at) => told.push(at, open, high, low, close, volume), plain);
    const expected = [0, 1, 2, 3, 4].flatMap((bar) =>
      ([bars.at, bars.open, bars.high, bars.low, bars.close, bars.volume] as const).map((column) => column[bar]),
    );
    expect(told).toEqual(expected);
  });
});

describe("smaCross", () => {
  it("says what two means say that are summed up anew each time", () => {
    const chance = random(3);
    const closes = Array.from({ length: 500 }, () => 100 + chance.whole(-20, 20));
    const rule = smaCross(3, 8);
    const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
    const found = closes.map((close) => rule(close, 0, 0, 0, 0, 0));
    const expected = closes.map((_, bar) => {
      const seen = closes.slice(0, bar + 1);
      return seen.length >= 8 && mean(seen.slice(-3)) > mean(seen.slice(-8)) ? 1 : 0;
    });
    expect(found.filter((wish, bar) => wish !== expected[bar]).length).toBe(0);
  });

  it("refuses lengths that cannot be", () => {
    for (const [fast, slow] of [
      [0, 3],
      [3, 3],
      [1.5, 3],
    ] as const)
      expect(() => smaCross(fast, slow)).toThrow(/two whole numbers/);
  });
});
