// Orders and their fate: answers, restarts, refusals, the lattice that stays where it is, and the hourly look.
import type { Command, PlaceOrder } from "@bp/core";
import { constantLatency } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { type Bench, eth, ethPerp, layBench } from "./bench.ts";

const second = 1_000;
const hour = 3_600 * second;

/** One turn of the cell at 4000, with what of the lot can be sold. */
const turn = (bench: Bench) => {
  bench.until("the bid", () => bench.open(eth.id).some((each) => each.includes("@ 4000.00")));
  bench.take(eth.id, "sell", "0.0125", "4000.00");
  bench.until("the sale", () => bench.open(eth.id).some((each) => each.startsWith("sell")));
  bench.take(eth.id, "buy", "0.0200", "4016.00");
  bench.run(second);
};

describe("S4, orders", () => {
  it("S4.13 an hour between 3999 and 4001 moves no cell and cancels nothing", () => {
    const bench = layBench({ market: ethPerp, params: { side: "long" } });
    bench.run(20 * second);
    const floors = () => bench.memory().cells.map(({ floor }) => floor);
    const before = floors();
    for (let at = 0; at < 360; at++) {
      bench.price(at % 2 === 0 ? "3999" : "4001");
      bench.run(10 * second);
    }
    expect(floors()).toEqual(before);
    expect(bench.cancels(ethPerp.id)).toBe(0);
    expect(bench.placed(ethPerp.id).length).toBeLessThan(5);
  });

  it("S4.13 the lattice moves only after the price has been beyond its margin for its time, and a cell that holds stays", () => {
    const bench = layBench({ params: { shiftMarginPct: "0.5", shiftAfterMs: 60_000 } });
    bench.run(20 * second);
    const floors = () => bench.memory().cells.map(({ floor }) => floor / 100);
    bench.price("4100.39"); // 4080 and 0.5 % are 4100.40
    bench.run(600 * second);
    expect(floors()).toEqual([3960, 4000, 4040]);
    bench.price("4100.41");
    bench.run(50 * second);
    bench.price("4100.39");
    bench.run(50 * second);
    bench.price("3990"); // fills 4040 and 4000
    bench.run(20 * second);
    expect(bench.cells().map(({ state }) => state)).toEqual(["BUY_RESTING", "HOLDING", "HOLDING"]);
    const bases = bench.cells().map(({ basis }) => basis?.toFixed());
    bench.price("3900"); // 3960 fills too
    bench.run(200 * second);
    expect(floors()).toEqual([3960, 4000, 4040]); // nothing is empty, nothing moves
    expect(bench.cells().map(({ basis }) => basis?.toFixed())).toEqual(["3960", ...bases.slice(1)]);
    bench.price("3976"); // the lowest cell sells at 3975.84
    bench.run(20 * second);
    expect(bench.memory().ledger.cycles).toBe(1);
    expect(floors()).toContain(3880); // it went where the price had been for a minute
    expect(floors()).toEqual(expect.arrayContaining([4000, 4040]));
  });

  it("S4.20 a buy that was answered is BUY_RESTING with its order, over a restart too, and its fill makes the cell HOLDING at once", () => {
    const bench = layBench();
    bench.run(20 * second);
    const resting = () => bench.cells()[1];
    expect(resting()?.state).toBe("BUY_RESTING");
    expect(resting()?.opening).toMatchObject({ state: "open", price: 400_000, size: 125, filled: 0 });
    bench.restart(5_000);
    bench.run(30 * second);
    expect(resting()?.state).toBe("BUY_RESTING");
    expect(bench.open(eth.id)).toEqual(["buy 0.0125 @ 4000.00", "buy 0.0126 @ 3960.00"]);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    const began = bench.now();
    bench.until("holding", () => resting()?.state === "HOLDING", 1_000);
    expect(bench.now() - began).toBeLessThanOrEqual(20);
  });

  it("S4.21 killed with a bid, a lot and counters of 7 and 6, it goes on with the same cells, costs and counters, and nothing twice", () => {
    const bench = layBench({ market: ethPerp, params: { side: "long", cells: 2 } });
    const { id } = ethPerp;
    const fill = () => {
      bench.until("the bid", () => bench.open(id).some((each) => each === "buy 0.0125 @ 4000.00"));
      bench.take(id, "sell", "0.0125", "4000.00");
      bench.until("the sale", () => bench.open(id).some((each) => each.startsWith("sell")));
    };
    for (let at = 0; at < 6; at++) {
      fill();
      bench.take(id, "buy", "0.0125", "4016.00");
      bench.run(second);
    }
    fill();
    bench.run(20 * second);
    const seen = () => {
      const { ledger, cells } = bench.memory();
      const at = bench.cells().map(({ state, basis }) => [state, basis?.toFixed()]);
      return {
        counters: [ledger.buys, ledger.sells],
        cells: cells.map(({ index }) => index),
        at,
        open: bench.open(id),
      };
    };
    const before = seen();
    expect(before.counters).toEqual([7, 6]);
    expect(before.open).toEqual(["buy 0.0126 @ 3960.00", "sell 0.0125 @ 4016.00"]);
    bench.restart(30 * second);
    bench.run(60 * second);
    expect(seen()).toEqual(before);
  });

  it("S4.21 what is traded while it is down is counted once when it comes back", () => {
    const bench = layBench();
    turn(bench);
    bench.run(20 * second);
    bench.restart(0);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(60 * second);
    expect([bench.memory().ledger.buys, bench.memory().ledger.sells]).toEqual([2, 1]);
  });

  it("S4.31 a bid that was refused because the market was on it is placed as soon as it rests again", () => {
    const bench = layBench({ seat: { latency: constantLatency(300) }, params: { cells: 1 } });
    bench.until("an order on its way", () => bench.placed(eth.id).length === 1);
    bench.price("3999.99"); // offers at 4000.00
    bench.run(20 * second);
    expect(bench.events.some((each) => each.type === "order.rejected" && each.reason === "would-take")).toBe(true);
    expect(bench.open(eth.id)).toEqual([]);
    const tries = bench.placed(eth.id).length;
    bench.price("4000.01"); // the offer is gone, the bid would rest
    bench.until("the bid", () => bench.open(eth.id).length === 1, 5 * second);
    expect(bench.open(eth.id)).toEqual(["buy 0.0125 @ 4000.00"]);
    expect(bench.placed(eth.id).length).toBe(tries + 1);
  });

  it("S4.31 after a burst of refusals for too many requests no gap is left, and the hourly look finds what it expects", () => {
    const bench = layBench({ params: { cells: 7 } });
    const refused: PlaceOrder[] = [];
    let storm = true;
    bench.intercept((command: Command) => {
      if (!storm || command.type !== "order.place") return false;
      refused.push(command);
      return true;
    });
    for (let at = 0; at < 300; at++) {
      bench.run(100);
      bench.refuse(refused.splice(0));
    }
    expect(bench.open(eth.id)).toEqual([]);
    storm = false;
    bench.run(hour);
    expect(bench.open(eth.id)).toHaveLength(4); // 4000, 3960, 3920, 3880
    expect(bench.said("self-audit")).toEqual(["grid/audit: self-audit: 4 orders expected, 4 live"]);
    expect(bench.notes.some(({ rule }) => rule === "alert")).toBe(false);
  });

  it("S4.31 the look finds an order that is missing, and says so once it is sure", () => {
    const never = { name: "never", start: () => undefined, check: () => ({ refuse: "not today" }) } as const;
    const bench = layBench({ params: { cells: 1 }, rules: [never] });
    bench.run(hour + 60 * second);
    expect(bench.notes).toContainEqual({ rule: "alert", why: "grid/audit: self-audit: missing cell.100.buy" });
  });
});
