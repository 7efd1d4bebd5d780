// Folders as this program makes them: each step by itself, and for its user alone.
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { systemCodeOf } from "./failures.ts";

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

/** The names in a folder; none where it is not there. @throws what the file system does where nobody can look */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return [];
    throw error;
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
