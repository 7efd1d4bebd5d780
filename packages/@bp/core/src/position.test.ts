// Average cost against exact fractions: nothing is made or lost, whatever is traded.
import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bigToDecimal } from "./exact.ts";
import { instrument } from "./instrument.ts";
import { averagePrice, flat, type Position, traded, unrealizedAt } from "./position.ts";
import type { Side } from "./side.ts";
import { lots, ticks } from "./units.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

type Trade = readonly [side: Side, price: number, size: number];
const after = (...trades: Trade[]): Position =>
  trades.reduce(
    (held, [side, price, size]) => traded(sol, held, { side, price: ticks(price), size: lots(size) }),
    flat,
  );
const shown = ({ size, cost, realized }: Position) => [size, bigToDecimal(cost), bigToDecimal(realized)];

/** A fraction of bigints, in tick-lots; the denominator is above 0. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}
const plus = (a: Fraction, b: Fraction, sign = 1n): Fraction =>
  shrink({ over: a.over * b.under + sign * b.over * a.under, under: a.under * b.under });
function shrink({ over, under }: Fraction): Fraction {
  let [a, b] = [over < 0n ? -over : over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { over: 0n, under: 1n } : { over: over / a, under: under / a };
}
const whole = (value: bigint): Fraction => ({ over: value, under: 1n });

interface Exact {
  readonly size: bigint;
  readonly cost: Fraction;
  readonly realized: Fraction;
}

/** The same by the book, one lot at a time in meaning: close at average cost, then open what is left. */
function exactly({ size, cost, realized }: Exact, [side, price, count]: Trade): Exact {
  const signed = BigInt(side === "buy" ? count : -count);
  const opposite = size !== 0n && size > 0n !== signed > 0n;
  const magnitude = (value: bigint) => (value < 0n ? -value : value);
  const closes = opposite ? (magnitude(signed) < magnitude(size) ? signed : -size) : 0n; // signed like the trade
  const opens = signed - closes;
  const share = size === 0n ? whole(0n) : shrink({ over: cost.over * -closes, under: cost.under * size });
  return {
    size: size + signed,
    cost: plus(plus(cost, share, -1n), whole(opens * BigInt(price))),
    realized: plus(plus(realized, whole(-closes * BigInt(price))), share, -1n),
  };
}

/** Tick-lots as quote, to 30 digits. */
const money = ({ over, under }: Fraction): Big => {
  const scaled = (over * 10n ** 30n) / under;
  return new Big(scaled.toString()).div(new Big(10).pow(30)).times("0.0001");
};

const trade = fc.tuple(
  fc.constantFrom<Side>("buy", "sell"),
  fc.integer({ min: 1, max: 10_000_000 }),
  fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1_000_000 })),
);

describe("traded", () => {
  it("adds to cost while opening", () => {
    expect(shown(after(["buy", 10_000, 100], ["buy", 11_000, 100]))).toEqual([200, "210", "0"]);
    expect(shown(after(["sell", 10_000, 100], ["sell", 11_000, 100]))).toEqual([-200, "-210", "0"]);
  });

  it("takes profit at average cost while closing", () => {
    expect(shown(after(["buy", 10_000, 100], ["buy", 11_000, 100], ["sell", 12_000, 50]))).toEqual([
      150,
      "157.5",
      "7.5",
    ]);
    expect(shown(after(["sell", 12_000, 100], ["buy", 11_000, 25]))).toEqual([-75, "-90", "2.5"]);
  });

  it("goes through zero: closes all, opens the rest at the trade's price", () => {
    expect(shown(after(["buy", 10_000, 100], ["sell", 9_000, 250]))).toEqual([-150, "-135", "-10"]);
    expect(shown(after(["sell", 10_000, 100], ["buy", 9_000, 250]))).toEqual([150, "135", "10"]);
  });

  it("has no cost left when flat, even after thirds", () => {
    const closed = after(["buy", 10_001, 3], ["sell", 10_000, 1], ["sell", 10_000, 1], ["sell", 10_000, 1]);
    expect(shown(closed)).toEqual([0, "0", "-0.0003"]);
    expect(closed.cost.eq(0)).toBe(true);
  });

  it("leaves the position it was given as it was", () => {
    const before = after(["buy", 10_000, 100]);
    traded(sol, before, { side: "sell", price: ticks(9_000), size: lots(40) });
    expect(shown(before)).toEqual([100, "100", "0"]);
    expect(shown(flat)).toEqual([0, "0", "0"]);
  });

  it("equals exact fractions to less than a billionth of a billionth, after any trades", () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 60 }), (trades) => {
        let held = flat;
        let exact: Exact = { size: 0n, cost: whole(0n), realized: whole(0n) };
        for (const each of trades) {
          held = traded(sol, held, { side: each[0], price: ticks(each[1]), size: lots(each[2]) });
          exact = exactly(exact, each);
        }
        expect(held.size).toBe(Number(exact.size));
        const far = [held.cost.minus(money(exact.cost)), held.realized.minus(money(exact.realized))].map((off) =>
          off.abs(),
        );
        expect(far.map((off) => off.lt("1e-15"))).toEqual([true, true]);
      }),
      { numRuns: 300 },
    );
  });

  it("neither makes nor loses money: realized minus open cost is what was received minus what was paid, exactly", () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 60 }), (trades) => {
        const held = after(...trades);
        const received = trades.reduce(
          (sum, [side, price, size]) => sum + BigInt(side === "sell" ? 1 : -1) * BigInt(price) * BigInt(size),
          0n,
        );
        expect(bigToDecimal(held.realized.minus(held.cost))).toBe(
          bigToDecimal(new Big(received.toString()).times("0.0001")),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("unrealizedAt", () => {
  it("is what closing at the mark would take, long and short", () => {
    expect(bigToDecimal(unrealizedAt(sol, after(["buy", 10_000, 100]), 10_050.5))).toBe("0.505");
    expect(bigToDecimal(unrealizedAt(sol, after(["sell", 10_000, 100]), 10_050.5))).toBe("-0.505");
    expect(bigToDecimal(unrealizedAt(sol, flat, 10_000))).toBe("0");
  });

  it("becomes realized profit when the position is closed at that price", () => {
    fc.assert(
      fc.property(
        fc.array(trade, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 1e7 }),
        (trades, price) => {
          const held = after(...trades);
          const open = Math.abs(held.size);
          const side: Side = held.size > 0 ? "sell" : "buy";
          const closed = open === 0 ? held : traded(sol, held, { side, price: ticks(price), size: lots(open) });
          const gained = closed.realized.minus(held.realized);
          expect(bigToDecimal(gained)).toBe(bigToDecimal(unrealizedAt(sol, held, price)));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("averagePrice", () => {
  it("is quote per base, above 0 on both sides, and unknown when flat", () => {
    const average = (position: Position) => averagePrice(sol, position)?.toFixed();
    expect(average(after(["buy", 10_000, 100], ["buy", 11_000, 100]))).toBe("105");
    expect(average(after(["sell", 10_000, 100], ["sell", 11_000, 100]))).toBe("105");
    expect(average(flat)).toBeUndefined();
  });
});
