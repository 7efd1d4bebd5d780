// The views over all moments of short runs: whole at any time, with every word in the list.

import type { SystemView } from "dashboard/contract";
import { describe, expect, it } from "vitest";
import { playedIn, runInMemory } from "../run.fixture.ts";
import { systemViewOf } from "./index.ts";
import { viewKeys } from "./keys.ts";

const sol = "backpack:SOL_USDC_PERP";
const runs: readonly { readonly use: string; readonly what: string; readonly params: Record<string, unknown> }[] = [
  {
    use: "maker",
    what: "a perpetual with stops",
    params: {
      instrument: sol,
      spreadPct: 0.05,
      quantity: 0.5,
      maxPosition: 2,
      positionThreshold: 0.5,
      intervalMs: 2_000,
      stopLoss: 0.2,
      takeProfit: 0.2,
      coolDownMs: 5_000,
    },
  },
  {
    use: "grid",
    what: "long",
    params: { instrument: sol, side: "long", interval: 0.1, cells: 5, perCell: 50, takeProfitPct: 0.05, paceMs: 0 },
  },
];

const known: ReadonlySet<string> = new Set(viewKeys);
const isDecimal = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

function wordsOf({ phases, facts, tables, levels }: SystemView): readonly string[] {
  return [
    ...(phases === undefined ? [] : [...phases.steps, phases.now]),
    ...facts.map(({ label }) => label),
    ...levels.map(({ label }) => label).filter((label) => !/^#-?\d+$/.test(label)),
    ...tables.flatMap(({ title, columns, rows }) => [
      title,
      ...columns,
      ...rows.flat().flatMap((cell) => (typeof cell === "string" ? [] : [cell.say])),
    ]),
  ];
}

describe("systemViewOf", () => {
  it.each(runs)("shows $use ($what) at every moment of a run", async ({ use, params }) => {
    const phases = new Set<string>();
    let views = 0;
    await runInMemory({ tree: { strategies: [{ use, params }] }, seconds: 120 }, (step) => {
      for (const played of playedIn(step)) {
        const view = systemViewOf(use, played);
        views += 1;
        expect(view.facts.filter(({ label }) => label === "fact.trouble")).toEqual([]);
        expect(wordsOf(view).filter((word) => !known.has(word))).toEqual([]);
        expect(view.levels.filter(({ price }) => !isDecimal(price))).toEqual([]);
        for (const { columns, rows } of view.tables) for (const row of rows) expect(row.length).toBe(columns.length);
        if (view.phases !== undefined) {
          expect(view.phases.steps).toContain(view.phases.now);
          phases.add(view.phases.now);
        }
      }
    });
    expect(views).toBeGreaterThan(100);
  });
});
