// Parameters of a run that goes on: what a change would do, what it does, and what cannot be.
import type { Command } from "@bp/core";
import { describe, expect, it } from "vitest";
import { runInMemory, type Step } from "../door/frame/run.fixture.ts";
import { applyChange, type ChangeTerms, paramsNow, planChange } from "./index.ts";

const maker = {
  use: "maker",
  params: { instrument: "backpack:SOL_USDC_PERP", spreadPct: "0.2", quantity: "0.5", maxPosition: "5" },
};
const tree = { strategies: [maker] };

const termsOf = ({ engine, recipe, instruments }: Step): ChangeTerms => ({
  engine,
  recipe,
  instruments,
  config: { place: "memory", allowNegativeEdge: false },
});

/** Runs the maker, and does something once when half of the time is over. */
async function midway(act: (step: Step, terms: ChangeTerms) => void, each?: (step: Step, after: boolean) => void) {
  let began = 0;
  let acted = false;
  await runInMemory({ tree, seconds: 60 }, (step) => {
    began ||= step.event.at;
    each?.(step, acted);
    if (acted || step.event.type !== "timer.fired" || step.event.at - began < 30_000) return;
    act(step, termsOf(step));
    acted = true;
  });
  expect(acted).toBe(true);
}

/** How far from the middle quotes are placed, in percent of it and on both sides together, at the nearest. */
function spreads() {
  let nearest = Number.POSITIVE_INFINITY;
  return {
    hear: (commands: readonly Command[], mid: number | undefined) => {
      for (const each of commands)
        if (each.type === "order.place" && mid !== undefined)
          nearest = Math.min(nearest, (Math.abs(each.price - mid) / mid) * 200);
    },
    nearest: () => nearest,
  };
}

describe("planChange", () => {
  it("shows values, orders in the venue's numbers and a digest, and changes nothing", async () => {
    await midway(({ engine }, terms) => {
      const before = engine.paramsOf("maker");
      const plan = planChange(terms, "maker", { spreadPct: "0.4" });
      expect(plan.refused).toBe(undefined);
      expect(plan.values).toEqual([{ key: "spreadPct", from: "0.2", to: "0.4" }]);
      expect(plan.place.length).toBeGreaterThanOrEqual(2);
      const [buy] = plan.place.filter(({ side }) => side === "buy");
      expect(buy?.price).toMatch(/^\d+\.\d+$/);
      expect(buy?.size).toBe("0.50");
      expect(plan.cancel.length).toBeGreaterThan(0);
      expect(plan.digest).toMatch(/^[0-9a-f]{32}$/);
      expect(planChange(terms, "maker", { spreadPct: 0.4 }).digest).toBe(plan.digest); // as a form may say it
      expect(engine.paramsOf("maker")).toBe(before);
    });
  });

  it("warns where a guard of the strategy itself acts later, or never", async () => {
    const guarded = { strategies: [{ use: "maker", params: { ...maker.params, stopLoss: "25" } }] };
    await runInMemory({ tree: guarded, seconds: 10 }, (step) => {
      const warnings = (values: Record<string, unknown>) => planChange(termsOf(step), "maker", values).warnings;
      const later = (values: Record<string, unknown>) =>
        warnings(values).filter((each) => /^st\w+ (acts|is)/.test(each));
      expect(later({ stopLoss: "30", staleMs: 6_000 })).toEqual([
        "stopLoss acts later than now: 25 → 30",
        "staleMs acts later than now: 5000 → 6000",
      ]);
      // oxlint-disable-next-line unicorn/no-null -- as a page says that a value goes
      expect(later({ stopLoss: null })).toEqual([expect.stringMatching(/^stopLoss is taken away/)]);
      expect(later({ stopLoss: "20", spreadPct: "0.4" })).toEqual([]);
    });
  });

  it("refuses what is no value, no parameter, no strategy or nothing new, in the words of a configuration", async () => {
    await midway((_, terms) => {
      const refusal = (values: Record<string, unknown>, name = "maker") => planChange(terms, name, values).refused;
      expect(refusal({ spreadPct: "-1" })).toMatchObject({
        key: "spreadPct",
        why: 'found "-1", expected must be above 0',
      });
      expect(refusal({ spread: "1" })).toMatchObject({ key: "spread", hint: expect.stringContaining("spreadPct") });
      expect(refusal({ constructor: 1, __proto__: 2 })?.key).toBe("constructor");
      expect(refusal({ rebalance: { enabled: "perhaps" } })?.key).toBe("rebalance.enabled");
      expect(refusal({ spreadPct: "0.2" })?.why).toBe("every value is as it is now");
      expect(refusal({})?.why).toBe("every value is as it is now");
      expect(refusal({ spreadPct: "0.4" }, "makr")?.hint).toContain("maker");
      expect(refusal({ quantity: "0.0001" })).toMatchObject({
        key: "quantity",
        why: expect.stringContaining("multiple"),
      });
    });
  });

  it("refuses another market, and what the run's limits leave no room for, and says which and what to do", async () => {
    await midway((_, terms) => {
      const market = planChange(terms, "maker", { instrument: "backpack:SOL_USDC" });
      expect(market.refused).toMatchObject({ key: "instrument", why: "cannot change while the strategy runs" });
      const more = planChange(terms, "maker", { maxPosition: "6" });
      expect(more.refused?.why).toBe(
        "the limit maxPosition of backpack:SOL_USDC_PERP of this run is 5, and it would have to be 6",
      );
      expect(more.refused?.hint).toContain("start it anew");
      expect(planChange(terms, "maker", { maxOrders: 9 }).refused?.why).toContain("maxOpenOrders");
      expect(planChange(terms, "maker", { maxPosition: "2", maxOrders: 2 }).refused).toBe(undefined);
      expect(planChange(terms, "maker", { spreadPct: "5" }).refused).toBe(undefined); // what is to spare of the band is there for that
    });
  });

  it("keeps what is not said of a group, and takes a value away by null", async () => {
    await midway((_, terms) => {
      const group = planChange(terms, "maker", { "rebalance.thresholdPct": 10, stopLoss: 25 });
      expect(group.values.map(({ key, to }) => `${key} ${to}`)).toEqual(["stopLoss 25", "rebalance.thresholdPct 10"]);
      expect(group.params["rebalance"]).toEqual({ enabled: true, baseTargetPct: "30", thresholdPct: "10" });
      const model = { spreadModel: { name: "glft", riskAversion: "0.1", arrivals: 1, decay: 1 } };
      expect(planChange(terms, "maker", model).refused).toBe(undefined);
      expect(planChange(terms, "maker", { maxOrders: null }).refused?.why).toBe("every value is as it is now");
    });
  });

  it("gives forms what they show", async () => {
    await midway((step) => {
      const [only] = paramsNow(step.engine, step.recipe);
      expect(only).toMatchObject({ name: "maker", use: "maker", values: { spreadPct: "0.2" } });
      expect(only?.changeable).toContain("spreadPct");
      expect(Object.keys(only?.schema["properties"] ?? {})).toContain("spreadPct");
    });
  });
});

describe("applyChange", () => {
  it("changes the next quotes, is told in a line, and holds until the end", async () => {
    const [before, after] = [spreads(), spreads()];
    const told: string[] = [];
    await midway(
      (step, terms) => {
        const values = { spreadPct: "0.4" };
        const { digest } = planChange(terms, "maker", values);
        expect(applyChange(terms, step.operator, { strategy: "maker", values, digest, by: "test" }).refused).toBe(
          undefined,
        );
      },
      ({ commands, event, notes, engine }, acted) => {
        (acted ? after : before).hear(commands, engine.view.book("backpack:SOL_USDC_PERP").mid());
        if (event.type !== "params.changed") return;
        told.push(...notes.map(({ why }) => why));
        expect(engine.paramsOf("maker")).toMatchObject({ spreadPct: "0.4" });
      },
    );
    expect(told).toContain("maker, by test: spreadPct 0.2 -> 0.4");
    expect(before.nearest()).toBeLessThan(0.3);
    expect(after.nearest()).toBeGreaterThan(0.3);
  });

  it("refuses a plan that is older than the parameters, and one that nobody was shown", async () => {
    let asked: { step: Step; terms: ChangeTerms; digest: string } | undefined;
    const values = { spreadPct: "0.4" };
    await midway(
      (step, terms) => {
        const { digest } = planChange(terms, "maker", values);
        const other = { maxOrders: 2 };
        const second = planChange(terms, "maker", other).digest;
        const order = { strategy: "maker", values, digest: "0".repeat(32), by: "test" };
        expect(applyChange(terms, step.operator, order)).toMatchObject({ old: true });
        applyChange(terms, step.operator, { strategy: "maker", values: other, digest: second, by: "test" });
        asked = { step, terms, digest };
      },
      ({ event, engine }) => {
        if (event.type !== "params.changed" || asked === undefined) return;
        const { step, terms, digest } = asked;
        const late = applyChange(terms, step.operator, { strategy: "maker", values, digest, by: "test" });
        expect(late).toMatchObject({
          old: true,
          refused: { why: expect.stringContaining("older than the parameters") },
        });
        expect(engine.paramsOf("maker")).toMatchObject({ spreadPct: "0.2", maxOrders: 2 });
      },
    );
  });

  it("is refused once the run ends", async () => {
    await midway((step, terms) => {
      const values = { spreadPct: "0.4" };
      const { digest } = planChange(terms, "maker", values);
      step.operator.ask("stop", "test");
      const late = applyChange(terms, step.operator, { strategy: "maker", values, digest, by: "test" });
      expect(late.refused?.why).toContain("ending already");
    });
  });
});
