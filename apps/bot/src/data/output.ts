// Where a tape goes: never over what it is made of, and over another file only where that was said.
import { type BigIntStats, lstatSync, type Stats, statSync } from "node:fs";
import { BpError } from "@bp/core";
import { conflict } from "../config/complaint.ts";
import { systemCodeOf } from "../failures.ts";
import { bytesText } from "./ticker.ts";

/**
 * Looks whether a file may be written.
 *
 * @param inputs - files that are read, under any name of theirs
 * @param force - whether a file that is there may be replaced
 * @throws BpError `config/conflict` for one of the inputs, for what is no file (a folder, a link, a device), and for a file that is
 *   there and may not be replaced; `data/cannot-write` where nobody can look
 */
export function checkOutput(file: string, inputs: readonly string[], force: boolean): void {
  const there = lookAt(file);
  if (there === undefined) return;
  if (!there.isFile())
    throw conflict(`--out ${file} is there already and is ${kindOf(there)}`, "name a file that can be replaced");
  const same = inputs.find((each) => isSame(each, file));
  if (same !== undefined)
    throw conflict(
      `--out ${file} is ${same === file ? "" : `${same}, `}one of the files that are read`,
      "name another",
    );
  if (force) return;
  throw conflict(
    `--out ${file} is there already: ${bytesText(there.size)}, of ${there.mtime.toISOString()}`,
    "name another file, or write over it with --force",
  );
}

function lookAt(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw new BpError("data/cannot-write", { file, why: systemCodeOf(error) }, { cause: error });
  }
}

/** Whether two names lead to one file, through links too. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map(statOf);
  return a !== undefined && a.dev === b?.dev && a.ino === b.ino;
}

/** `undefined` also where nobody can look, as at a link to itself: whoever reads it says why. */
function statOf(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const kindOf = (there: Stats): string =>
  there.isDirectory() ? "a folder" : there.isSymbolicLink() ? "a link" : "no file";
