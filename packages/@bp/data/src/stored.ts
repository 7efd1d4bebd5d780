// What was read once is kept as a tape beside what was said about it, under a name that only the same files and options have.
import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { BpError, isBpError, type Tape } from "@bp/core";
import { isTapeFile, openTapeWith, writeTapeWith } from "./cache.ts";
import type { FileReport, ReadOptions } from "./file.ts";

/** Raised when files are read in another way than before. */
const version = 6;

/** All of what is in files, before a time is cut out of it. */
export interface WholeRead {
  readonly tape: Tape;
  readonly files: readonly FileReport[];
}

/** The same, out of a folder or not. */
export interface StoredRead extends WholeRead {
  /** `found`: it was in the folder; `kept`: now it is; `undefined`: neither. */
  readonly cache: "found" | "kept" | undefined;
  /** What went wrong with the folder, for a person; the reading itself is not the worse for it. */
  readonly troubles: readonly string[];
}

/**
 * Reads, or opens what was read before. A stored tape that is damaged is made anew, and a folder that takes nothing is done without:
 * both are told. A file that is a tape already is not kept a second time.
 *
 * @throws BpError as `read`; `config/unreadable` for a file that is not there
 */
export async function cached(
  files: readonly string[],
  options: ReadOptions,
  read: () => Promise<WholeRead>,
): Promise<StoredRead> {
  const { cacheDir } = options;
  if (cacheDir === undefined || files.every(isTapeFile)) return { ...(await read()), cache: undefined, troubles: [] };
  const before = stampsOf(files);
  const file = join(cacheDir, `${await keyOf(files, options)}.tape`);
  let damaged: string | undefined;
  try {
    const { tape, about } = openTapeWith(file);
    used(file);
    return { tape, files: about as readonly FileReport[], cache: "found", troubles: [] }; // as written below: the header's sum is right
  } catch (error) {
    if (!isBpError(error)) throw error;
    if (error.code !== "config/unreadable") damaged = error.message; // not there is the usual case
  }
  const result = await read();
  const told = damaged === undefined ? [] : [`${damaged}; it was made anew`];
  if (stampsOf(files) !== before)
    return {
      ...result,
      cache: undefined,
      troubles: ["a file was written to while it was read: what was read is not kept"],
    };
  try {
    mkdirSync(cacheDir, { recursive: true });
    if (damaged !== undefined) rmSync(file, { force: true });
    writeTapeWith(file, result.tape, result.files);
  } catch (error) {
    return { ...result, cache: undefined, troubles: [`what was read is not kept: ${sentence(error)}`] };
  }
  return { ...result, cache: "kept", troubles: told };
}

/** Says that it was of use, for whoever throws away what is not. */
function used(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // read-only: then nobody throws anything away there either
  }
}

/** Sizes and times of change. */
const stampsOf = (files: readonly string[]): string =>
  JSON.stringify(
    files.map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return [stat?.size, stat?.mtimeMs];
    }),
  );

/** Names are part of it: they tell markets. A time that is cut out is not: all of it is kept. */
async function keyOf(files: readonly string[], options: ReadOptions): Promise<string> {
  const { as = [], onBad = "throw", cacheFor } = options;
  const hash = createHash("sha256").update(JSON.stringify([version, { as, onBad, cacheFor }]));
  for (const file of files) {
    const content = createHash("sha256"); // of each by itself: where one ends and the next begins is part of the key
    try {
      for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) content.update(chunk);
      hash.update(JSON.stringify([file, content.digest("hex")]));
    } catch (error) {
      throw new BpError("config/unreadable", { file, why: sentence(error) }, { cause: error });
    }
  }
  return hash.digest("hex");
}

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));
