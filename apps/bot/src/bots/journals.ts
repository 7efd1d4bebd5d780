// Journals that bots of this user have had open: a file for each in the state folder, so that their runs are found when no bot has them.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, namesIn } from "../folders.ts";
import { stateFolder } from "../state.ts";

/** A journal, which may not be there any more. */
export interface SeenJournal {
  /** Says nothing of where it is. */
  readonly id: string;
  /** Full path. */
  readonly file: string;
}

/** So many are remembered. */
const most = 64;

const journalsFolder = () => join(stateFolder(), "journals");
const idOf = (file: string) => `journal-${createHash("sha256").update(file).digest("hex").slice(0, 16)}`;

/**
 * Remembers a journal as the newest; of too many the oldest go. Nobody looks whether they are there: a disk that does not answer would
 * keep the bot from its first order. Never throws: what cannot be remembered is listed while its bot runs.
 *
 * @param file - full path, or `:memory:`, of which there is nothing to remember
 */
export function rememberJournal(file: string): void {
  if (file === ":memory:") return;
  try {
    makeFolder(journalsFolder());
    writeFileSync(join(journalsFolder(), idOf(file)), file, { mode: 0o600 });
    const others = seenJournals().filter((each) => each.file !== file);
    for (const { id } of others.slice(most - 1)) rmSync(join(journalsFolder(), id));
  } catch {
    // a state folder that cannot be written, or another bot was quicker
  }
}

/** Newest first. Looks at no disk but the state folder's: whoever serves a page must not wait for another. */
export function seenJournals(): readonly SeenJournal[] {
  return namesIn(journalsFolder())
    .flatMap((id) => {
      try {
        const path = join(journalsFolder(), id);
        return [{ id, file: readFileSync(path, "utf8"), at: statSync(path).mtimeMs }];
      } catch {
        return []; // forgotten meanwhile
      }
    })
    .toSorted((a, b) => b.at - a.at);
}
