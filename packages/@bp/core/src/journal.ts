// The log as a port: what happened, what was done about it, and why something was not done.
import type { Command } from "./command.ts";
import type { Event } from "./event.ts";

/** A line of the log. `cause` is the `seq` of the event that led to it. */
export type Entry =
  | { readonly dir: "in"; readonly event: Event }
  | { readonly dir: "out"; readonly cause: number; readonly command: Command }
  | { readonly dir: "note"; readonly cause: number; readonly rule: string; readonly why: string };

/** Append-only. An event is written before it is handled. */
export interface Journal {
  /** Adds a line. It may be lost in a crash until `commit` returns. */
  append(entry: Entry): void;
  /** Makes everything appended so far durable; synchronous, because an order waits for it. */
  commit(): void;
}

/** A journal that lives in memory: for tests, and for runs that nobody will ask about. */
export function memoryJournal(): Journal & { readonly entries: readonly Entry[] } {
  const entries: Entry[] = [];
  return { entries, append: (entry) => void entries.push(entry), commit: () => undefined };
}
