// Where cells are, when they buy, and what follows a fill.
import { describe, expect, it } from "vitest";
import { eth, ethPerp, layBench } from "./bench.ts";

const floors = (bench: ReturnType<typeof layBench>) => bench.memory().cells.map(({ floor }) => floor / 100);

describe("S4, cells", () => {
  it("S4.1 a price of 4012 with cells of 40 and three of them makes 3960–4000, 4000–4040 and 4040–4080", () => {
    const bench = layBench();
    bench.run(2_000);
    const { cells } = bench.memory();
    expect(cells.map(({ floor, ceiling }) => `${floor / 100}–${ceiling / 100}`)).toEqual([
      "3960–4000",
      "4000–4040",
      "4040–4080",
    ]);
  });

  it.each([
    ["3999", 3, [3920, 3960, 4000]],
    ["4000", 3, [3960, 4000, 4040]],
    ["4039", 3, [3960, 4000, 4040]],
    ["4040", 3, [4000, 4040, 4080]],
    ["3959", 3, [3880, 3920, 3960]],
  ])("S4.2 a price of %s with %i cells has floors %j", (price, cells, expected) => {
    const bench = layBench({ price, params: { cells } });
    bench.run(2_000);
    expect(floors(bench)).toEqual(expected);
  });

  it.each([
    [4, 3920, 4080],
    [5, 3920, 4120],
  ])("S4.3 %i cells at 4012 reach from %i to %i", (cells, from, to) => {
    const bench = layBench({ params: { cells } });
    bench.run(2_000);
    const { cells: made } = bench.memory();
    expect([made[0]?.floor, made.at(-1)?.ceiling]).toEqual([from * 100, to * 100]);
    expect(made.length).toBe(cells);
  });

  it("S4.4 at 4012 bids rest at 4000 and 3960, post-only; the cell above the price waits until the price is above its floor", () => {
    const bench = layBench();
    bench.run(20_000);
    expect(bench.placed(eth.id)).toEqual(["buy 0.0125 @ 4000.00 gtx", "buy 0.0126 @ 3960.00 gtx"]);
    expect(bench.open(eth.id)).toEqual(["buy 0.0125 @ 4000.00", "buy 0.0126 @ 3960.00"]);
    expect(bench.cells().map(({ state }) => state)).toEqual(["BUY_RESTING", "BUY_RESTING", "IDLE"]);
    bench.price("4040");
    bench.run(10_000);
    expect(bench.open(eth.id)).toHaveLength(2);
    bench.price("4040.01");
    bench.run(10_000);
    expect(bench.open(eth.id)).toEqual(["buy 0.0123 @ 4040.00", "buy 0.0125 @ 4000.00", "buy 0.0126 @ 3960.00"]);
  });

  it("S4.4 `entry: inside` bids inside the cell that the price is in, and there only", () => {
    const bench = layBench({ params: { entry: "inside" } });
    bench.run(20_000);
    expect(bench.open(eth.id)).toEqual(["buy 0.0124 @ 4012.00"]);
  });

  it("S4.6 a filled bid at 4000 is for sale at 4016.00 at once; the cell buys again at 4000 after the sale", () => {
    // Where fees are paid in quote all of it is sold, to the last digit of the README's reckoning.
    const bench = layBench({ market: ethPerp, params: { side: "long" } });
    bench.run(20_000);
    bench.take(ethPerp.id, "sell", "0.0125", "4000.00");
    const filledAt = bench.now();
    bench.until("the sale", () => bench.open(ethPerp.id).some((each) => each === "sell 0.0125 @ 4016.00"), 1_000);
    expect(bench.now() - filledAt).toBeLessThanOrEqual(50);
    bench.price("4015.99");
    bench.run(5_000);
    expect(bench.cells()[1]?.state).toBe("HOLDING");
    bench.take(ethPerp.id, "buy", "0.0125", "4016.00");
    bench.run(1_000);
    const { lastCycle, gross, fees } = bench.memory().ledger;
    expect(lastCycle?.gross.toFixed(4)).toBe("0.2000");
    expect(gross.minus(fees).toFixed(5)).toBe("0.11483");
    bench.run(5_000);
    expect(bench.open(ethPerp.id)[0]).toBe("buy 0.0125 @ 4000.00");
  });

  it("S4.6 where a buy pays its fee in ETH, what the fee left is sold, and the rest waits for the next turn", () => {
    const bench = layBench({ balances: { USDC: "1000", ETH: "30" } });
    bench.run(20_000);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.until("the sale", () => bench.open(eth.id).some((each) => each === "sell 0.0124 @ 4016.00"), 1_000);
    bench.price("4015.98");
    bench.take(eth.id, "buy", "0.0124", "4016.00");
    bench.until("the next bid", () => bench.open(eth.id).some((each) => each === "buy 0.0125 @ 4000.00"), 10_000);
    expect(bench.cells()[1]?.cell.lot?.base.toFixed()).toBe("0.000089375");
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.until("the whole size", () => bench.open(eth.id).some((each) => each === "sell 0.0125 @ 4016.00"), 10_000);
    expect(Number(bench.balance("backpack", "ETH"))).toBeGreaterThanOrEqual(30); // never a coin of the user's own
  });

  it("S4.8 a buy of 0.0050 at 4000 and 0.0075 at 3999.5 has a cost of 3999.70 and is for sale at 4015.70", () => {
    const bench = layBench({
      market: ethPerp,
      price: "4000",
      params: { side: "long", entry: "inside", interval: "30" },
    });
    bench.run(10_000);
    expect(bench.open(ethPerp.id)).toEqual(["buy 0.0125 @ 4000.00"]);
    bench.take(ethPerp.id, "sell", "0.0050", "4000.00");
    bench.run(1_000);
    bench.ask("pause");
    bench.run(1_000);
    bench.price("3999.50");
    bench.ask("resume");
    bench.run(10_000);
    expect(bench.open(ethPerp.id)).toEqual(["buy 0.0075 @ 3999.50", "sell 0.0050 @ 4016.00"]);
    bench.take(ethPerp.id, "sell", "0.0075", "3999.50");
    bench.run(10_000);
    expect(
      bench
        .cells()
        .find(({ state }) => state === "HOLDING")
        ?.basis?.toFixed(),
    ).toBe("3999.7");
    expect(bench.open(ethPerp.id)).toEqual(["sell 0.0125 @ 4015.70"]);
  });

  it("S4.9 a partial fill is for sale while the rest stays bid, and its sale closes the cycle with its own profit", () => {
    const bench = layBench({ market: ethPerp, params: { side: "long" } });
    bench.run(20_000);
    bench.take(ethPerp.id, "sell", "0.0050", "4000.00");
    bench.run(1_000);
    bench.price("4014");
    bench.run(10_000);
    expect(bench.open(ethPerp.id)).toEqual(["buy 0.0075 @ 4000.00", "buy 0.0126 @ 3960.00", "sell 0.0050 @ 4016.00"]);
    bench.take(ethPerp.id, "buy", "0.0050", "4016.00");
    bench.run(10_000);
    const { lastCycle, cycles } = bench.memory().ledger;
    expect(cycles).toBe(1);
    expect(lastCycle?.gross.toFixed()).toBe("0.08");
    expect(lastCycle?.fees.toFixed()).toBe("0.034068");
    expect(bench.open(ethPerp.id)).toEqual(["buy 0.0075 @ 4000.00", "buy 0.0126 @ 3960.00"]);
    expect(bench.cancels(ethPerp.id)).toBe(0);
  });

  it("S4.11 acting on one cell cancels nothing of the others", () => {
    const bench = layBench({ market: ethPerp, params: { side: "long" } });
    bench.run(20_000);
    bench.price("4041");
    bench.run(20_000);
    expect(bench.open(ethPerp.id)).toHaveLength(3);
    bench.take(ethPerp.id, "sell", "0.0123", "4040.00");
    bench.run(5_000);
    bench.take(ethPerp.id, "buy", "0.0123", "4056.16");
    bench.run(20_000);
    expect(bench.memory().ledger.cycles).toBe(1);
    expect(bench.cancels(ethPerp.id)).toBe(0);
  });

  it("S4.23 one buy and one sale that filled count 1 and 1, and orders that rest count nothing", () => {
    const bench = layBench();
    bench.run(20_000);
    const count = () => [bench.memory().ledger.buys, bench.memory().ledger.sells];
    expect(count()).toEqual([0, 0]);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(5_000);
    expect(count()).toEqual([1, 0]);
    bench.take(eth.id, "buy", "0.0124", "4016.00");
    bench.run(20_000);
    expect(count()).toEqual([1, 1]);
  });
});
