// A journal that dies, is slow and gets full as the plan says; what was not committed is lost with the process.
import type { Entry, Journal } from "@bp/core";

/** A journal in memory that outlives its processes. */
export interface Diary {
  /** Everything that a new process finds. */
  readonly entries: readonly Entry[];
  /**
   * The journal as one process writes it.
   *
   * @param lives - hears of each persisted step before it is done, and may end the process there
   * @param fails - whether it cannot be written now
   */
  open(lives: (point: "append" | "commit") => boolean, fails: () => boolean): Journal;
  /** The process has died: what it had not committed is gone. */
  tear(): void;
}

/** As SQLite's buffer: so many entries are written without being asked. */
const bufferEntries = 500;

/** An empty journal. */
export function createDiary(): Diary {
  const entries: Entry[] = [];
  let whole = 0;
  return {
    entries,
    open: (lives, fails) => {
      const check = () => {
        if (fails()) throw new Error("the disk is full"); // as SQLite would; the runner says so
      };
      return {
        append: (entry) => {
          check();
          if (!lives("append")) return;
          entries.push(entry);
          if (entries.length - whole >= bufferEntries) whole = entries.length;
        },
        commit: () => {
          check();
          if (lives("commit")) whole = entries.length;
        },
      };
    },
    tear: () => {
      entries.length = whole;
    },
  };
}
