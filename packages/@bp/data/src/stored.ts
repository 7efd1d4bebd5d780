// What was read once is kept as a tape beside what was said about it, under a name that only the same files and options have.
import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { BpError, isBpError } from "@bp/core";
import { openTapeWith, writeTapeWith } from "./cache.ts";
import { checkTape } from "./check.ts";
import type { FileReport, ReadOptions, ReadTape } from "./file.ts";

/** Raised when files are read in another way than before. */
const version = 2;

interface About {
  readonly files: readonly FileReport[];
  readonly warnings: readonly string[];
}

/**
 * Reads, or opens what was read before. A stored tape that is damaged is made anew, which is said among the warnings.
 *
 * @throws BpError as `read`; `config/unreadable` for a file that is not there; `data/cannot-write` for a folder that takes nothing
 */
export async function cached(
  files: readonly string[],
  { cacheDir, ...options }: ReadOptions,
  read: () => Promise<ReadTape>,
): Promise<ReadTape> {
  if (cacheDir === undefined) return read();
  const before = stampsOf(files);
  const file = join(cacheDir, `${await keyOf(files, options)}.tape`);
  let damaged: string | undefined;
  try {
    const { tape, about } = openTapeWith(file);
    const { files: reports, warnings } = about as About; // as written below: the header's sum is right
    return { tape, files: reports, warnings, report: checkTape(tape) };
  } catch (error) {
    if (!isBpError(error)) throw error;
    if (error.code !== "config/unreadable") damaged = error.message; // not there is the usual case
  }
  const result = await read();
  const { warnings } = result;
  if (stampsOf(files) !== before)
    return { ...result, warnings: [...warnings, "a file was written to while it was read: what was read is not kept"] };
  try {
    mkdirSync(cacheDir, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BpError("data/cannot-write", { file: cacheDir, why }, { cause: error });
  }
  if (damaged !== undefined) rmSync(file, { force: true });
  writeTapeWith(file, result.tape, { files: result.files, warnings } satisfies About);
  return damaged === undefined ? result : { ...result, warnings: [...warnings, `${damaged}; it was made anew`] };
}

/** Sizes and times of change. */
const stampsOf = (files: readonly string[]): string =>
  JSON.stringify(
    files.map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return [stat?.size, stat?.mtimeMs];
    }),
  );

/** Names are part of it: they tell markets. */
async function keyOf(files: readonly string[], options: Omit<ReadOptions, "cacheDir">): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([version, options]));
  for (const file of files) {
    hash.update(JSON.stringify(file));
    try {
      for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) hash.update(chunk);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new BpError("config/unreadable", { file, why }, { cause: error });
    }
  }
  return hash.digest("hex");
}
