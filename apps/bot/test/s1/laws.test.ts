// What holds whatever happens to a ladder: its budget, its inventory, and that it ends equal to the exchange.
import { Big, gridsOf, type InstrumentId } from "@bp/core";
import { constantLatency } from "@bp/sim";
import { ladderParams, targetsOf } from "@bp/strategies";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bench, layBench, sample, sol, solPerp } from "./bench.ts";

type Step =
  | { readonly do: "price"; readonly cents: number }
  | { readonly do: "take"; readonly lots: number }
  | { readonly do: "give"; readonly lots: number }
  | { readonly do: "cancel"; readonly which: number }
  | { readonly do: "restart"; readonly ms: number }
  | { readonly do: "wait"; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("price" as const), cents: fc.integer({ min: 13_500, max: 16_500 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("take" as const), lots: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("give" as const), lots: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), which: fc.nat({ max: 8 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const), ms: fc.integer({ min: 0, max: 20_000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 10, max: 200_000 }) }) },
);

const play = (bench: Bench, id: InstrumentId, steps: readonly Step[], after: () => void): void => {
  let cents = 15_000;
  const text = (at: number) => (at / 100).toFixed(2);
  const set = () => bench.price(text(cents - 1), text(cents + 1), text(cents));
  for (const each of steps) {
    switch (each.do) {
      case "price":
        cents = each.cents;
        set();
        break;
      case "take":
        bench.take(id, "sell", text(each.lots), text(cents - 200));
        break;
      case "give":
        bench.take(id, "buy", text(each.lots), text(cents + 200));
        break;
      case "cancel": {
        const found = bench
          .exchange("backpack")
          .openOrders("backpack", id)
          .filter(({ clientId }) => clientId !== undefined);
        const order = found[each.which % Math.max(1, found.length)];
        if (order !== undefined) bench.exchange("backpack").cancel("backpack", { instrument: id, id: order.id });
        break;
      }
      case "restart":
        bench.restart(each.ms);
        break;
      case "wait":
        bench.run(each.ms);
        break;
    }
    bench.run(600);
    after();
  }
};

/** Runs a script, and looks at every event. */
const run = (steps: readonly Step[], market: typeof sol, params: Readonly<Record<string, unknown>> = {}) => {
  const { unit } = gridsOf(market);
  let worst = new Big(0);
  const spent = new Map<number, Big>(); // by cycle, from the exchange's own list of trades as the engine was told them
  const seen = new Set<string>();
  const bench = layBench({
    market,
    price: ["149.99", "150.01", "150.00"],
    params: { noFillRestartMs: 20_000, restartDelayMs: 1_000, ...params },
    seat: { latency: constantLatency(150) },
    watch: (event, _, engine) => {
      const memory = engine.memoryOf("ladder") as ReturnType<Bench["memory"]>; // the board's only strategy
      const fills = event.type === "order.filled" ? [event] : event.type === "account.snapshot" ? event.fills : [];
      for (const { tradeId, side, price, size, clientId } of fills) {
        if (side !== "buy" || clientId === undefined || seen.has(tradeId)) continue;
        seen.add(tradeId);
        spent.set(memory.cycle, (spent.get(memory.cycle) ?? new Big(0)).plus(unit.times(price).times(size)));
      }
      let resting = new Big(0);
      for (const order of engine.orders.values())
        if (order.side === "buy") resting = resting.plus(unit.times(order.price).times(order.size - order.filled));
      const sum = resting.plus(spent.get(memory.cycle) ?? 0);
      if (sum.gt(worst)) worst = sum;
    },
  });
  let oversold = false;
  play(bench, market.id, steps, () => {
    const offered = bench
      .open(market.id)
      .filter((each) => each.startsWith("sell"))
      .reduce((sum, each) => sum.plus(each.split(" ")[1] ?? "0"), new Big(0));
    const { lot } = bench.memory();
    oversold ||= offered.gt(lot === undefined ? 0 : lot.size.minus(lot.taken));
  });
  return { bench, worst, oversold };
};

const scripts = fc.array(step, { minLength: 5, maxLength: 25 });

describe("S1, laws", () => {
  it("never spends and rests more than totalAmount in a cycle, whatever fills, is taken away or starts anew", {
    timeout: 180_000,
  }, () => {
    fc.assert(
      fc.property(scripts, (steps) => {
        const { worst } = run(steps, sol);
        expect(worst.lte(sample.totalAmount), `${worst.toFixed()} of ${sample.totalAmount}`).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("offers no more than it holds, ends with what the exchange says it holds, and every cycle that took its profit has earned", {
    timeout: 180_000,
  }, () => {
    fc.assert(
      fc.property(scripts, (steps) => {
        const { bench, oversold } = run(steps, solPerp);
        expect(oversold).toBe(false);
        bench.run(120_000);
        const { lot, lastCycle, totals } = bench.memory();
        expect(new Big(bench.position(solPerp.id)).eq(lot?.size ?? 0)).toBe(true);
        expect(lastCycle?.net.lt(0) ?? false, lastCycle?.net.toFixed()).toBe(false);
        expect(totals.won).toBe(totals.cycles);
      }),
      { numRuns: 40 },
    );
  });

  it("asks prices that are never below break-even, however the lot came to be", () => {
    const params = ladderParams.parse({ ...sample, instrument: sol.id });
    const amount = fc.integer({ min: 1, max: 10_000_000 }).map((count) => new Big(count).div(10_000));
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 1_000 }), (size, cost, feeParts) => {
        const fees = cost.times(feeParts).div(1_000_000);
        const { floor, takeProfit } = targetsOf({ size, cost, fees, taken: new Big(0) }, sol, params);
        const kept = (price: number) => size.times(price).times(sol.tickSize).times(new Big(1).minus(sol.fees.taker));
        expect(kept(floor).gte(cost.plus(fees))).toBe(true);
        expect(kept(takeProfit).gte(cost.plus(fees).times("1.002"))).toBe(true);
        expect(kept(floor - 1).lt(cost.plus(fees))).toBe(true);
      }),
    );
  });
});
