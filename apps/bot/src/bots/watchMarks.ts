// Looks out for a kill: marks of the accounts in the state folder, and a file that a person named for it.
import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../folders.ts";
import { killFolder, killOf } from "./marks.ts";
import { isThere, signAt } from "./sign.ts";

/** Who looks. */
export interface MarkWatch {
  /** What kills, in words; `undefined` while nothing does. About 2 µs an account. */
  look(): string | undefined;
  close(): void;
}

/**
 * @param killFile - full path; `undefined`: none
 * @param changed - called when something may have happened there; the timer of the caller is for systems that do not tell
 */
export function watchMarks(accounts: readonly string[], killFile: string | undefined, changed: () => void): MarkWatch {
  const watchers: FSWatcher[] = [];
  for (const folder of new Set([killFolder(), ...(killFile === undefined ? [] : [dirname(killFile)])]))
    try {
      if (folder === killFolder()) makeFolder(folder);
      const watcher = watch(folder, { persistent: false }, changed);
      watcher.on("error", () => watcher.close()); // the timer looks too
      watchers.push(watcher);
    } catch {
      // no folder, or a system without such news
    }
  return {
    look: () => {
      const sign = killFile === undefined ? undefined : signAt(killFile);
      if (sign !== undefined) return `the kill file ${killFile}${sign === isThere ? "" : `, which ${sign}`}`;
      return killOf(accounts);
    },
    close: () => {
      for (const each of watchers) each.close();
    },
  };
}
