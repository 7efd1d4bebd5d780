// Looks out for a kill: marks of the accounts in the state folder, and a file that a person named for it.
import { existsSync, type FSWatcher, mkdirSync, watch } from "node:fs";
import { dirname } from "node:path";
import { isKilled, killFolder } from "./marks.ts";

/** Who looks. */
export interface MarkWatch {
  /** What kills, in words; `undefined` while nothing does. About 1 µs an account. */
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
      if (folder === killFolder()) mkdirSync(folder, { recursive: true, mode: 0o700 });
      const watcher = watch(folder, { persistent: false }, changed);
      watcher.on("error", () => watcher.close()); // the timer looks too
      watchers.push(watcher);
    } catch {
      // no folder, or a system without such news
    }
  return {
    look: () => {
      if (killFile !== undefined && existsSync(killFile)) return `the kill file ${killFile}`;
      const account = accounts.find(isKilled);
      return account === undefined ? undefined : `the kill switch (account ${account})`;
    },
    close: () => {
      for (const each of watchers) each.close();
    },
  };
}
