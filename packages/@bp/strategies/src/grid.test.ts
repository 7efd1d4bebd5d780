// The grid's arithmetic: lattice, lots, limits. How it trades is played on a board in the bot's tests.
import { Big, decimal, instrument, lots, millis, ticks } from "@bp/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDayOver } from "./grid/arming.ts";
import { deviationOf, noBars, watched } from "./grid/bars.ts";
import { roundTrip } from "./grid/economics.ts";
import { latticeOf, windowAt } from "./grid/lattice.ts";
import { basisOf, closable, closed, isStopped, opened } from "./grid/lots.ts";
import { gridParams } from "./grid/params.ts";
import { noPoints, scored } from "./grid/points.ts";
import { stepSize } from "./grid/sizing.ts";
import { grid } from "./grid.ts";
import { lines, perp, scene, spot } from "./scene.fixture.ts";

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
    const { net } = roundTrip({ buy: "100", sell: String(100 * ratio) }, "1", { buy: "0.0005", sell: "0.0005" });
    expect(net.toNumber()).toBeCloseTo(7.07376, 5); // in percent of the 100 that were spent
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

  it("S4.13 a price is beyond the lattice only by more than the margin", () => {
    const world = scene(grid, eth, { interval: "40", perCell: "50" });
    world.book("4011.99", "4012.01"); // cells from 3960 to 4080
    const isOutside = (price: number) => {
      world.book((price - 0.01).toFixed(2), (price + 0.01).toFixed(2));
      return world.memory().outsideSince !== undefined;
    };
    expect([4_100.39, 4_100.41, 3_940.21, 3_940.19].map(isOutside)).toEqual([false, true, false, true]);
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

  /** 0.04 are worth 5.997 at the bid of 149.93, 5.9676 at the cap of 149.19, and 6.1448 at the profit of 153.62. */
  const dear = { ...spot, minNotional: decimal("5.99") };
  const bought = (size: number, market = dear, more = {}) => {
    const world = scene(grid, market, { interval: "2", perCell: "50", stopLossPct: "2", ...more }); // of 153: 149.94
    world.book("149.99", "150.01");
    const [cell] = world.memory().cells;
    if (cell === undefined) throw new Error("no cells");
    const name = `cell.${cell.index}`;
    const wish = world.trade({ slot: `${name}.buy`, side: "buy", price: "153", size }, size);
    return { world, name, wish, cell: () => world.memory().cells.find(({ index }) => index === cell.index) };
  };

  it("gives nothing up that the market would not take at the cap: it stays for sale at its profit", () => {
    const { world, cell } = bought(4);
    expect(lines(dear, world.book("149.93", "149.95"))).toContain("sell 153.62 x 0.04");
    expect(cell()?.stopping).toBe(false);
  });

  it("gives up a lot of a perpetual below the minimum notional, for that order only reduces", () => {
    const market = { ...perp, minNotional: decimal("5.99") };
    const { world, cell } = bought(4, market, { side: "long" });
    expect(lines(market, world.book("149.93", "149.95"))).toContain("hold 0.00 at 149.19");
    expect(cell()?.stopping).toBe(true);
  });

  it("ends a stop when what is left is less than the market takes at the cap; that waits with its cost for the next buy", () => {
    const { world, name, cell } = bought(40);
    expect(lines(dear, world.book("149.93", "149.95"))).toContain("hold 0.00 at 149.19");
    const sale = { slot: `hold:${dear.id}`, side: "sell", price: "149.93", size: 36 } as const;
    const wish = world.trade(sale, 4);
    expect(wish.some(({ kind }) => kind === "hold")).toBe(false);
    expect(cell()).toMatchObject({ stopping: false, spent: 0, lot: { size: 0 } });
    expect(world.memory().ledger.lastCycle).toMatchObject({ stopped: true });
    world.trade({ slot: `${name}.buy`, side: "buy", price: "149", size: 30 }, 34);
    expect([cell()?.lot?.size, cell()?.lot?.base.toFixed(), cell()?.lot?.cost.toFixed()]).toEqual([
      30,
      "0.34",
      "50.82",
    ]);
  });

  it("waits for an order of a stop that may trade yet", () => {
    const { world, cell } = bought(40);
    world.book("149.93", "149.95");
    const sale = { slot: `hold:${dear.id}`, side: "sell", price: "149.19", size: 40 } as const;
    world.rest({ ...sale, filled: 36 });
    world.trade({ ...sale, size: 36 }, 4);
    expect(cell()?.stopping).toBe(true);
    world.rest();
    expect(cell()?.stopping).toBe(false);
  });

  it("leaves the rest of a sale where it is, though a new order could not be so small", () => {
    const { world, name, wish } = bought(40);
    expect(lines(dear, wish)).toContain("sell 153.62 x 0.40");
    const sale = { slot: `${name}.sell`, side: "sell", price: "153.62", size: 40 } as const;
    world.rest({ ...sale, filled: 0 });
    world.rest({ ...sale, filled: 38 });
    expect(lines(dear, world.trade({ ...sale, size: 38 }, 2))).toContain("sell 153.62 x 0.02");
  });

  it("closes reduce-only, but not where the user holds the other way", () => {
    const { world, wish } = bought(40, perp, { side: "long" });
    const sale = (intents: typeof wish) => intents.find((each) => each.kind === "quote" && each.side === "sell");
    expect(sale(wish)).toMatchObject({ size: 40, reduceOnly: true });
    expect(sale(world.others(-100))).not.toHaveProperty("reduceOnly");
    expect(sale(world.others(100))).toMatchObject({ size: 40, reduceOnly: true });
  });
});
