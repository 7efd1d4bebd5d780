// Short runs in memory of any configuration, watched step by step: what the parts of a frame are tested on.
import type { Command, Event, View } from "@bp/core";
import type { Note } from "@bp/engine";
import { openJournal } from "@bp/journal";
import type { CountedFill } from "@bp/report";
import { strategyNamed } from "@bp/strategies";
import { readBotConfig } from "../../config/index.ts";
import { createOperator, type Operator } from "../../operator.ts";
import { recipeOf } from "../../recipe.ts";
import { type Begun, type Glass, type RunState, runSession } from "../../session.ts";
import { chooseStage } from "../../stage/choose.ts";
import { marketsAt, type Stage } from "../../stage/stage.ts";
import type { Recipe } from "../../wire-up.ts";

/** One step of a run, as a face is told it. */
export interface Step extends RunState {
  readonly event: Event;
  readonly commands: readonly Command[];
  readonly notes: readonly Note[];
  readonly fills: readonly CountedFill[];
  readonly recipe: Recipe;
  readonly operator: Operator;
}

/** A strategy of a run as a view is made of it. */
export interface Played {
  readonly name: string;
  readonly use: string;
  readonly params: unknown;
  readonly memory: unknown;
  readonly view: View;
}

/** What is to be run. */
export interface Run {
  /** A configuration in our own form; `accounts` are those that the strategies name. */
  readonly tree: Readonly<Record<string, unknown>>;
  readonly seconds: number;
  readonly seed?: number;
  /** Puts something between the stage and the run: a link that drops. */
  readonly around?: (stage: Stage) => Stage;
  /** Looks at the loop. */
  readonly glass?: Glass;
  /** Hears that it begins. */
  readonly begun?: (begun: Begun) => void;
}

/** Runs it to its end, as fast as it computes. @param step - told after every event, before the orders leave */
export async function runInMemory({ tree, seconds, seed = 1, around, glass, begun }: Run, step: (step: Step) => void) {
  const flags = { memory: true, journal: ":memory:", seed: String(seed) };
  const config = await readBotConfig({ file: "run.yaml", tree, flags, env: {}, keys: "left" });
  const bare = await chooseStage(config);
  const stage = around?.(bare) ?? bare;
  const cooked = recipeOf(config, await marketsAt(stage));
  const store = openJournal(":memory:");
  const operator = createOperator();
  const nothing = () => undefined;
  const face = {
    begun: begun ?? nothing,
    step: (
      event: Event,
      commands: readonly Command[],
      notes: readonly Note[],
      state: RunState,
      fills: readonly CountedFill[],
    ) => step({ ...state, event, commands, notes, fills, recipe: cooked.recipe, operator }),
    ending: nothing,
    ended: nothing,
  };
  try {
    const options = {
      stage,
      ...cooked,
      store,
      resume: false,
      durationSeconds: seconds,
      face,
      operator,
      ...(glass === undefined ? {} : { glass }),
    };
    const result = await runSession(options);
    if (result.failure !== undefined) throw result.failure;
    return result;
  } finally {
    store.close();
  }
}

const parsed = new WeakMap<object, unknown>();

/** The strategies of a step; their parameters are the same objects in every step of a run. */
export function playedIn({ engine, recipe }: Step): readonly Played[] {
  return recipe.strategies.map((each) => {
    const { name, use } = each;
    const params = parsed.get(each) ?? strategyNamed(use).params.parse(each.params);
    parsed.set(each, params);
    return { name, use, params, memory: engine.memoryOf(name), view: engine.viewOf(name) };
  });
}
