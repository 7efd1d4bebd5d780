// Bots of whose orders a kill has seen that none is left: put away whole, so that another kill that still waits for one finds its word.
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { filesOf, goodbyeIn, killPatienceMs, type Left, removeBot } from "../bots/registry.ts";
import { makeFolder, namesIn } from "../folders.ts";
import { stateFolder } from "../state.ts";

const clearedFolder = () => join(stateFolder(), "cleared");
const placeOf = (folder: string) => join(clearedFolder(), basename(folder));

/**
 * Forgets a bot that is gone and of whose orders none is left, by the venues' own lists: whoever calls has seen that. In one step its
 * folder is no bot's any more, and `clearedWord` knows it. Never throws: what stays is found by the next kill.
 */
export function putAway(folder: string): void {
  try {
    if (goodbyeIn(folder) !== "nothing") {
      const { goodbye } = filesOf(folder);
      writeFileSync(`${goodbye}.${process.pid}`, "nothing" satisfies Left, { mode: 0o600 });
      renameSync(`${goodbye}.${process.pid}`, goodbye);
    }
    makeFolder(clearedFolder());
    renameSync(folder, placeOf(folder));
  } catch {
    // another kill was quicker, or nothing can be written there: then nobody else is told
  }
  try {
    removeBot(folder); // its socket may lie elsewhere
    dropOld();
  } catch {
    // a disk that is read-only keeps nobody from hearing what was verified
  }
}

/** What a kill has seen of a bot that it has put away; `undefined`: none has put it away. */
export const clearedWord = (folder: string): Left | undefined => goodbyeIn(placeOf(folder));

/** No kill waits for these any more. */
function dropOld(): void {
  for (const name of namesIn(clearedFolder())) {
    const folder = join(clearedFolder(), name);
    const saidAt = statSync(filesOf(folder).goodbye, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - saidAt > killPatienceMs) rmSync(folder, { recursive: true, force: true });
  }
}
