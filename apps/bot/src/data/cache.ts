// What recordings became when they were read, kept so that the next run over them begins at once. Everything in it can be thrown away.
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ReadOptions } from "@bp/data";
import { makeFolder, systemFolder } from "../folders.ts";
import { readerDigest } from "../sweep/source.ts";

const dayMs = 86_400_000;
/** What has been of no use for so long is thrown away. */
const keptMs = 30 * dayMs;
/** The most that is held, bytes; what was used last is held in any case. */
const mostBytes = 2 * 1024 ** 3;
/** A draft that was left behind by a process that died. */
const draftMs = 3_600_000;

/** What is in the folder. */
export interface CacheState {
  readonly folder: string;
  readonly tapes: number;
  readonly bytes: number;
}

/**
 * The folder: `BP_CACHE`, else `cache` in the folder of `BP_STATE`, else `bp` in the system's folder for what programs can make
 * anew. It may not exist yet.
 */
export function cacheFolder(): string {
  const { BP_CACHE, BP_STATE } = process.env;
  if (BP_CACHE !== undefined && BP_CACHE !== "") return BP_CACHE;
  if (BP_STATE !== undefined && BP_STATE !== "") return join(BP_STATE, "cache");
  const folder = systemFolder("XDG_CACHE_HOME", ".cache");
  return process.platform === "win32" ? join(folder, "cache") : folder; // there it is one folder for state and cache
}

/**
 * How files are to be read: with the folder, unless `--no-cache` was said. What other code has read is not used.
 *
 * @param flags - as the command line gives them: `cache` is false where it was said
 */
export function cacheOptions(flags: Readonly<Record<string, unknown>>): Pick<ReadOptions, "cacheDir" | "cacheFor"> {
  if (flags["cache"] === false) return {};
  const folder = cacheFolder();
  try {
    makeFolder(folder);
  } catch {
    // told by the reading, which cannot write there either
  }
  return { cacheDir: folder, cacheFor: readerDigest() };
}

/** Throws away what has not been used for long, and the oldest where there is too much. */
export function tidyCache(folder: string, now: number, most = mostBytes): void {
  let bytes = 0;
  for (const [at, { path, size, usedAt, isDraft }] of filesIn(folder).entries()) {
    bytes += size;
    const isOld = now - usedAt > (isDraft ? draftMs : keptMs);
    if (isOld || (at > 0 && bytes > most && !isDraft)) rmSync(path, { force: true });
  }
}

/** What is in it now. */
export function cacheState(folder: string): CacheState {
  const files = filesIn(folder);
  return {
    folder,
    tapes: files.filter(({ isDraft }) => !isDraft).length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}

interface CacheFile {
  readonly path: string;
  readonly size: number;
  readonly usedAt: number;
  readonly isDraft: boolean;
}

/** Tapes and drafts, what was used last first; none where nobody can look. */
function filesIn(folder: string): readonly CacheFile[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[0-9a-f]{64}\.tape(?:\.draft-.*)?$/.test(name))
      .flatMap((name) => {
        const path = join(folder, name);
        const stat = statSync(path, { throwIfNoEntry: false }); // another process may have thrown it away
        return stat === undefined
          ? []
          : [{ path, size: stat.size, usedAt: stat.mtimeMs, isDraft: !name.endsWith(".tape") }];
      })
      .toSorted((a, b) => b.usedAt - a.usedAt);
  } catch {
    return [];
  }
}
