// A journal run again: the same events must give the same commands.
import type { Command, Entry, Event } from "@bp/core";
import type { Engine } from "../engine.ts";

/** What came of running a journal again. */
export interface Replayed {
  readonly events: number;
  readonly commands: number;
  /** The `seq` of the last event; 0 of an empty journal. */
  readonly seq: number;
  /** What the last event led to and a crash kept from being written. It was never sent. */
  readonly unwritten: readonly Command[];
  /** Where the commands first differed, or `undefined`: they are equal. */
  readonly difference:
    | { readonly seq: number; readonly was: readonly Command[]; readonly is: readonly Command[] }
    | undefined;
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
  let is: readonly Command[] = [];
  let was: Command[] = [];
  let strayed = false;
  /** Compares what came of the event before with what was written of it; of the last one less may be written. */
  const settle = (last: boolean) => {
    if (difference !== undefined) return;
    const whole = last ? was.length <= is.length : was.length === is.length;
    if (strayed || !whole || !was.every((command, at) => same(command, is[at]))) difference = { seq, was, is };
  };
  for (const entry of entries) {
    if (entry.dir === "note") continue;
    if (entry.dir === "out") {
      if (entry.cause !== seq) strayed = true;
      was.push(entry.command);
      continue;
    }
    settle(false);
    is = engine.step(entry.event);
    was = [];
    seq = entry.event.seq;
    events += 1;
    commands += is.length;
    onStep?.(entry.event, is);
  }
  settle(true);
  return { events, commands, seq, unwritten: is.slice(was.length), difference };
}

/** Commands are flat: the same fields with the same values, in whatever order a journal gives them back. */
function same(a: Command, b: Command | undefined): boolean {
  if (b === undefined) return false;
  const fields = Object.entries(a);
  return fields.length === Object.keys(b).length && fields.every(([key, value]) => b[key as keyof Command] === value); // a key of `a`; if `b` lacks it, they differ
}
