// Files that a backtest, a sweep or a worker is given, as one tape.
import { isBpError } from "@bp/core";
import { type ReadOptions, type ReadTape, readTape } from "@bp/data";
import type { BacktestFlags } from "../backtest/options.ts";
import { fromHere } from "../paths.ts";
import { cacheOptions, tidyCache } from "./cache.ts";

/** What is read, and which part of it. */
export type Wanted = Pick<BacktestFlags, "files" | "from" | "to" | "casts">;

/**
 * Reads them, or opens what was read before.
 *
 * @param flags - as the command line gives them: `onBad`, `cache`
 * @throws BpError as `readTape`
 */
export async function tapeOf(wanted: Wanted, flags: Readonly<Record<string, unknown>>): Promise<ReadTape> {
  const { files, from, to, casts } = wanted;
  const options: ReadOptions = {
    onBad: flags["onBad"] === "count" ? "count" : "throw",
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const paths = files.map(fromHere);
  return readKept(paths, options, flags).catch((error: unknown) => {
    // files that do not name their market: one that is to be played by something is what they are of
    const [only, another] = casts;
    if (!isBpError(error, "data/no-market") || only === undefined || another !== undefined) throw error;
    return readKept(paths, { ...options, as: [{ symbol: only[0], id: `backpack:${only[0]}` }] }, flags);
  });
}

/** `readTape` with the folder of what was read before, unless `--no-cache` was said. */
export async function readKept(
  paths: readonly string[],
  options: ReadOptions,
  flags: Readonly<Record<string, unknown>>,
): Promise<ReadTape> {
  const kept = cacheOptions(flags);
  const read = await readTape(paths, { ...options, ...kept });
  if (kept.cacheDir !== undefined && read.cache === "kept") tidyCache(kept.cacheDir, Date.now());
  return read;
}
