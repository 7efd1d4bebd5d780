// Which parameters a run was given on its way: for screens, for whoever resumes it, and for reports.
import { type Entry, type Event, type EventOf, type Millis, plain } from "@bp/core";
import { changeOf, type ValueChange, valuesChanged, valueText } from "@bp/engine";
import { strategyNamed } from "@bp/strategies";
import type { Recipe } from "../wire-up.ts";

/** A change that took effect. */
export interface ChangeMade {
  readonly at: Millis;
  /** By its name in the run. */
  readonly strategy: string;
  /** Who wanted it. */
  readonly by: string;
  readonly values: readonly ValueChange[];
}

/** What was changed so far. */
export interface ChangesMade {
  /** Oldest first. */
  readonly made: readonly ChangeMade[];
  /** What is other than the run began with: of each strategy, by whom and when it was changed last. */
  others(): readonly ChangeMade[];
}

/** Follows the parameters of a run. */
export interface ChangeLog extends ChangesMade {
  /** What an event has changed; `undefined`: nothing, also where the engine has left it aside. */
  event(event: Event): ChangeMade | undefined;
}

/** @param recipe - that the run began with */
export function createChangeLog({ strategies, once = [] }: Recipe): ChangeLog {
  const all = [...strategies, ...once];
  const began = new Map(all.map(({ name, use, params }) => [name, { use, params: parsed(use, params) }]));
  const now = new Map([...began].map(([name, { params }]) => [name, params]));
  const made: ChangeMade[] = [];
  const taken = ({ at, strategy, params, by }: EventOf<"params.changed">): ChangeMade | undefined => {
    const known = began.get(strategy);
    if (known === undefined) return undefined;
    const change = changeOf(strategyNamed(known.use), now.get(strategy), params);
    if (change.refused !== undefined) return undefined;
    now.set(strategy, change.params);
    const told = { at, strategy, by, values: change.values };
    made.push(told);
    return told;
  };
  return {
    event: (event) => (event.type === "params.changed" ? taken(event) : undefined),
    made,
    others: () =>
      [...began].flatMap(([strategy, { params }]) => {
        const last = made.findLast((each) => each.strategy === strategy);
        const values = valuesChanged(params, now.get(strategy));
        return last === undefined || values.length === 0 ? [] : [{ ...last, values }];
      }),
  };
}

/** The changes that a run's journal tells of. */
export function changesIn(recipe: Recipe, entries: Iterable<Entry>): readonly ChangeMade[] {
  let log: ChangeLog | undefined;
  for (const entry of entries) {
    if (entry.dir !== "in" || entry.event.type !== "params.changed") continue;
    log ??= createChangeLog(recipe);
    log.event(entry.event);
  }
  return log?.made ?? [];
}

/** Its values as a line: `maker: spreadPct 0.2 → 0.3`. */
export function changeLine({ strategy, values }: ChangeMade): string {
  const list = values.map(({ key, from, to }) => `${key} ${valueText(from)} → ${valueText(to)}`).join(", ");
  return plain(`${strategy}: ${list}`);
}

const parsed = (use: string, params: unknown): unknown => strategyNamed(use).params.parse(params);
