// Folders as this program makes them: each step by itself, and for its user alone.
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, for this user alone. Not by `mkdir` with `recursive`: in `/proc` that never comes back.
 *
 * @throws what the file system does
 */
export function makeFolder(folder: string): void {
  if (isThere(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!isThere(folder)) throw error; // otherwise another process was quicker
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
