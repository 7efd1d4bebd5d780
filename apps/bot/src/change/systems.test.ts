// All systems with other parameters again and again while they trade: no doubled exposure, no orphan, the same run when told again.
import type { Command, Entry, InstrumentId } from "@bp/core";
import { replay } from "@bp/engine";
import { strategyNamed } from "@bp/strategies";
import { describe, expect, it } from "vitest";
import { runInMemory, type Step } from "../door/frame/run.fixture.ts";
import { engineOf } from "../wire-up.ts";
import { applyChange, type ChangeTerms, planChange } from "./index.ts";

const sol: InstrumentId = "backpack:SOL_USDC_PERP";
type Values = Readonly<Record<string, unknown>>;

/** A system, and what is said to it every so often, round and round. */
interface Case {
  readonly use: string;
  readonly params: Values;
  readonly changes: readonly Values[];
  /** Lots that may be held on one market at most. */
  readonly most: number;
}

const quick = { intervalMs: 2_000, maxOrders: 2, quantity: "0.5", maxPosition: "3" };
const cases: readonly Case[] = [
  {
    use: "maker",
    params: { instrument: sol, spreadPct: "0.02", ...quick },
    changes: [
      { spreadPct: "0.04", maxOrders: 1 },
      { maxPosition: "1", positionThreshold: "0.2" },
      { spreadModel: { name: "avellaneda-stoikov", riskAversion: "0.01", decay: 0.05, warmUpMs: 5_000 } },
      { hanging: { enabled: true }, quantity: "0.3" },
      {
        spreadModel: {
          name: "glft",
          riskAversion: "0.01",
          arrivals: 1,
          decay: 0.1,
          warmUpMs: 1_000,
          refit: { enabled: true },
        },
      },
      { "spreadModel.refit.depths": 5, tolerancePct: "0.01" },
      { spreadModel: { name: "fixed" }, hanging: { enabled: false }, spreadPct: "0.02", stopLoss: 0.05 },
      { maxPosition: "3", quantity: "0.5", maxOrders: 2, stopLoss: null },
    ],
    most: 300,
  },
  {
    use: "grid",
    params: {
      instrument: "backpack:SOL_USDC",
      interval: "0.05",
      cells: 6,
      perCell: "60",
      paceMs: 500,
      takeProfitPct: "0.03",
    },
    changes: [
      { takeProfitPct: "0.06", perCell: "40" },
      { stopLossPct: "0.05" },
      { takeProfitPct: "cell", paceMs: 200 },
      { stopLossPct: null, volatility: { enabled: true, barMs: 2_000 } },
      { perCell: "60", takeProfitPct: "0.03", "volatility.barMs": 5_000, trailing: true },
    ],
    most: 400,
  },
  {
    use: "ladder",
    params: {
      instrument: "backpack:SOL_USDC",
      totalAmount: 500,
      orderCount: 4,
      maxDropPct: 0.1,
      incrementPct: 0,
      takeProfitPct: 0.02,
      tpMode: "gross",
      restartDelayMs: 1_000,
    },
    changes: [
      { totalAmount: 300, takeProfitPct: 0.04 },
      { orderCount: 2, maxDropPct: 0.05 },
      { trailTakeProfitPct: 0.01, tpMode: "net" },
      { trailTakeProfitPct: null, tpMode: "gross", takeProfitPct: 0.01 },
      { totalAmount: 500, orderCount: 4, onMaxDrop: "hold" },
    ],
    most: 340,
  },
  {
    use: "hedge",
    params: {
      lead: sol,
      hedge: "aster-futures:SOLUSDT",
      quantity: 0.5,
      offsetPct: 0.01,
      legWaitMs: 3_000,
      betweenLegsMs: 2_000,
      cycleMs: 2_000,
      maxNakedMs: 10_000,
    },
    changes: [
      { quantity: 0.2, offsetPct: 0.005 },
      { betweenLegsMs: 500, xemm: { enabled: true, marginPct: "0.01", minMarginPct: "0.001", maxMarginPct: "0.05" } },
      { quantity: 0.5, "xemm.enabled": false, rounding: "passive" },
      { offsetPct: 0.02, cycleMs: 500, postOnly: false },
    ],
    most: 60,
  },
  {
    use: "dual-hedge",
    params: { long: sol, short: "backpack-2:SOL_USDC_PERP", amount: 100, holdMs: 5_000, repriceMs: 2_000 },
    changes: [
      { amount: 60, openTimeoutMs: 30_000 },
      { holdMs: 1_000, closeTimeoutMs: 3_000 },
      { amount: 100, holdMs: 8_000 },
      { openTimeoutMs: 2_000 },
    ],
    most: 70,
  },
  {
    use: "single",
    params: { instrument: sol, amount: 100, ageMs: 2_000 },
    changes: [{ amount: 50 }, { amount: 90, postOnly: false }, { ageMs: 500, postOnly: true }, { amount: 100 }],
    most: 70,
  },
];

const termsOf = ({ engine, recipe, instruments }: Step): ChangeTerms => ({
  engine,
  recipe,
  instruments,
  config: { place: "memory", allowNegativeEdge: true },
});

/** Applies a change after the other, one every 7 s; plans are made all the time if it is asked for. */
async function played({ use, params, changes, most }: Case, asks: boolean) {
  const entries: Entry[] = [];
  const said: string[] = [];
  let [applied, steps, largest] = [0, 0, 0];
  let last: Step | undefined;
  const result = await runInMemory({ tree: { strategies: [{ use, params }] }, seconds: 160, seed: 4 }, (step) => {
    last = step;
    steps += 1;
    const { event, commands, engine, instruments, operator } = step;
    entries.push({ dir: "in", event });
    for (const command of commands) entries.push({ dir: "out", cause: event.seq, command });
    for (const { id } of instruments) largest = Math.max(largest, Math.abs(engine.viewOf(use).position(id) ?? 0));
    const terms = termsOf(step);
    if (asks && steps % 5 === 0) planChange(terms, use, changes[steps % changes.length] ?? {});
    if (event.type !== "timer.fired" || (event.at / 1_000) % 7 !== 0 || operator.ending !== undefined) return;
    const values = changes[applied % changes.length] ?? {};
    const { digest } = planChange(terms, use, values);
    const { refused } = applyChange(terms, operator, { strategy: use, values, digest, by: "test" });
    if (refused === undefined) applied += 1;
    else said.push(refused.why);
    if (refused !== undefined) applied += 1;
  });
  if (last === undefined) throw new Error("nothing happened");
  const again = replay(engineOf(last.recipe, last.instruments, 1), entries);
  return { result, entries, said, applied, largest, most, last, again };
}

const commandsOf = (entries: readonly Entry[]): readonly Command[] =>
  entries.flatMap((each) => (each.dir === "out" ? [each.command] : []));

describe("other parameters in mid-run", () => {
  it.each(cases)("leave $use sane, and planning them leaves no trace", async (each) => {
    const quiet = await played(each, false);
    const { result, said, applied, largest, most, last, again, entries } = quiet;
    expect(said).toEqual([]);
    expect(applied).toBeGreaterThan(10);
    expect({ code: result.code, why: result.why }).toEqual({ code: 0, why: "time is up" });
    expect(last.engine.view.halted).toBe(undefined);
    expect(last.engine.orders.size).toBe(0);
    expect(last.engine.differences().total.unexplained).toBe(0);
    expect(result.summary.fills).toBeGreaterThan(3);
    expect(largest).toBeLessThanOrEqual(most);
    expect(again).toMatchObject({ difference: undefined, unwritten: [] });
    const asked = await played(each, true);
    expect(commandsOf(asked.entries)).toEqual(commandsOf(entries));
  });

  it("names parameters that there are, and never a market", () => {
    for (const { use, params } of cases) {
      const strategy = strategyNamed(use);
      const parsed = strategy.params.parse(params);
      const markets = new Set<string>(strategy.instruments(parsed));
      const free = strategy.changeable?.(parsed) ?? [];
      const shape = "shape" in strategy.params ? Object.keys(Object(strategy.params.shape)) : [];
      expect(free.filter((key) => !shape.includes(key))).toEqual([]);
      expect(free.filter((key) => markets.has(String(Object(parsed)[key])))).toEqual([]);
    }
  });
});
