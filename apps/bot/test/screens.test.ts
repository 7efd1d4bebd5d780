// The lines of the systems' screens: each is said in both languages, whatever the run itself speaks.
import { describe, expect, it } from "vitest";
import { runInMemory } from "../src/door/frame/run.fixture.ts";
import { type Screens, screensOf, type Told } from "../src/face/screens.ts";

const sol = "backpack:SOL_USDC_PERP";
const runs = [
  {
    use: "hedge",
    params: {
      lead: sol,
      hedge: "aster-futures:SOLUSDT",
      quantity: 0.5,
      offsetPct: 0.001,
      betweenLegsMs: 5_000,
      cycleMs: 5_000,
    },
  },
  { use: "grid", params: { instrument: sol, side: "long", interval: 0.1, cells: 5, perCell: 50, paceMs: 0 } },
  {
    use: "ladder",
    params: {
      instrument: "backpack:SOL_USDC",
      totalAmount: 500,
      orderCount: 5,
      maxDropPct: 0.3,
      incrementPct: 10,
      takeProfitPct: 0.02,
    },
  },
] as const;

describe.each(runs)("the screens of $use", ({ use, params }) => {
  it.each(["en", "zh"] as const)("say every line in both languages, with a run that speaks %s", async (lang) => {
    let screens: Screens | undefined;
    const told: Told[] = [];
    await runInMemory({ tree: { strategies: [{ use, params }] }, seconds: 240 }, (step) => {
      const { engine, recipe, instruments, event, notes } = step;
      const figures = () => {
        throw new Error("nobody looks at figures for a line");
      };
      screens ??= screensOf({ engine, recipe, instruments, lang, figures });
      told.push(...screens.step(event, notes).news);
    });
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter(({ text, said }) => text !== said[lang])).toEqual([]);
    const said = told.map((line) => line.said);
    const chinese = said.filter(({ zh }) => /\p{Script=Han}/u.test(zh));
    expect(chinese.length).toBeGreaterThan(5);
    expect(chinese.filter(({ en }) => !/[a-z]{3}/.test(en))).toEqual([]); // it may have the original's words beside its own
    expect(said.filter(({ zh }) => /[a-z]{4,} [a-z]{3,}/.test(zh))).toEqual([]);
  });
});
