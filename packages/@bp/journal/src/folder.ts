// The folder of a journal.
import { mkdirSync, statSync } from "node:fs";
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
    mkdirSync(folder);
  } catch (error) {
    if (isThere(folder)) return; // another process was quicker
    throw new BpError(
      "journal/write",
      { file, why: `the folder ${folder} cannot be made (${codeOf(error)}); name a file elsewhere` },
      { cause: error },
    );
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
