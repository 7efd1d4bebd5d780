// One step whole: what went in, what everybody wished, what every rule said of it, and what came of that.
import type { AnyStrategy, Command, Event, Intent, Lots } from "@bp/core";
import type { Gate, Hearing, Wishes } from "@bp/risk";
import type { Decision } from "./decisions.ts";
import type { Note } from "./note.ts";
import { pictureOf, type WorldPicture } from "./picture.ts";
import { plainData } from "./plainData.ts";
import type { World } from "./world.ts";

/** One strategy at the moment of the decision. */
export interface StrategyPicture {
  readonly name: string;
  /** Its own positions, signed lots by market; a market whose position is unknown is left out. */
  readonly positions: Readonly<Record<string, Lots>>;
  /** What it remembers, the event included. */
  readonly memory: unknown;
  /** Who speaks for it: itself, a person who asked for quiet, or the closing of a position from before the start. */
  readonly voice: "own" | "quiet" | "clearing";
  /** All that should be true now; wishes for markets that cannot be seen are left out. */
  readonly wish: readonly Intent[];
}

/** A decision with everything that led to it. Plain data: JSON keeps all of it. */
export interface Explained {
  /** As it was heard: its dates are in the run's own time. */
  readonly event: Event;
  /** What was seen after the event was taken in, before anything was decided. */
  readonly view: WorldPicture;
  readonly strategies: readonly StrategyPicture[];
  /** What each rule remembers, the event included. */
  readonly rules: readonly { readonly rule: string; readonly memory: unknown }[];
  /** Whether the wishes were judged, and why, or why not. */
  readonly judged: { readonly done: boolean; readonly why: string };
  /** Each wish before the rules; empty where nothing was judged. */
  readonly hearings: readonly Hearing[];
  /** What the plan did about each order and wish; empty where nothing was judged. */
  readonly plan: readonly Decision[];
  /** What left the engine, in this order. */
  readonly commands: readonly Command[];
  readonly notes: readonly Note[];
}

/** What is kept while a step is explained. */
export interface Recorder {
  readonly hearings: Hearing[];
  readonly plan: Decision[];
  /** The wishes are there, and nothing has been decided. */
  seen(event: Event, judged: Explained["judged"]): void;
  done(commands: readonly Command[], notes: readonly Note[]): Explained;
}

/** The parts of an engine that a step is explained from. */
export interface Scene {
  readonly world: World;
  readonly gate: Gate;
  readonly running: readonly { readonly strategy: AnyStrategy; readonly params: unknown; readonly memory: unknown }[];
  readonly wishes: readonly Wishes[];
}

/** Begins to record a step. */
export function createRecorder({ world, gate, running, wishes }: Scene): Recorder {
  const hearings: Hearing[] = [];
  const plan: Decision[] = [];
  let before: Pick<Explained, "event" | "view" | "strategies" | "rules" | "judged"> | undefined;
  const strategyAt = ({ strategy, memory, params }: Scene["running"][number], at: number): StrategyPicture => {
    const ids = strategy.instruments(params);
    const asked = wishes[at];
    return {
      name: strategy.name,
      positions: Object.fromEntries(
        ids.flatMap((id) => {
          const size = asked?.view.position(id);
          return size === undefined ? [] : [[id, size] as const];
        }),
      ),
      memory: plainData(memory),
      voice: world.quiet !== undefined ? "quiet" : world.clearing.has(strategy.name) ? "clearing" : "own",
      wish: [...(asked?.intents ?? [])],
    };
  };
  return {
    hearings,
    plan,
    seen: (event, judged) => {
      const ids = new Set(running.flatMap(({ strategy, params }) => [...strategy.instruments(params)]));
      for (const { instrument } of world.orders.live.values()) ids.add(instrument);
      if ("instrument" in event && typeof event.instrument === "string" && world.instruments.has(event.instrument))
        ids.add(event.instrument);
      before = {
        event,
        view: pictureOf(world, ids),
        strategies: running.map(strategyAt),
        rules: gate.memories().map(({ rule, memory }) => ({ rule, memory: plainData(memory) })),
        judged,
      };
    },
    done: (commands, notes) => {
      if (before === undefined) throw new Error("a step was not recorded"); // `step` always tells
      return { ...before, hearings, plan, commands, notes };
    },
  };
}
