// What keeps a grid within bounds: position, losses, money, pace, and smaller orders after losses.
import { Big, decimal, type Instrument } from "@bp/core";
import { gridParams, levelOf } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { eth, ethPerp, layBench } from "./bench.ts";

const second = 1_000;
const hour = 3_600 * second;

/** A grid on the perpetual that has taken over a long position of the account. */
const holding = (
  size: string,
  params: Readonly<Record<string, unknown>>,
  balances: Readonly<Record<string, string>> = { USDC: "100000" },
) => {
  const bench = layBench({ market: ethPerp, existing: "adopt", balances, params: { side: "long", ...params } });
  bench.bought(size, "4000");
  bench.price("4012");
  return bench;
};

describe("S4, limits", () => {
  it("S4.14 with 950 held of at most 1000 a buy of 50 is allowed, with 960 it is skipped and the reason said", () => {
    const limits = { maxPosition: "1000", takeProfitPct: "50", cells: 1 };
    const allowed = holding("0.2375", limits);
    allowed.run(10 * second);
    expect(allowed.open(ethPerp.id)).toEqual(["buy 0.0125 @ 4000.00", "sell 0.2375 @ 6000.00"]);
    const refused = holding("0.2400", limits);
    refused.run(10 * second);
    expect(refused.open(ethPerp.id)).toEqual(["sell 0.2400 @ 6000.00"]);
    expect(refused.said("max position")).toEqual([
      "grid/cell.100: no order: would hold 1010.00 USDC, at most 1000 (max position)",
    ]);
  });

  it("S4.15 at a loss of 5 % (1000 to 950.00) own orders are cancelled, everything stops, and a person is told; at 950.01 it goes on", () => {
    const bench = layBench({
      price: "2200",
      balances: { USDC: "1000" },
      params: { interval: "2198.3", cells: 1, perCell: "549.575", maxLossPct: "5", takeProfitPct: "20" },
    });
    bench.run(10 * second);
    bench.price("2190");
    bench.run(5 * second);
    bench.price("2000.05");
    bench.run(10 * second);
    expect(bench.memory().equity?.now.toFixed(2)).toBe("950.01");
    expect(bench.engine.view.halted).toBeUndefined();
    expect(bench.open(eth.id)).toHaveLength(1);
    bench.price("2000");
    bench.run(2 * second);
    expect(bench.memory().equity?.now.toFixed()).toBe("950");
    expect(bench.engine.view.halted).toContain("950.00 USDC is 5.00 % below 1000.00");
    expect(bench.open(eth.id)).toEqual([]);
    expect(bench.notes.filter(({ rule }) => rule === "alert")).toHaveLength(1);
    bench.price("2190");
    bench.run(60 * second);
    expect(bench.open(eth.id)).toEqual([]); // until a person resumes
    bench.price("2000");
    bench.run(2 * second);
    bench.ask("resume");
    bench.run(10 * second);
    expect(bench.engine.view.halted).toBeUndefined();
    expect(bench.open(eth.id)).toEqual(["sell 0.2497 @ 2637.96"]); // losses count anew from 950
    expect(bench.memory().equity?.start.toFixed()).toBe("950");
  });

  it("S4.15 a profit of 5 % stops nothing", () => {
    const bench = layBench({
      price: "2200",
      balances: { USDC: "1000" },
      params: { interval: "2198.3", cells: 1, perCell: "549.575", maxLossPct: "5", takeProfitPct: "20" },
    });
    bench.run(10 * second);
    bench.price("2190");
    bench.run(5 * second);
    bench.price("2500");
    bench.run(10 * second);
    expect(bench.memory().equity?.now.gt(1050)).toBe(true);
    expect(bench.engine.view.halted).toBeUndefined();
  });

  it("S4.17 a realised loss of 200.00 since 00:00 UTC lets nobody buy until the next day, and sales go on", () => {
    const bench = layBench({
      market: ethPerp,
      price: "4500",
      params: { side: "long", interval: "4493", cells: 1, perCell: "8986", stopLossPct: "2", dailyLoss: "200" },
    });
    bench.run(10 * second);
    bench.take(ethPerp.id, "sell", "2.0000", "4493.00");
    bench.run(5 * second);
    bench.book(ethPerp.id, "4401", "4401.01");
    bench.last(ethPerp.id, "4401.00");
    bench.run(5 * second);
    expect(bench.memory().ledger.today.toFixed()).toBe("-200");
    bench.price("4500");
    bench.run(hour);
    expect(bench.open(ethPerp.id)).toEqual([]);
    expect(bench.said("the day's realised loss has reached 200").length).toBeGreaterThan(0);
    bench.run(10 * hour); // it began at 14:00
    expect(bench.open(ethPerp.id)).toEqual(["buy 2.0000 @ 4493.00"]);
  });

  it("S4.17 a profit of 200 stops nothing; a configuration without the limit has one of 100", () => {
    const bench = layBench({ market: ethPerp, params: { side: "long", perCell: "50000", dailyLoss: "200" } });
    bench.run(20 * second);
    bench.take(ethPerp.id, "sell", "12.5000", "4000.00");
    bench.run(5 * second);
    bench.price("4015");
    bench.take(ethPerp.id, "buy", "12.5000", "4016.00");
    bench.run(20 * second);
    expect(bench.memory().ledger.gross.toFixed()).toBe("200");
    expect(bench.open(ethPerp.id)[0]).toBe("buy 12.5000 @ 4000.00");
    expect(gridParams.parse({ instrument: eth.id, interval: "40", perCell: "50" }).dailyLoss).toBe("100");
  });

  it("S4.17 while nobody buys, what is held is still for sale", () => {
    const bench = layBench({ market: ethPerp, params: { side: "long", dailyLoss: "0.05" } });
    bench.run(20 * second);
    bench.price("3970"); // through the first bid: a fee of 0.0425
    bench.run(5 * second);
    bench.take(ethPerp.id, "sell", "0.0060", "3960.00"); // and of 0.020196
    bench.run(20 * second);
    expect(bench.memory().ledger.today.toFixed()).toBe("-0.062696");
    expect(bench.open(ethPerp.id).filter((each) => each.startsWith("sell"))).toHaveLength(2);
  });

  it("S4.18 with a stop of 2 % a lot of 4000 is sold at 3920, within the cap, as a loss; without it is held", () => {
    const play = (params: Readonly<Record<string, unknown>>) => {
      const bench = layBench({ params });
      bench.run(20 * second);
      bench.take(eth.id, "sell", "0.0125", "4000.00");
      bench.run(5 * second);
      bench.price("3920.01");
      bench.run(5 * second);
      const before = bench.placed(eth.id).filter((each) => each.includes("ioc"));
      bench.price("3920");
      bench.run(10 * second);
      return { bench, before };
    };
    const { bench, before } = play({ stopLossPct: "2" });
    expect(before).toEqual([]);
    expect(bench.placed(eth.id).filter((each) => each.includes("ioc"))).toEqual(["sell 0.0124 @ 3900.40 ioc"]); // 3919.99 less 0.5 %
    const { lastCycle } = bench.memory().ledger;
    expect(lastCycle).toMatchObject({ index: 100, stopped: true });
    expect(lastCycle?.gross.toFixed()).toBe("-0.992124"); // 0.0124 × (3919.99 − 4000)
    expect(bench.said("stop loss").length).toBeGreaterThan(0);

    const held = play({}).bench;
    expect(held.placed(eth.id).filter((each) => each.includes("ioc"))).toEqual([]);
    expect(held.cells().find(({ cell }) => cell.index === 100)?.state).toBe("HOLDING");
  });

  it("a stop of which less is left than the market takes at the cap is over: it is not tried again, and the cell buys anew", () => {
    const dear: Instrument = { ...eth, minNotional: decimal("5.06") };
    const bench = layBench({ market: dear, params: { stopLossPct: "2", cells: 1 } });
    bench.run(20 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(5 * second);
    bench.book(
      eth.id,
      [
        ["3919.99", "0.0111"],
        ["3900.39", "100"], // 0.0013 are left: 5.0705 at this bid, 5.0452 at the cap of 3880.89
      ],
      "3920.01",
    );
    bench.last(eth.id, "3920.00");
    bench.run(20 * second);
    expect(bench.placed(eth.id).filter((each) => each.includes("ioc"))).toEqual(["sell 0.0124 @ 3900.40 ioc"]);
    expect(bench.cells().map(({ state }) => state)).toEqual(["IDLE"]);
    expect(bench.memory().ledger.lastCycle).toMatchObject({ stopped: true });
    expect(bench.notes.filter(({ rule }) => rule === "filters")).toEqual([]);
    bench.price("4012");
    bench.run(10 * second);
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.run(5 * second);
    expect(bench.open(eth.id)).toEqual(["sell 0.0138 @ 4016.00"]); // 0.0125 and what was left, less what went in fees
  });

  it("S4.19 order actions are 3 s apart; a fill and a stop wait for nothing", () => {
    const bench = layBench({ params: { cells: 7, stopLossPct: "2", paceMs: 3_000 } });
    bench.run(40 * second);
    const placed = bench.actions().filter(({ what }) => what === "order.place");
    expect(placed).toHaveLength(4);
    const gaps = placed.slice(1).map(({ at }, before) => at - (placed[before]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);
    const began = bench.now();
    bench.take(eth.id, "sell", "0.0125", "4000.00");
    bench.until("the sale", () => bench.open(eth.id).some((each) => each.startsWith("sell")), 1_000);
    expect(bench.now() - began).toBeLessThan(100);
    bench.price("3919");
    const falls = bench.now();
    bench.until("the stop", () => bench.placed(eth.id).some((each) => each.includes("ioc")), 1_000);
    expect(bench.now() - falls).toBeLessThan(100);
  });

  it("S4.26 with 30 USDC free a cell that needs 50 places nothing and says why; the others are as they were", () => {
    const bench = layBench({ price: "4041", balances: { USDC: "129.692", ETH: "0" }, params: { cells: 4 } });
    bench.run(30 * second);
    expect(bench.open(eth.id)).toEqual(["buy 0.0123 @ 4040.00", "buy 0.0125 @ 4000.00"]);
    expect(bench.said("are free")).toEqual(["grid/cell.99: no order: needs 49.90 USDC, 30.00 are free"]);
  });

  it("S4.26 exactly 50.00 free buys 0.0125 where fees are charged in ETH, and 0.0124 where they are charged in USDC; nothing is refused", () => {
    for (const [buyFee, size] of [
      ["base", "0.0125"],
      ["quote", "0.0124"],
    ]) {
      const bench = layBench({ balances: { USDC: "50", ETH: "0" }, params: { cells: 1, buyFee } });
      bench.run(30 * second);
      expect(bench.open(eth.id)).toEqual([`buy ${size} @ 4000.00`]);
      expect(bench.events.some(({ type }) => type === "order.rejected")).toBe(false);
    }
  });

  it("S4.27 after a draw-down of 10 % the next order is 40 USDC, after a loss of 2 % 25, of 5 % 10; what rests is left alone", () => {
    // One ETH taken over at 4000 moves the equity by a dollar a dollar; the second order comes after ten minutes.
    const play = (...prices: readonly string[]) => {
      const params = { takeProfitPct: "50", cells: 4, paceMs: 600_000 };
      const bench = holding("1.0000", params, { USDC: "1003.8" });
      for (const price of ["4000.10", ...prices]) {
        bench.price(price);
        bench.run(10 * second);
      }
      bench.run(1_000 * second);
      const { equity } = bench.memory();
      return { level: equity?.level, buys: bench.placed(ethPerp.id).filter((each) => each.startsWith("buy")) };
    };
    const first = "buy 0.0125 @ 4000.00 gtx";
    expect(play("4111.20", "4000.09")).toEqual({ level: "LOW", buys: [first, "buy 0.0126 @ 3960.00 gtx"] });
    expect(play("4111.20", "4000.08")).toEqual({ level: "MEDIUM", buys: [first, "buy 0.0101 @ 3960.00 gtx"] }); // 40
    expect(play("3980.00")).toEqual({ level: "HIGH", buys: [first, "buy 0.0063 @ 3960.00 gtx"] }); // 25
    expect(play("3949.00")).toEqual({ level: "CRITICAL", buys: [first, "buy 0.0025 @ 3920.00 gtx"] }); // 10
  });

  it("S4.27 the levels: MEDIUM by the fall from the highest, HIGH and CRITICAL by the loss since the start", () => {
    const { sizeFactors } = gridParams.parse({ instrument: eth.id, interval: "40", perCell: "50" });
    const level = (loss: string, fall: string) => levelOf(new Big(loss), new Big(fall), sizeFactors);
    expect([level("0", "9.99"), level("1.99", "10"), level("2", "10"), level("5", "0")]).toEqual([
      "LOW",
      "MEDIUM",
      "HIGH",
      "CRITICAL",
    ]);
  });
});
