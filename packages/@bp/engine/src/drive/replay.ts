// A journal run again: the same events must give the same commands.
import type { Command, Entry } from "@bp/core";
import type { Engine } from "../engine.ts";

/** What came of running a journal again. */
export interface Replayed {
  readonly events: number;
  readonly commands: number;
  /** The `seq` of the last event. */
  readonly seq: number;
  /** Where the commands first differed, or `undefined`: they are equal. */
  readonly difference: { readonly seq: number; readonly was: readonly Command[]; readonly is: readonly Command[] } | undefined;
}

/**
 * Feeds the events of a journal to an engine and compares its commands with those that were written.
 * The last event's commands may be missing: a crash between the two is why journals are replayed.
 *
 * @param engine - made with the options of the run, and not used before
 * @param onCommand - hears each command of the engine, in order
 */
export function replay(engine: Engine, entries: Iterable<Entry>, onCommand?: (command: Command) => void): Replayed {
  let events = 0;
  let commands = 0;
  let seq = 0;
  let difference: Replayed["difference"];
  let expected: readonly Command[] = [];
  let written: Command[] = [];
  const settle = (last: boolean) => {
    if (difference !== undefined || (last && written.length === 0)) return;
    if (JSON.stringify(expected) !== JSON.stringify(written)) difference = { seq, was: written, is: expected };
  };
  for (const entry of entries) {
    if (entry.dir === "note") continue;
    if (entry.dir === "out") {
      written.push(entry.command);
      continue;
    }
    settle(false);
    expected = engine.step(entry.event);
    written = [];
    seq = entry.event.seq;
    events += 1;
    for (const command of expected) {
      commands += 1;
      onCommand?.(command);
    }
  }
  settle(true);
  return { events, commands, seq, difference };
}
