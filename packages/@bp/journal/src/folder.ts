// The folder of a journal.
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { BpError } from "@bp/core";

/**
 * Makes a folder and those above it. Not by `mkdir` with `recursive`: in `/proc` that never comes back, because the system
 * says there that a folder is missing which is not.
 *
 * @param file - the journal, for the complaint
 * @throws BpError `journal/write` naming the folder that cannot be made
 */
export function makeFolder(file: string, folder: string): void {
  if (isThere(folder)) return;
  if (dirname(folder) !== folder) makeFolder(file, dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (isThere(folder)) return; // another process was quicker
    throw new BpError(
      "journal/write",
      { file, why: `the folder ${folder} cannot be made (${codeOf(error)}); name a file elsewhere` },
      { cause: error },
    );
  }
}

/** Makes a file that is not there yet, for its owner alone whatever the umask is. SQLite gives the files beside it the same mode. */
export function makeOwn(file: string): void {
  closeSync(openSync(file, "a", 0o600));
}

/** Takes a file of ours away from everybody else: a version before this one left it open to read. */
export function keepOwn(file: string): void {
  if (process.platform === "win32") return;
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    const found = statSync(each, { throwIfNoEntry: false });
    if (found === undefined || (found.mode & 0o077) === 0 || found.uid !== process.getuid?.()) continue;
    chmodSync(each, found.mode & 0o700);
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
