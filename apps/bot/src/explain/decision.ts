// A run brought back to the moment before an event, and the decision that it led to there.
import { BpError, type Command, type Entry } from "@bp/core";
import { type Engine, type Explained, replay } from "@bp/engine";

/** One decision of a run, and whether this program still decides as the run did. */
export interface Decided {
  readonly explained: Explained;
  /** What the journal has of this event. */
  readonly written: readonly Command[];
  /** The first event up to here whose commands this program gives otherwise; `undefined`: none. */
  readonly strayed: number | undefined;
}

/**
 * Replays up to an event and explains that one.
 *
 * @param engine - made as for the run, not used before
 * @param seq - the event; it is in the run
 */
export function decisionAt(engine: Engine, entries: Iterable<Entry>, seq: number): Decided {
  let meant: Extract<Entry, { readonly dir: "in" }> | undefined;
  const written: Command[] = [];
  function* before(): Generator<Entry, void> {
    for (const entry of entries) {
      if (entry.dir === "in" && entry.event.seq === seq) meant = entry;
      else if (meant === undefined) yield entry;
      else if (entry.dir === "out" && entry.cause === seq) written.push(entry.command);
      else if (entry.dir === "in") return;
    }
  }
  const { difference } = replay(engine, before());
  if (meant === undefined) throw new BpError("journal/bad-run", { run: "", why: `has no event ${seq}` });
  const explained = engine.explain(meant.event);
  const same = JSON.stringify(sorted(explained.commands)) === JSON.stringify(sorted(written));
  return { explained, written, strayed: difference?.seq ?? (same ? undefined : seq) };
}

/** With their fields in one order: a journal may give them back in another. */
const sorted = (commands: readonly Command[]) =>
  commands.map((each) => Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)));
