// The views over all moments of short runs: whole at any time, with every word in the list.

import type { Engine } from "@bp/engine";
import { type HedgeMemory, strategyNamed } from "@bp/strategies";
import type { SystemView } from "dashboard/contract";
import { describe, expect, it } from "vitest";
import { engineOf } from "../../../wire-up.ts";
import { playedIn, runInMemory } from "../run.fixture.ts";
import { createCycles, type PastCycle, systemViewOf } from "./index.ts";
import { viewKeys } from "./keys.ts";

const sol = "backpack:SOL_USDC_PERP";
interface Played {
  readonly use: string;
  readonly what: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly seconds?: number;
  /** Phases that are seen in it. */
  readonly phases: readonly string[];
}

const making = { instrument: sol, spreadPct: 0.05, quantity: 0.5, maxPosition: 2, positionThreshold: 0.5 };
const glft = { name: "glft", riskAversion: 0.02, arrivals: 1, decay: 0.2, warmUpMs: 10_000, refit: { enabled: true } };
const runs: readonly Played[] = [
  {
    use: "maker",
    what: "a perpetual with stops",
    params: { ...making, intervalMs: 2_000, stopLoss: 0.2, takeProfit: 0.2, coolDownMs: 5_000 },
    seconds: 300,
    phases: ["waiting", "quoting", "reducing", "closing", "cooling"],
  },
  {
    use: "maker",
    what: "a perpetual with a model",
    params: { ...making, intervalMs: 2_000, spreadModel: glft, hanging: { enabled: true } },
    phases: ["measuring", "quoting"],
  },
  {
    use: "maker",
    what: "spot",
    params: { instrument: "backpack:SOL_USDC", spreadPct: 0.05, rebalance: { thresholdPct: 5 } },
    phases: ["waiting", "quoting", "rebalancing"],
  },
  {
    use: "grid",
    what: "long",
    params: { instrument: sol, side: "long", interval: 0.1, cells: 5, perCell: 50, takeProfitPct: 0.05, paceMs: 0 },
    phases: ["waiting", "running", "outside"],
  },
  {
    use: "grid",
    what: "infinite, on spot",
    params: {
      instrument: "backpack:SOL_USDC",
      kind: "geometric",
      ratioPct: 0.05,
      cells: 40,
      perCell: 20,
      infinite: true,
    },
    phases: ["stocking", "running"],
  },
  {
    use: "grid",
    what: "neutral, stopped by its largest loss",
    params: {
      instrument: sol,
      side: "neutral",
      interval: 0.2,
      cells: 6,
      perCell: 500,
      stopLossPct: 0.1,
      maxLossPct: 0.0001,
    },
    phases: ["running", "over"],
  },
  {
    use: "ladder",
    what: "with a quick profit",
    params: {
      instrument: "backpack:SOL_USDC",
      totalAmount: 500,
      orderCount: 5,
      maxDropPct: 0.3,
      incrementPct: 50,
      takeProfitPct: 0.02,
      tpMode: "gross",
      tpSlippagePct: 1,
      noFillRestartMs: 10_000,
    },
    seconds: 900,
    phases: ["building", "monitoring", "restarting"],
  },
  {
    use: "ladder",
    what: "that a stop ends",
    params: {
      instrument: "backpack:SOL_USDC",
      totalAmount: 500,
      orderCount: 5,
      maxDropPct: 0.1,
      incrementPct: 0,
      takeProfitPct: 5,
      stopLossPct: 0.05,
    },
    seconds: 900,
    phases: ["building", "monitoring", "stopped"],
  },
  {
    use: "hedge",
    what: "two cycles and their pauses",
    params: {
      lead: sol,
      hedge: "aster-futures:SOLUSDT",
      quantity: 0.5,
      offsetPct: 0.01,
      legWaitMs: 3_000,
      betweenLegsMs: 2_000,
      cycleMs: 2_000,
    },
    seconds: 300,
    phases: ["idle", "leg1", "between", "leg2", "sleep"],
  },
  {
    use: "dual-hedge",
    what: "on two accounts",
    params: { long: sol, short: "backpack-2:SOL_USDC_PERP", amount: 100, holdMs: 5_000, repriceMs: 2_000 },
    seconds: 300,
    phases: ["opening", "hold", "closing"],
  },
  {
    use: "single",
    what: "on one account",
    params: { instrument: sol, amount: 100, ageMs: 2_000 },
    phases: ["waiting", "bidding", "closing"],
  },
  {
    use: "sell-off",
    what: "without a view of its own",
    params: { markets: [{ instrument: "backpack:SOL_USDC", size: 2 }] },
    phases: [],
  },
];

const known: ReadonlySet<string> = new Set(viewKeys);

/** What is wrong with a view as the page reads it. */
function faultsIn({ phases, facts, tables, levels }: SystemView): readonly string[] {
  const words = [
    ...(phases === undefined ? [] : [...phases.steps, phases.now]),
    ...facts.map(({ label }) => label),
    ...levels.map(({ label }) => label).filter((label) => !/^#-?\d+$/.test(label)),
    ...tables.flatMap(({ title, columns, rows }) => [
      title,
      ...columns,
      ...rows.flat().flatMap((cell) => (typeof cell === "string" ? [] : [cell.say])),
    ]),
  ];
  return [
    ...words.filter((word) => !known.has(word)).map((word) => `no key: ${word}`),
    ...levels
      .filter(({ price }) => !/^\d+(\.\d+)?$/.test(price))
      .map(({ role, price }) => `no price: ${role} ${price}`),
    ...facts.filter(({ label }) => label === "fact.trouble").map(({ value }) => value),
    ...facts.filter(({ value }) => /NaN|Infinity|undefined/.test(value)).map(({ label, value }) => `${label} ${value}`),
    ...tables.flatMap(({ title, columns, rows }) =>
      rows.some((row) => row.length !== columns.length) ? [`a row of ${title} has other columns`] : [],
    ),
    ...(phases === undefined || phases.steps.includes(phases.now) ? [] : [`${phases.now} is none of the steps`]),
  ];
}

describe("systemViewOf", () => {
  it.each(runs)("shows $use ($what) whole at every moment, also of a world that is half known", async (run) => {
    const { use, params, phases, seconds = 120 } = run;
    const strategy = strategyNamed(use);
    const seen = new Set<string>();
    const faults = new Set<string>();
    let blank: Engine | undefined;
    await runInMemory({ tree: { strategies: [{ use, params }] }, seconds }, (step) => {
      blank ??= engineOf(step.recipe, step.instruments, 1); // has heard of nothing
      for (const played of playedIn(step)) {
        const view = systemViewOf(use, played);
        for (const fault of faultsIn(view)) faults.add(fault);
        if (view.phases !== undefined) seen.add(view.phases.now);
        if (step.event.seq % 11 !== 0) continue;
        const unseen = systemViewOf(use, { ...played, view: blank.viewOf(played.name) });
        const unlived = systemViewOf(use, { ...played, memory: strategy.start(played.params) });
        for (const fault of [...faultsIn(unseen), ...faultsIn(unlived)]) faults.add(fault);
      }
    });
    expect([...faults]).toEqual([]);
    expect([...seen]).toEqual(expect.arrayContaining(phases.map((phase) => `phase.${phase}`)));
  });

  it("says what is wrong instead of throwing, for a view is no reason to stop trading", () => {
    const none = { view: {}, params: undefined, memory: undefined } as unknown as Parameters<typeof systemViewOf>[1]; // as a bug would
    for (const use of ["maker", "grid", "hedge", "nobody's"])
      expect(systemViewOf(use, none).facts).toEqual([
        { label: "fact.trouble", value: expect.any(String), tone: "bad" },
      ]);
  });
});

describe("createCycles", () => {
  it("keeps the last cycles of a hedge loop, with how long each was without its hedge", async () => {
    const run = runs.find(({ use }) => use === "hedge");
    const cycles = createCycles();
    const ended: PastCycle[] = [];
    let rows: readonly (readonly unknown[])[] = [];
    let nakedMs = 0;
    let nakedSince: number | undefined;
    await runInMemory({ tree: { strategies: [{ use: "hedge", params: run?.params }] }, seconds: 300 }, (step) => {
      const [played] = playedIn(step);
      if (played === undefined) return;
      const memory = played.memory as HedgeMemory; // a hedge loop's
      if (nakedSince !== undefined && memory.nakedSince !== nakedSince)
        nakedMs += (memory.nakedSince ?? step.event.at) - nakedSince;
      ({ nakedSince } = memory);
      if (memory.last !== undefined && memory.last !== ended.at(-1)?.report) {
        ended.push({ report: memory.last, nakedMs });
        nakedMs = 0;
      }
      cycles.step(played.name, memory, step.event.at);
      rows = systemViewOf("hedge", { ...played, cycles: cycles.of(played.name) }).tables[1]?.rows ?? [];
    });
    const kept = cycles.of("hedge");
    expect(ended.length).toBeGreaterThan(2);
    expect(kept).toEqual(ended.toReversed().slice(0, 20));
    expect(kept.some((each) => (each.nakedMs ?? 0) > 0)).toBe(true);
    expect(rows.map(([cycle]) => cycle)).toEqual(kept.map(({ report }) => String(report.cycle)));
  });
});
