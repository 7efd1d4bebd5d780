// Everything that a frame is made from: the folds over a run, and how often each part of the picture is made anew.
import type { Command, Event } from "@bp/core";
import type { Explained } from "@bp/engine";
import type { CountedFill } from "@bp/report";
import { liquidationsOf } from "@bp/risk";
import type { Frame, RunNow } from "dashboard/contract";
import type { Begun, RunState } from "../../session.ts";
import { version } from "../../version.ts";
import { accountsNow, createAssets } from "./accounts.ts";
import { createLinks } from "./links.ts";
import type { LoopWatch } from "./loop.ts";
import { marketNow } from "./markets.ts";
import { moneyNow } from "./money.ts";
import { createQueue } from "./queue.ts";
import { standingNow } from "./standing.ts";
import { createTroupe } from "./strategies.ts";
import type { Sums } from "./sums.ts";
import { warningsOf } from "./warnings.ts";

/** What only the feed knows of the run's life. */
export type Life = Pick<RunNow, "state" | "began"> & { readonly why?: string; readonly code?: number };

/** A run that is drawn. */
export interface Scene {
  /** Told of each step. */
  step(event: Event, commands: readonly Command[], fills: readonly CountedFill[]): void;
  /** A step that was explained: what the wishes are shown from. `undefined`: nobody watches any more, and it grows old. */
  explained(explained: Explained | undefined): void;
  /** The picture. @param clock - ms, which says what may be shown from a moment ago; `undefined`: nothing may */
  frame(life: Life, clock: number | undefined): Frame;
}

/** Views take long, and nobody reads them thirty times a second: made anew after so many ms. */
const slowMs = 250;
/** Purses and clocks. */
const accountsMs = 1_000;

/** What a scene is drawn from. */
export interface SceneParts {
  readonly begun: Begun;
  readonly state: RunState;
  /** Begun with the run, maybe before this process. */
  readonly sums: Sums;
  readonly loop: LoopWatch;
}

/** Nothing has happened in it yet. */
export function createScene({ begun, state, sums, loop }: SceneParts): Scene {
  const { engine, tally } = state;
  const { stage, recipe, instruments } = begun;
  const { view } = engine;
  const [links, assets] = [createLinks(stage.now()), createAssets()];
  const queue = createQueue(engine);
  const liquidationOf = liquidationsOf(instruments.flatMap(({ id, kind }) => (kind === "perp" ? [id] : [])));
  const troupe = createTroupe(engine, recipe);
  let [seq, explained]: [number, Explained | undefined] = [0, undefined];
  const telling = () => every(slowMs, () => troupe.now(explained));
  let strategies = telling();
  const accounts = every(accountsMs, () => accountsNow(stage, view, links, assets));
  const timing = every(accountsMs, () => loop.now());
  const run = {
    id: begun.run,
    place: stage.place,
    lasts: stage.lasts,
    resumed: begun.resumed,
    speed: stage.speed,
    ...(stage.seed === undefined ? {} : { seed: stage.seed }),
    about: stage.about,
    strategy: recipe.strategies.map(({ use }) => use).join("+"),
    name: [...recipe.strategies, ...(recipe.once ?? [])].map(({ name }) => name).join("+"),
    version,
    hasJournal: begun.journal !== ":memory:",
  };
  return {
    step: (event, commands, fills) => {
      seq = event.seq;
      links.step(event);
      assets.step(event);
      queue.step(event, commands);
      sums.step(event, fills, state);
      troupe.step(event.at);
    },
    explained: (told) => {
      [explained, strategies] = [told, telling()];
    },
    frame: (life, clock) => {
      const glance = tally.glance();
      const frame = {
        at: stage.clock.now(),
        seq,
        run: { ...run, ...life, marketNow: stage.now() },
        markets: instruments.map(({ id }) =>
          marketNow(engine, view.instrument(id), { queue, liquidationOf, held: glance.held.get(id) }),
        ),
        accounts: accounts(clock),
        strategies: standingNow(strategies(clock), explained, engine),
        pairs: sums.pairs.now(view),
        money: moneyNow(glance, sums),
        loop: timing(clock),
      };
      return { ...frame, warnings: warningsOf(frame, view.halted) };
    },
  };
}

/** Makes it anew when what there is has become too old. */
function every<T>(ms: number, make: () => T): (clock: number | undefined) => T {
  let made: { readonly at: number; readonly value: T } | undefined;
  return (clock) => {
    if (clock === undefined) return make();
    if (made === undefined || clock - made.at >= ms) made = { at: clock, value: make() };
    return made.value;
  };
}
