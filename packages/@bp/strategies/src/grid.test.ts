// The grid's arithmetic: lattice, lots, limits. How it trades is played on a board in the bot's tests.
import { Big, decimal, instrument, lots, millis, ticks } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDayOver } from "./grid/arming.ts";
import { deviationOf, noBars, watched } from "./grid/bars.ts";
import { belowPct } from "./grid/equity.ts";
import { latticeOf, netPerCell, windowAt } from "./grid/lattice.ts";
import { basisOf, closable, closed, isStopped, opened } from "./grid/lots.ts";
import { gridParams } from "./grid/params.ts";
import { noPoints, scored } from "./grid/points.ts";
import { isBeyond } from "./grid/shift.ts";
import { stepSize } from "./grid/sizing.ts";
import { grid } from "./grid.ts";

const sketch = { id: "backpack:ETH_USDC", kind: "spot", base: "ETH", quote: "USDC" } as const;
const eth = instrument({ ...sketch, tickSize: "0.01", lotSize: "0.0001", maker: "0.00085", taker: "0.00095" });
const cheap = instrument({ ...sketch, id: "backpack:PENNY_USDC", tickSize: "0.0001", lotSize: "1" });
const raw = { instrument: eth.id, interval: "40", perCell: "50" };
const params = gridParams.parse(raw);

describe("gridParams", () => {
  it("has the README's figures by default, and everything beyond it off", () => {
    expect(params).toMatchObject({ cells: 3, takeProfitPct: "0.4", paceMs: 3_000, entry: "floor", dailyLoss: "100" });
    expect(params).toMatchObject({ trailing: false, infinite: false, compound: false, volatility: { enabled: false } });
  });

  it("asks for what its kind of lattice needs", () => {
    expect(() => gridParams.parse({ instrument: eth.id, perCell: "50" })).toThrow(/height of its cells/);
    expect(() => gridParams.parse({ ...raw, kind: "geometric" })).toThrow(/ratio of its cells/);
    expect(() => gridParams.parse({ ...raw, infinite: true, cells: 3 })).toThrow(/at least 4 cells/);
    expect(() => gridParams.parse({ ...raw, lattice: 1 })).toThrow(/lattice/);
  });
});

describe("latticeOf", () => {
  it("tells cells apart that are lower than a coin is", () => {
    const lattice = latticeOf({ kind: "arithmetic", interval: decimal("0.001"), ratioPct: undefined }, cheap, ticks(1));
    const first = windowAt(lattice, ticks(1_234), 3);
    expect([first, lattice.edge(first), lattice.edge(first + 1)]).toEqual([122, 1_220, 1_230]);
  });

  it("has ten cells from 100 to 200 with a ratio of 1.0717735, which net 7.07376 % each at a fee of 0.05 %", () => {
    const ratio = 2 ** (1 / 10);
    expect(ratio).toBeCloseTo(1.0717735, 7);
    expect(netPerCell(ratio, 0.0005) * 100).toBeCloseTo(7.07376, 5);
    const ratioPct = decimal("7.17734625");
    const lattice = latticeOf({ kind: "geometric", interval: undefined, ratioPct }, eth, ticks(10_000));
    expect([lattice.edge(0), lattice.edge(5), lattice.edge(10)]).toEqual([10_000, 14_142, 19_999]);
    expect(lattice.edge(-1)).toBe(9_330);
  });

  const spacing = fc.oneof(
    fc.integer({ min: 1, max: 1_000_000 }).map((cents) => ({
      kind: "arithmetic" as const,
      interval: decimal((cents / 100).toFixed(2)),
      ratioPct: undefined,
    })),
    fc.integer({ min: 1, max: 5_000 }).map((bps) => ({
      kind: "geometric" as const,
      interval: undefined,
      ratioPct: decimal((bps / 100).toFixed(2)),
    })),
  );

  it("puts every price into exactly one cell, whose floor is at or below it and whose ceiling is above", () => {
    fc.assert(
      fc.property(
        spacing,
        fc.integer({ min: 5_000, max: 50_000_000 }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (each, anchor, share) => {
          const lattice = latticeOf(each, eth, ticks(anchor));
          const price = ticks(Math.max(1, Math.round(anchor * share)));
          const index = lattice.indexOf(price);
          expect(lattice.edge(index)).toBeLessThanOrEqual(price);
          expect(lattice.edge(index + 1)).toBeGreaterThan(price);
        },
      ),
    );
  });
});

describe("lots", () => {
  const exits = gridParams.parse({ ...raw, stopLossPct: "2" });
  const buy = (size: number, price: string, taken = "0") =>
    ({ way: "long", size: lots(size), price: new Big(price), taken: new Big(taken) }) as const;

  it("S4.8 average two buys and aim above their cost, rounded up", () => {
    const lot = opened(
      eth,
      opened(eth, undefined, buy(50, "4000"), exits, undefined),
      buy(75, "3999.5"),
      exits,
      undefined,
    );
    expect(basisOf(lot)?.toFixed()).toBe("3999.7");
    expect(lot.target).toBe(401_570); // 4015.6988
  });

  it("keep out of the base what a fee took, at no cost", () => {
    const lot = opened(eth, undefined, buy(125, "4000", "0.000010625"), exits, undefined);
    expect([lot.base.toFixed(), lot.cost.toFixed(), closable(eth, lot)]).toEqual(["0.012489375", "49.9575", 124]);
    const { lot: rest, gross } = closed(eth, lot, lots(124), new Big("4016"));
    expect(gross.toFixed()).toBe("0.1984");
    expect([rest?.size, rest?.base.toFixed(), rest?.cost.toFixed()]).toEqual([0, "0.000089375", "0.3575"]);
  });

  it("S4.18 stop at 3920 and below", () => {
    const lot = opened(eth, undefined, buy(125, "4000"), exits, undefined);
    expect([isStopped(lot, ticks(392_001)), isStopped(lot, ticks(392_000))]).toEqual([false, true]);
  });

  it("never change their aim by being sold in parts, and lose no cent on the way", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 900_000 }),
        (parts, cents) => {
          const all = parts.reduce((sum, each) => sum + each, 0);
          const price = new Big(cents).div(100);
          let lot: ReturnType<typeof closed>["lot"] = opened(eth, undefined, buy(all, "1234.56"), exits, undefined);
          const { target } = lot;
          let sum = new Big(0);
          for (const size of parts) {
            if (lot === undefined) throw new Error("closed too early");
            expect(lot.target).toBe(target);
            const next = closed(eth, lot, lots(size), price);
            sum = sum.plus(next.gross);
            lot = next.lot;
          }
          expect(lot).toBeUndefined();
          expect(sum.minus(price.minus("1234.56").times(all).times("0.0001")).abs().lt("1e-12")).toBe(true);
        },
      ),
    );
  });
});

describe("limits", () => {
  it("S4.17 the day is over at a realised loss of 200.00, not at 199.99, and not at a profit of 200", () => {
    const limit = { dailyLoss: decimal("200") };
    const over = (today: string) => isDayOver(new Big(today), limit);
    expect([over("-200"), over("-199.99"), over("200")]).toEqual([true, false, false]);
    expect(isDayOver(new Big(-1_000_000), { dailyLoss: decimal("0") })).toBe(false);
  });

  it("S4.15 a loss is signed: 1000 to 950 is 5 %, 1000 to 1050 none", () => {
    expect(belowPct(new Big(950), new Big(1000)).toFixed()).toBe("5");
    expect(belowPct(new Big("950.01"), new Big(1000)).lt(5)).toBe(true);
    expect(belowPct(new Big(1050), new Big(1000)).toFixed()).toBe("0");
  });

  it("S4.13 a price is beyond the lattice only by more than the margin", () => {
    expect([isBeyond(4_100.4, 3_960, 4_080, 0.5), isBeyond(4_100.5, 3_960, 4_080, 0.5)]).toEqual([false, true]);
    expect([isBeyond(3_940.2, 3_960, 4_080, 0.5), isBeyond(3_940.1, 3_960, 4_080, 0.5)]).toEqual([false, true]);
  });
});

describe("bars", () => {
  it("S4.28 close at fixed times, whatever comes between, and stand still where nothing was seen", () => {
    const { volatility } = gridParams.parse({ ...raw, volatility: { enabled: true, barMs: 60_000, bars: 4 } });
    let bars = noBars;
    for (const [second, price] of [
      [1, 100],
      [30, 150],
      [59, 100],
      [61, 110],
      [119, 110],
      [125, 99],
      [400, 99],
    ] as const)
      bars = watched(bars, millis(second * 1_000), price, volatility);
    expect(bars.returns.map((each) => Number(each.toFixed(6)))).toEqual([-0.1, 0, 0, 0]);
    expect(deviationOf([0.01, -0.01], 3)).toBeUndefined();
    expect(deviationOf([0.01, -0.01], 2)).toBeCloseTo(0.01, 12);
  });
});

describe("points", () => {
  it("S4.29 begin a new week on Thursday", () => {
    const wednesday = Date.UTC(2026, 0, 7, 23, 59);
    const one = scored(noPoints, new Big(100), "maker", millis(wednesday));
    const two = scored(one, new Big(100), "taker", millis(wednesday + 60_000));
    expect([two.total.toFixed(), two.week.toFixed(), two.weekVolume.toFixed()]).toEqual(["200", "80", "100"]);
  });
});

describe("an infinite grid", () => {
  it("trades at each step what keeps its value, so that all steps above a price are worth it there", () => {
    const infinite = gridParams.parse({ ...raw, infinite: true, cells: 4, baseValue: "10000" });
    let sum = 0;
    for (let price = 400_000; price < 800_000; price += 4_000)
      sum += stepSize(infinite, eth, ticks(price), ticks(price + 4_000));
    expect(Math.abs(sum - (25_000 - 12_500))).toBeLessThan(101); // V / 4000 - V / 8000, each step rounded down
  });
});

describe("grid", () => {
  it("names its market", () => {
    expect(grid.instruments(params)).toEqual([eth.id]);
  });
});
