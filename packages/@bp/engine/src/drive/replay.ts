// A journal run again: the same events must give the same commands.
import type { Command, Entry, Event } from "@bp/core";
import type { Engine } from "../engine.ts";

/** What came of running a journal again. */
export interface Replayed {
  readonly events: number;
  readonly commands: number;
  /** The `seq` of the last event. */
  readonly seq: number;
  /** What the last event led to and a crash kept from being written. It was never sent. */
  readonly unwritten: readonly Command[];
  /** Where the commands first differed, or `undefined`: they are equal. */
  readonly difference: { readonly seq: number; readonly was: readonly Command[]; readonly is: readonly Command[] } | undefined;
}

/**
 * Feeds the events of a journal to an engine and compares its commands with those that were written.
 * Some of the last event's commands may be missing: a crash between the two is why journals are replayed.
 *
 * @param engine - made with the options of the run, and not used before
 * @param onStep - hears each event with the commands that the engine gave for it
 */
export function replay(
  engine: Engine,
  entries: Iterable<Entry>,
  onStep?: (event: Event, commands: readonly Command[]) => void,
): Replayed {
  let events = 0;
  let commands = 0;
  let seq = 0;
  let difference: Replayed["difference"];
  let expected: readonly Command[] = [];
  let written: Command[] = [];
  const settle = (compared: readonly Command[]) => {
    if (difference !== undefined) return;
    if (JSON.stringify(compared) !== JSON.stringify(written)) difference = { seq, was: written, is: expected };
  };
  for (const entry of entries) {
    if (entry.dir === "note") continue;
    if (entry.dir === "out") {
      written.push(entry.command);
      continue;
    }
    settle(expected);
    expected = engine.step(entry.event);
    written = [];
    seq = entry.event.seq;
    events += 1;
    commands += expected.length;
    onStep?.(entry.event, expected);
  }
  settle(expected.slice(0, written.length));
  return { events, commands, seq, unwritten: expected.slice(written.length), difference };
}
