// The run as its door is told of it: a face that draws a frame now and then, outside of the steps, and hands on news and trades.
import type { FillNow, News } from "dashboard/contract";
import { numbersOf } from "../explain/numbers.ts";
import { harmless } from "../harmless.ts";
import type { Begun, Face, Glass, RunState } from "../session.ts";
import { calmMs, createBudget, quickMs } from "./budget.ts";
import { type LoopWatch, watchLoop } from "./frame/loop.ts";
import { fillLineOf, fillsNow, type Line, linesOf } from "./frame/news.ts";
import { createScene, type Life, type Scene } from "./frame/scene.ts";
import { createSums, type Sums } from "./frame/sums.ts";
import type { Door } from "./open.ts";

/** A face that draws. */
export interface Feed extends Face {
  /** Looks at the loop from outside: what a step takes, and some, explained while somebody watches. */
  readonly glass: Glass;
  /** The run, as soon as it has made a step. */
  readonly seen: () => (RunState & Pick<Begun, "recipe">) | undefined;
  /** A line that somebody else has to tell: a system's own words. */
  readonly say: (at: number, level: News["level"], said: Readonly<Record<"en" | "zh", string>>) => void;
  close(): void;
}

/** Slots of orders that are remembered. */
const slotsMost = 5_000;

/** Whom a feed feeds. */
export interface FeedOptions {
  readonly door: Pick<Door, "post" | "watched">;
  /** Hears why nothing more is shown: a mistake of ours, which trading goes on without. */
  readonly tell: (line: string) => void;
}

/** Of a run that has not begun. */
export function createFeed({ door, tell: warn }: FeedOptions): Feed {
  const loop: LoopWatch = watchLoop();
  const slots = new Map<number, string>();
  let begun: Begun | undefined;
  let run: RunState | undefined;
  let scene: Scene | undefined;
  let life: Life = { state: "starting", began: Date.now() };
  const budget = createBudget();
  let [n, explainedAt] = [0, 0];
  let [news, fills]: [News[], FillNow[]] = [[], []];
  let changed = false;
  /** Nobody watched a moment ago: what was explained before is old. */
  let unwatched = true;
  let sums: Sums | undefined;
  const tell = (lines: readonly Line[]) => {
    for (const line of lines) news.push({ n: ++n, ...line });
  };
  /** What has happened since the last time. */
  const pour = () => {
    if (news.length > 0) door.post({ kind: "news", lines: news });
    if (fills.length > 0) door.post({ kind: "fills", fills });
    [news, fills] = [[], []];
  };
  const draw = () => {
    const clock = performance.now();
    pour();
    if (scene === undefined) return;
    const isWatched = door.watched();
    if (!isWatched && !unwatched) {
      scene.explained(undefined);
      unwatched = true;
    }
    if (!budget.isDue(clock, isWatched && changed)) return;
    changed = false;
    door.post({ kind: "frame", frame: scene.frame(life, clock) });
    budget.drawn(performance.now());
  };
  const safely = harmless((why) => {
    warn(`warning: the dashboard shows nothing any more (${why}); trading goes on`);
    // Not a goodbye: the run goes on, and what is shown of it grows old.
    const say = "the dashboard has failed; trading goes on";
    door.post({ kind: "news", lines: [{ n: ++n, at: Date.now(), seq: 0, level: "error", kind: "run", say }] });
  });
  const timer = setInterval(() => safely(draw), quickMs).unref();
  /** At an end nothing waits. */
  const last = () => {
    pour();
    if (scene !== undefined) door.post({ kind: "frame", frame: scene.frame(life, undefined) });
  };
  const remember = (clientId: number, slot: string) => {
    slots.set(clientId, slot);
    const [oldest] = slots.keys();
    if (slots.size > slotsMost && oldest !== undefined) slots.delete(oldest);
  };
  const stateOf = (): Life["state"] => {
    if (run?.engine.view.halted !== undefined) return "halted";
    if (life.state === "stopping" || life.state === "ended") return life.state;
    return run?.engine.quiet === "pause" ? "paused" : "running";
  };
  const step: Face["step"] = (event, commands, notes, state, counted) => {
    if (begun === undefined) return;
    sums ??= createSums(begun.recipe.limits);
    scene ??= createScene({ begun, state, sums, loop });
    scene.step(event, commands, counted);
    changed = true;
    for (const command of commands) if (command.type === "order.place") remember(command.clientId, command.slot);
    life = { ...life, state: stateOf(), ...whyOf(state.engine.view.halted) };
    const calm = commands.length === 0 && notes.length === 0 && counted.length === 0 && quiet.has(event.type);
    if (calm) return;
    const numbers = numbersOf(state.instruments.map(({ id }) => state.engine.view.instrument(id)));
    const trades = fillsNow(event, counted, numbers, (clientId) => slots.get(clientId));
    for (const trade of trades) fills.push({ n: ++n, ...trade });
    tell([...trades.map(fillLineOf), ...linesOf(event, commands, notes, numbers)]);
  };
  return {
    glass: {
      took: (ms) => loop.took(ms),
      journalSlow: (isSlow) => loop.slow(isSlow),
      // The first step that somebody watches, what a person asks, and beats: those are always judged.
      wants: ({ type }) =>
        door.watched() &&
        (unwatched ||
          type === "operator.asked" ||
          (type === "timer.fired" && performance.now() - explainedAt >= calmMs / 2)),
      explained: (told) => {
        [explainedAt, unwatched] = [performance.now(), false];
        scene?.explained(told);
      },
      replayed: (event, fills, state) =>
        safely(() => {
          sums ??= createSums(state.recipe.limits);
          sums.step(event, fills, state);
        }),
    },
    seen: () => (run === undefined || begun === undefined ? undefined : { ...run, recipe: begun.recipe }),
    say: (at, level, { en, zh }) => safely(() => tell([{ at, seq: 0, level, kind: "strategy", say: en, zh }])),
    begun: (beginning) => {
      begun = beginning;
      const { stage, journal, run: id } = beginning;
      life = { state: "starting", began: stage.clock.now() };
      const file = journal === ":memory:" ? undefined : journal;
      door.post({ kind: "run", run: { id, place: stage.place, journal: file } });
    },
    step: (event, commands, notes, state, counted) => {
      run = state;
      safely(() => step(event, commands, notes, state, counted));
    },
    ending: (why) => {
      life = { ...life, state: "stopping", why };
      tell([{ at: begun?.stage.now() ?? Date.now(), seq: 0, level: "info", kind: "run", say: `stopping: ${why}` }]);
      safely(last);
    },
    ended: ({ code, why }) => {
      life = { ...life, state: "ended", why, code };
      const level = code === 0 ? "info" : "error";
      tell([
        { at: begun?.stage.now() ?? Date.now(), seq: 0, level, kind: "run", say: `ended with code ${code}: ${why}` },
      ]);
      safely(last);
      door.post({ kind: "bye", why });
    },
    close: () => {
      clearInterval(timer);
      loop.close();
    },
  };
}

const whyOf = (halted: string | undefined) => (halted === undefined ? {} : { why: halted });

/** Facts that say nothing to a person by themselves. */
const quiet: ReadonlySet<string> = new Set([
  "book.reset",
  "book.changed",
  "trade.printed",
  "mark.changed",
  "timer.fired",
]);
