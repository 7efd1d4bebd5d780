// A run as a person names it.
import { BpError, type Entry } from "@bp/core";
import type { JournalStore, RunRecord } from "@bp/journal";

/**
 * The run of an id, of the beginning of one, or `last`.
 *
 * @throws BpError `journal/no-run`
 */
export function runNamed(store: JournalStore, name: string): RunRecord {
  const runs = store.runs();
  const [newest] = runs;
  if (name === "last" && newest !== undefined) return newest;
  const matching = runs.filter((each) => each.id.startsWith(name));
  const [only] = matching;
  if (matching.length === 1 && only !== undefined) return only;
  return runs.find((each) => each.id === name) ?? missing(name, runs);
}

function missing(name: string, runs: readonly RunRecord[]): never {
  throw new BpError("journal/no-run", { run: name, known: runs.slice(0, 5).map((each) => each.id) });
}

/**
 * The run, if it can be replayed.
 *
 * @throws BpError `journal/bad-run` for one that was compacted: the facts that it decided by are gone
 */
export function wholeRun(run: RunRecord): RunRecord {
  if (run.compacted === undefined) return run;
  throw new BpError("journal/bad-run", {
    run: run.id,
    why: `was compacted at ${new Date(run.compacted).toISOString()}: its market data is gone, so it cannot be replayed; bot report tells its figures`,
  });
}

/** The entries of a run, one after the other. */
export function* entriesOf(store: JournalStore, run: string): Generator<Entry, void> {
  for (const line of store.read(run)) yield line.entry;
}
