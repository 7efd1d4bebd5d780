// From the fills to the last sale and on: S1.13 to S1.19, S1.25, and what one cycle may spend.
import type { Command, PlaceOrder } from "@bp/core";
import { averageCostOf, breakEvenOf } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { type Bench, btc, btcPerp, layBench, sol, solPerp } from "./bench.ts";

const second = 1_000;

const lotOf = (bench: Bench) => {
  const { lot } = bench.memory();
  if (lot === undefined) throw new Error("nothing is held");
  return lot;
};
/** Quantity, cost and average as text. */
const held = (bench: Bench) => {
  const lot = lotOf(bench);
  return [lot.size.toFixed(), lot.cost.toFixed(), averageCostOf(lot).toFixed(4)];
};
const sells = (bench: Bench) => bench.placed().filter((each) => each.startsWith("sell"));

/** BTC's rungs 1 to 3 filled. */
const threeRungs = (params: Readonly<Record<string, unknown>> = {}, market = btc): Bench => {
  const bench = layBench({ market, price: ["59999", "60001", "60000"], params });
  bench.run(2 * second);
  bench.price("58949", "58950", "58950");
  bench.run(2 * second);
  return bench;
};

/** SOL's rungs 1 and 2 filled, and 0.07 of the 0.20 of rung 3, which the exchange then takes away. */
const partial = (market = solPerp, params: Readonly<Record<string, unknown>> = {}): Bench => {
  const bench = layBench({ market, price: ["149.99", "150.01", "150.00"], params });
  bench.run(2 * second);
  bench.price("148.67", "148.68", "148.68");
  bench.run(second);
  bench.price("147.36", "147.38", "147.38");
  bench.take(market.id, "sell", "0.07", "147.37");
  bench.run(100);
  const exchange = bench.exchange("backpack");
  const rung = exchange.openOrders("backpack", market.id).find(({ filled }) => filled > 0);
  if (rung === undefined) throw new Error("no rung has filled in part");
  const { status } = exchange.order("backpack", { instrument: market.id, id: rung.id }) ?? {};
  expect(status).toBe("partially-filled");
  exchange.cancel("backpack", { instrument: market.id, id: rung.id });
  bench.run(100);
  expect(bench.rungs()).not.toContain("147.37 x 0.13");
  return bench;
};

describe("S1, profit", () => {
  it("S1.13 three rungs of BTC cost 62.30175 for 0.00105: 59335.00 on average, break-even 59441.90", () => {
    const bench = threeRungs({}, btcPerp); // all fees in USDC
    expect(held(bench)).toEqual(["0.00105", "62.30175", "59335.0000"]);
    expect(breakEvenOf(lotOf(bench), btcPerp.fees.taker).toFixed(2)).toBe("59441.90");
    const coins = threeRungs(); // the fees of the buys were taken out of the BTC, which cannot be sold
    expect(held(coins)).toEqual(held(bench));
    expect(breakEvenOf(lotOf(coins), btc.fees.taker).toFixed(2)).toBe("59441.95");
  });

  it.each([
    { tpMode: "gross", below: "59453", at: "59454" },
    { tpMode: "net", below: "59560", at: "59561" },
  ])("S1.13 a profit of 0.2 % $tpMode is not reached at $below and is at $at", ({ tpMode, below, at }) => {
    const bench = threeRungs({ tpMode });
    const around = (price: string) => [String(Number(price) - 1), String(Number(price) + 1), price] as const;
    bench.price(...around(below));
    bench.run(10 * second);
    expect(bench.memory().phase).toBe("monitoring");
    expect(sells(bench)).toEqual([]);
    bench.price(...around(at));
    bench.run(100);
    expect(sells(bench)).not.toEqual([]);
    expect(bench.cancels()).toBe(6); // the other rungs
  });

  it("S1.14 0.07 of a rung that the exchange cancels count as 0.07", () => {
    const bench = partial();
    expect(held(bench)).toEqual(["0.28", "41.6443", "148.7296"]);
    bench.run(10 * second);
    expect(held(bench)[0]).toBe("0.28");
    expect(bench.rungs()[0]).toBe("147.37 x 0.13"); // what is left of it is bid for again
  });

  it("S1.16 what is bid above break-even is sold, the rest is offered at the profit's price, nothing below", () => {
    const bench = partial();
    // Break-even is 148.9976, the profit at 149.2956; 0.10 are bid between them, the next bid is 1 % lower.
    bench.book(
      solPerp.id,
      [
        ["149.29", "0.10"],
        ["147.80", "500"],
      ],
      "149.31",
    );
    bench.last(solPerp.id, "149.30");
    bench.run(2 * second);
    expect(bench.open(solPerp.id)).toEqual(["sell 0.18 @ 149.30"]);
    expect(sells(bench)[0]).toBe("sell 0.28 @ 149.00 ioc reduce-only");
    expect(bench.position(solPerp.id)).toBe("0.18");
    bench.run(120 * second);
    expect(bench.open(solPerp.id)).toEqual(["sell 0.18 @ 149.30"]);
    expect(bench.memory().phase).toBe("selling");
    expect(bench.memory().book.received.toFixed()).toBe("14.929");
  });

  it("S1.16 tpSlippagePct lets it sell below break-even", () => {
    const bench = partial(solPerp, { tpSlippagePct: "1.5", slippagePct: "3" });
    bench.book(
      solPerp.id,
      [
        ["149.29", "0.10"],
        ["147.80", "500"],
      ],
      "149.31",
    );
    bench.last(solPerp.id, "149.30");
    bench.run(2 * second);
    expect(bench.position(solPerp.id)).toBe("0.00");
    expect(sells(bench)).toEqual(["sell 0.28 @ 146.77 ioc reduce-only"]); // 148.9976 less 1.5 %, rounded up
  });

  it("S1.17 a sale of 0.20 of 0.28 goes on, and no new ladder is built before it is done", () => {
    const bench = partial();
    bench.book(
      solPerp.id,
      [
        ["149.29", "0.20"],
        ["147.80", "500"],
      ],
      "149.31",
    );
    bench.last(solPerp.id, "149.30");
    bench.run(60 * second);
    expect(bench.memory().phase).toBe("selling");
    expect(bench.open(solPerp.id)).toEqual(["sell 0.08 @ 149.30"]);
    expect(bench.rungs()).toEqual([]);
    bench.take(solPerp.id, "buy", "0.05", "149.30");
    bench.run(30 * second);
    expect(bench.open(solPerp.id)).toEqual(["sell 0.03 @ 149.30"]);
    expect(bench.memory().phase).toBe("selling");
    bench.take(solPerp.id, "buy", "0.03", "149.30");
    bench.run(second);
    expect(bench.memory().phase).toBe("restarting");
  });

  it("S1.17 what is too little to sell goes into the next cycle with its cost", () => {
    const bench = partial(sol); // spot: the fee of the buys is paid in SOL, so 0.27 can be sold of 0.28
    bench.price("149.30", "149.32", "149.31");
    bench.run(2 * second);
    const { lastCycle } = bench.memory();
    expect(lastCycle?.sold.toFixed()).toBe("0.27");
    expect(lastCycle?.dust.toFixed()).toBe("0.009762"); // 0.28 less 0.085 %, less 0.27
    const dust = lotOf(bench);
    expect(averageCostOf(dust).toFixed(4)).toBe("148.7296");
    const cash = lastCycle?.received.times("0.99905").minus(lastCycle.spent); // the fee of the buys was not paid in cash
    expect(lastCycle?.net.toFixed(8)).toBe(cash?.plus(dust.cost).toFixed(8));
    bench.until("a new ladder", () => bench.rungs().length === 9, 10 * second);
    expect(bench.rungs()[0]).toBe("149.30 x 0.08"); // the sale itself was the last print
    bench.price("149.28", "149.30", "149.30");
    bench.run(second);
    const lot = lotOf(bench);
    expect(lot.cost.toFixed(8)).toBe(dust.cost.plus("11.944").toFixed(8));
    expect(averageCostOf(lot).toFixed(6)).toBe(dust.cost.plus("11.944").div(dust.size.plus("0.08")).toFixed(6));
  });

  it("S1.18 a sale that is refused three times is not done: no new ladder, no rungs, a person is told, and it is tried again", () => {
    const bench = partial();
    const refused: { readonly at: number; readonly order: PlaceOrder }[] = [];
    let refuses = true;
    bench.intercept((command: Command) => {
      if (!refuses || command.type !== "order.place" || command.side !== "sell") return false;
      refused.push({ at: bench.now(), order: command });
      return true;
    });
    const answer = () => {
      const [last] = refused.slice(-1);
      if (last !== undefined && bench.engine.orders.has(last.order.clientId)) bench.refuse([last.order]);
    };
    bench.price("149.40", "149.42", "149.41");
    for (let at = 0; at < 300; at++) {
      bench.run(100);
      answer();
    }
    expect(refused.length).toBeGreaterThanOrEqual(3);
    expect(refused.length).toBeLessThan(12); // half a minute: it waits longer each time
    expect(bench.memory()).toMatchObject({ phase: "selling", lastCycle: undefined });
    expect(bench.rungs()).toEqual([]);
    expect(bench.said("ladder/sale").filter((each) => each.includes("refused 3 times"))).toHaveLength(1);
    expect(bench.notes.some(({ rule, why }) => rule === "alert" && why.includes("ladder/sale"))).toBe(true);
    refuses = false;
    bench.until("sold", () => bench.memory().phase !== "selling", 30 * second);
    expect(bench.memory().lastCycle?.sold.toFixed()).toBe("0.28");
  });

  it("S1.19 after a whole sale a new ladder hangs from a fresh price within 10 s; the cycle's figures begin anew, those of the run go on", () => {
    const bench = partial();
    bench.price("149.40", "149.42", "149.41");
    bench.until("sold", () => bench.memory().phase === "restarting", 5 * second);
    const soldAt = bench.now();
    bench.price("151.99", "152.01", "152.00");
    bench.until("a new ladder", () => bench.rungs().length === 9, 10 * second);
    expect(bench.now() - soldAt).toBeLessThanOrEqual(10 * second);
    expect(bench.rungs()[0]).toBe("152.00 x 0.08");
    const { cycle, book, totals, filled, lot } = bench.memory();
    expect({ cycle, filled, lot }).toEqual({ cycle: 2, filled: [], lot: undefined });
    expect([book.bought.toFixed(), totals.cycles, totals.won, totals.spent.toFixed()]).toEqual(["0", 1, 1, "41.6443"]);
    expect(totals.net.gt("0.08")).toBe(true); // 0.2 % of 41.64, after all fees
  });

  it("S1.19 without restart it reports and is done", () => {
    const bench = partial(solPerp, { restartAfterTakeProfit: false });
    bench.price("149.40", "149.42", "149.41");
    bench.run(30 * second);
    expect(bench.memory().phase).toBe("done");
    expect(bench.engine.done).toMatch(/take profit: cycle 1 sold 0\.28 SOL for 41\.83\d* USDC/);
    expect(bench.rungs()).toEqual([]);
  });

  it("S1.25 killed with three fills and six rungs it goes on with the same average, the profit armed, and what filled meanwhile", () => {
    const bench = threeRungs({}, btcPerp);
    const before = { rungs: bench.rungs(), held: held(bench) };
    expect(before.held).toEqual(["0.00105", "62.30175", "59335.0000"]);
    const placed = bench.placed();
    bench.restart(10 * second);
    bench.run(30 * second);
    expect({ rungs: bench.rungs(), held: held(bench) }).toEqual(before);
    expect(bench.placed()).toEqual(placed); // and none was pulled
    bench.restart(0);
    bench.take(btcPerp.id, "sell", "0.00077", "58425");
    bench.run(30 * second);
    expect(lotOf(bench).size.toFixed()).toBe("0.00182");
    expect(bench.rungs()).toEqual(before.rungs.slice(1));
    bench.price("59560", "59562", "59561");
    bench.run(5 * second);
    expect(bench.memory().lastCycle?.sold.toFixed()).toBe("0.00182");
  });
});
