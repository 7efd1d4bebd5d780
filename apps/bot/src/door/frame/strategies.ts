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

/** @param recipe - of the run */
export function createTroupe(engine: Engine, { strategies, once = [] }: Recipe): Troupe {
  const cycles: Cycles = createCycles();
  const actors = [...strategies, ...once].map(({ name, use }) => ({ name, use, strategy: strategyNamed(use) }));
  const hedges = actors.filter(({ use }) => use === "hedge");
  const instrument = (id: InstrumentId) => engine.view.instrument(id);
  /** Where a halt or a person keeps it from everything that it would do now; once no order is left, what it would quote stands nowhere. */
  const heldView = (shown: SystemView): SystemView => {
    const { quiet, orders, view } = engine;
    if (quiet === undefined && view.halted === undefined) return shown;
    const isOver = orders.size === 0;
    const now = view.halted === undefined && quiet !== undefined ? phaseOf(quiet, isOver) : phaseOf("stop", isOver);
    const levels = isOver ? shown.levels.filter(({ role }) => role !== "quote") : shown.levels;
    return { ...shown, phases: { steps: [now], now }, levels };
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
          ...(explained === undefined ? { wishes: [] } : wishesIn(explained, asker, instrument)),
          view: heldView(shown),
        };
      }),
  };
}

function phaseOf(quiet: NonNullable<Engine["quiet"]>, isOver: boolean): ViewKey {
  if (quiet === "pause") return "phase.paused";
  if (quiet === "flatten") return "phase.closing";
  return isOver ? "phase.stopped" : "phase.stopping";
}
