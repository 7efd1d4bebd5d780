// What a grid can be beyond the README: geometric, trailing, infinite, compound, and grids on perpetuals.
import { describe, expect, it } from "vitest";
import { eth, ethPerp, layBench } from "./bench.ts";

const second = 1_000;

describe("S4, options", () => {
  it("S4.28 volatility of 0.01 a bar makes orders 60 USDC, 0.05 leaves 50, 0.09 makes 40, and it is off by default", () => {
    const play = (move: number, volatility: object) => {
      const params = { side: "long", cells: 1, shiftAfterMs: 86_400_000, volatility };
      const bench = layBench({ market: ethPerp, price: "3900", params });
      bench.ask("halt"); // nothing opens until there are enough bars
      for (let bar = 0; bar < 14; bar++) {
        bench.price((3_900 * (bar % 2 === 0 ? 1 : 1 + move)).toFixed(2));
        for (let tick = 0; tick < 60; tick++) {
          bench.run(second);
          bench.last(ethPerp.id, tick % 2 === 0 ? "3905.00" : "3906.00"); // ticks of the loop are no bars
        }
      }
      bench.price("3900");
      bench.ask("resume");
      bench.run(20 * second);
      return bench.open(ethPerp.id);
    };
    const on = { enabled: true, bars: 10 };
    expect(play(0.01, on)).toEqual(["buy 0.0154 @ 3880.00"]);
    expect(play(0.05, on)).toEqual(["buy 0.0128 @ 3880.00"]);
    expect(play(0.09, on)).toEqual(["buy 0.0103 @ 3880.00"]);
    expect(play(0.01, {})).toEqual(["buy 0.0128 @ 3880.00"]);
  });

  it("a geometric grid has floors of the same ratio", () => {
    const bench = layBench({
      price: "100",
      params: { kind: "geometric", ratioPct: "1", interval: undefined, cells: 5 },
    });
    bench.run(20 * second);
    expect(bench.memory().cells.map(({ floor }) => floor)).toEqual([9_802, 9_900, 10_000, 10_100, 10_201]);
    expect(bench.open(eth.id)).toEqual(["buy 0.5050 @ 99.00", "buy 0.5100 @ 98.02"]);
  });

  it("a trailing grid goes one cell up when the price is one cell above it, with the lowest bid, and lots keep their cost", () => {
    const bench = layBench({ params: { trailing: true, takeProfitPct: "10" } });
    bench.run(20 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(10 * second);
    bench.price("4119.99");
    bench.run(10 * second);
    expect(bench.memory().cells.map(({ floor }) => floor / 100)).toEqual([3960, 4000, 4040]);
    bench.price("4120");
    bench.run(20 * second);
    expect(bench.memory().cells.map(({ floor }) => floor / 100)).toEqual([4000, 4040, 4080]);
    expect(bench.cells()[0]).toMatchObject({ state: "HOLDING" });
    expect(bench.cells()[0]?.basis?.toFixed()).toBe("4000");
    expect(bench.open(eth.id)).toEqual(["buy 0.0122 @ 4080.00", "buy 0.0123 @ 4040.00", "sell 0.0124 @ 4400.00"]);
  });

  it("an infinite grid holds the same value at every step, however high the price goes", () => {
    const params = {
      infinite: true,
      baseValue: "10000",
      cells: 4,
      trailing: true,
      shiftAfterMs: 10_000,
      paceMs: 1_000,
    };
    const bench = layBench({ price: "4000", balances: { USDC: "20000", ETH: "0" }, params });
    bench.run(30 * second);
    const value = (price: number) => ((bench.engine.viewOf("grid").position(eth.id) ?? 0) / 10_000) * price;
    expect(value(4000)).toBeGreaterThan(9_900);
    expect(bench.open(eth.id)).toEqual([
      "buy 0.0252 @ 3960.00",
      "buy 0.0257 @ 3920.00",
      "sell 0.0247 @ 4040.00",
      "sell 0.0242 @ 4080.00",
    ]);
    for (let price = 4_000; price <= 5_200; price += 40) {
      bench.price(String(price + 1));
      bench.run(30 * second);
    }
    expect(value(5_200)).toBeGreaterThan(9_850);
    expect(value(5_200)).toBeLessThan(10_100);
    for (let price = 5_200; price >= 4_000; price -= 40) {
      bench.price(String(price - 1));
      bench.run(30 * second);
    }
    expect(value(4_000)).toBeGreaterThan(9_800);
    expect(value(4_000)).toBeLessThan(10_200);
    expect(bench.memory().ledger.gross.gt(0)).toBe(true);
  });

  it("a compounding grid puts what a cell earned into the next order", () => {
    const bench = layBench({ market: ethPerp, params: { side: "long", compound: true, cells: 1, perCell: "5000" } });
    bench.run(10 * second);
    for (let at = 0; at < 2; at++) {
      bench.until("the bid", () => bench.open(ethPerp.id).some((each) => each.startsWith("buy")));
      bench.take(ethPerp.id, "sell", "2.0000", "4000.00");
      bench.until("the sale", () => bench.open(ethPerp.id).some((each) => each.startsWith("sell")));
      bench.take(ethPerp.id, "buy", "2.0000", "4016.00");
      bench.run(second);
    }
    bench.run(10 * second);
    // 5000 and 11.483, then 5000 and what the second turn (1.2528) earned: 11.508… each turn's profit goes once.
    expect(bench.placed(ethPerp.id).filter((each) => each.startsWith("buy"))).toEqual([
      "buy 1.2500 @ 4000.00 gtx",
      "buy 1.2528 @ 4000.00 gtx",
      "buy 1.2528 @ 4000.00 gtx",
    ]);
  });

  it("a short grid sells at the ceilings above the price and buys back below its cost, reduce-only", () => {
    const bench = layBench({ market: ethPerp, params: { side: "short" } });
    bench.run(20 * second);
    expect(bench.open(ethPerp.id)).toEqual(["sell 0.0123 @ 4040.00", "sell 0.0122 @ 4080.00"]);
    bench.price("4039");
    bench.take(ethPerp.id, "buy", "0.0123", "4040.00");
    bench.run(10 * second);
    expect(bench.position(ethPerp.id)).toBe("-0.0123");
    expect(bench.placed(ethPerp.id).at(-1)).toBe("buy 0.0123 @ 4023.84 gtx reduce-only"); // 4040 less 0.4 %
    bench.take(ethPerp.id, "sell", "0.0123", "4023.84");
    bench.run(10 * second);
    expect(bench.memory().ledger.lastCycle?.gross.toFixed()).toBe("0.198768");
    expect(bench.position(ethPerp.id)).toBe("0.0000");
  });

  it("a neutral grid buys below the price and sells above it", () => {
    const bench = layBench({ market: ethPerp, params: { side: "neutral", cells: 5 } });
    bench.run(30 * second);
    expect(bench.open(ethPerp.id)).toEqual([
      "buy 0.0125 @ 4000.00",
      "buy 0.0126 @ 3960.00",
      "buy 0.0127 @ 3920.00",
      "sell 0.0122 @ 4080.00",
      "sell 0.0121 @ 4120.00",
    ]);
    bench.take(ethPerp.id, "sell", "0.0125", "4000.00");
    bench.run(5 * second);
    bench.price("4081");
    bench.run(20 * second);
    expect(bench.memory().ledger.cycles).toBe(1);
    expect(
      bench
        .cells()
        .filter(({ state }) => state === "HOLDING")
        .map(({ way, basis }) => [way, basis?.toFixed()]),
    ).toEqual([["short", "4080"]]);
  });

  it("a spot market is not sold short, and says so", () => {
    const bench = layBench({ params: { side: "neutral" } });
    bench.run(20 * second);
    expect(bench.placed(eth.id)).toEqual([]);
    expect(bench.said("cannot be traded neutral")).toHaveLength(1);
  });

  it("a book that is too old opens nothing and lets what is held be sold", () => {
    const bench = layBench({ params: { staleMs: 60_000 } });
    bench.run(20 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.until("the bids are pulled", () => bench.cancels(eth.id) === 1, 120 * second);
    bench.run(10);
    expect(bench.open(eth.id)).toEqual(["sell 0.0124 @ 4016.00"]);
    bench.price("4012.5");
    bench.run(20 * second);
    expect(bench.open(eth.id)).toEqual(["buy 0.0126 @ 3960.00", "sell 0.0124 @ 4016.00"]);
  });
});
