// Recovered once, recovered twice: from what a dead process has left, the same engine and the same commands come each time.
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Command } from "@bp/core";
import { createRunner } from "@bp/engine";
import { openJournal } from "@bp/journal";
import { forget, openRun } from "../../src/opening.ts";
import type { Stage } from "../../src/stage/stage.ts";
import { venues } from "./market.ts";
import type { Remains } from "./play.ts";

/** In what a second recovery differs from the first; nothing: in nothing. */
export function differences(remains: Remains): readonly string[] {
  const [one, other] = [copied(remains, "one"), copied(remains, "other")];
  const first = recovered(one, "looks");
  const second = recovered(one, "goes on"); // after one that died before it heard anything
  const straight = recovered(other, "goes on");
  const third = recovered(other, "looks"); // after one that died when it had asked the venues
  const fourth = recovered(other, "looks");
  return [
    ...(isDeepStrictEqual(first.state, second.state) ? [] : ["recovered twice, the state is another"]),
    ...(isDeepStrictEqual(second.commands, straight.commands) ? [] : ["recovered twice, the commands are others"]),
    ...(isDeepStrictEqual(straight.after, second.after) ? [] : ["recovered twice, it goes on from another state"]),
    ...(isDeepStrictEqual(third.state, fourth.state) ? [] : ["recovered from a recovery twice, the state is another"]),
  ];
}

function copied({ journal, ...rest }: Remains, name: string): Remains {
  const folder = join(dirname(journal), name);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(dirname(journal)))
    if (file.startsWith(basename(journal))) copyFileSync(join(dirname(journal), file), join(folder, file));
  return { ...rest, journal: join(folder, basename(journal)) };
}

/** @param how - `looks`: opens the run and is gone again; `goes on`: takes the first facts of a resumed run too */
function recovered({ journal, now, recipe, instruments }: Remains, how: "looks" | "goes on") {
  const never = () => Promise.resolve(undefined);
  const stage: Stage = {
    place: "sandbox",
    venues: venues.map((id) => ({
      id,
      instruments: async () => [],
      open: () => Promise.resolve(),
      send: () => undefined,
    })),
    clock: { now: () => now, sleep: () => Promise.resolve() },
    speed: 1,
    seed: 1,
    accounts: venues.map((id) => `there/${id}`),
    lasts: true,
    about: "nobody is there",
    drive: never,
    send: () => undefined,
    now: () => now,
    pause: () => Promise.resolve(),
    mid: never,
    hands: () => undefined,
    close: () => Promise.resolve(),
  };
  const store = openJournal(journal);
  try {
    const opening = openRun(store, { stage, recipe, instruments, resume: true });
    const { engine, tally, digest, after } = opening;
    const stateNow = () =>
      structuredClone({
        after,
        orders: [...engine.orders.values()],
        positions: instruments.map(({ id }) => [engine.view.position(id), engine.left(id)]),
        memories: recipe.strategies.map(({ name }) => engine.memoryOf(name)),
        halted: engine.view.halted,
        figures: JSON.stringify(tally.figures()),
        digest: digest.hex(),
        ending: opening.ending,
      });
    const state = stateNow();
    if (how === "looks" || after === 0) return { state, commands: [], after: state };
    const commands: Command[] = [];
    const runner = createRunner({
      engine,
      journal: opening.journal,
      after,
      send: (command) => void commands.push(command),
    });
    for (const fact of forget(stage)) runner.handle(fact);
    return { state, commands, after: stateNow() };
  } finally {
    store.close();
  }
}
