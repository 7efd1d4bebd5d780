// Each strategy: what it wishes and why that is not so, what it says, and itself in its system's terms.
import type { InstrumentId } from "@bp/core";
import type { Engine, Explained } from "@bp/engine";
import { type HedgeMemory, strategyNamed } from "@bp/strategies";
import type { StrategyNow, SystemView } from "dashboard/contract";
import type { Recipe } from "../../wire-up.ts";
import { type Cycles, createCycles, systemViewOf } from "./systems/index.ts";
import type { ViewKey } from "./systems/keys.ts";
import { wishesIn } from "./wishes.ts";

/** Follows the strategies of a run. */
export interface Troupe {
  /** Told after each event. */
  step(at: Explained["event"]["at"]): void;
  /** @param explained - a step of a moment ago, while somebody watches; without one there are no wishes to show */
  now(explained: Explained | undefined): readonly StrategyNow[];
}

/** @param recipe - of the run; @param lang - of our own words */
export function createTroupe(engine: Engine, { strategies, once = [] }: Recipe, lang: "en" | "zh"): Troupe {
  const cycles: Cycles = createCycles();
  const actors = [...strategies, ...once].map(({ name, use }) => ({ name, use, strategy: strategyNamed(use) }));
  const hedges = actors.filter(({ use }) => use === "hedge");
  const instrument = (id: InstrumentId) => engine.view.instrument(id);
  const heldView = (shown: SystemView): SystemView => {
    if (engine.view.halted !== undefined) return held(shown, "phase.stopped");
    return engine.quiet === undefined ? shown : held(shown, phaseOf[engine.quiet]);
  };
  return {
    step: (at) => {
      for (const { name } of hedges) cycles.step(name, engine.memoryOf(name) as HedgeMemory, at); // of its own strategy
    },
    now: (explained) =>
      actors.map(({ name, use, strategy }): StrategyNow => {
        const [view, memory, params] = [engine.viewOf(name), engine.memoryOf(name), engine.paramsOf(name)];
        const told = strategy.remarks?.(view, memory, params) ?? [];
        const remarks = told.map(({ topic, say, alert = false }) => ({ topic, say, alert }));
        const end = strategy.ends?.(view, memory, params);
        const done = end?.kind === "done" ? end.why : undefined;
        const shown = systemViewOf(use, { view, params, memory, cycles: cycles.of(name) });
        const asker = { name, use, params, markets: strategy.instruments(params), done, remarks };
        return {
          name,
          use,
          ...(done === undefined ? {} : { done }),
          remarks,
          ...(explained === undefined ? { wishes: [] } : wishesIn(explained, asker, { instrument, lang })),
          view: heldView(shown),
        };
      }),
  };
}

/** Where a halt or a person keeps it from everything that it would do now: what it would quote stands nowhere. */
function held(view: SystemView, now: ViewKey): SystemView {
  return { ...view, phases: { steps: [now], now }, levels: view.levels.filter(({ role }) => role !== "quote") };
}

const phaseOf = { pause: "phase.paused", stop: "phase.stopped", flatten: "phase.closing" } as const;
