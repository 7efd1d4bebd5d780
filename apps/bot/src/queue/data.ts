// A worker's own files, found by what is in them.
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { BpError } from "@bp/core";
import { systemCodeOf } from "../failures.ts";
import { dataFileOf } from "../sweep/files.ts";
import type { DataFile } from "../sweep/spec.ts";

/** Files that a worker has. */
export interface OwnData {
  /** Paths in the order of `wanted`. @throws BpError `queue/no-data` naming the digest of the first that is not here */
  find(wanted: readonly DataFile[]): Promise<readonly string[]>;
}

/** Deeper folders are not looked into. */
const deepest = 4;

/**
 * Looks into files and folders. A digest is made anew when size or time of a file have changed.
 *
 * @param places - as a person names them, absolute
 */
export function ownData(places: readonly string[]): OwnData {
  const digests = new Map<string, { readonly mark: string; readonly sha256: string }>();
  const digestOf = async (path: string): Promise<string> => {
    const { size, mtimeMs } = statSync(path);
    const mark = `${size} ${mtimeMs}`;
    const found = digests.get(path);
    if (found?.mark === mark) return found.sha256;
    const { sha256 } = await dataFileOf(path);
    digests.set(path, { mark, sha256 });
    return sha256;
  };
  return {
    find: async (wanted) => {
      const all = places.flatMap((place) => filesIn(place, 0));
      const found: string[] = [];
      for (const { name, sha256 } of wanted) {
        // The name tells a market where nothing in the file does, so another name is another file.
        const path = await firstWith(
          all.filter((each) => basename(each) === name),
          sha256,
          digestOf,
        );
        if (path === undefined)
          throw new BpError("queue/no-data", {
            file: name,
            sha256,
            places: places.length === 0 ? "nowhere" : places.join(", "),
          });
        found.push(path);
      }
      return found;
    },
  };
}

async function firstWith(paths: readonly string[], sha256: string, digestOf: (path: string) => Promise<string>) {
  for (const path of paths) if ((await digestOf(path)) === sha256) return path;
  return undefined;
}

function filesIn(place: string, depth: number): readonly string[] {
  try {
    if (!statSync(place).isDirectory()) return [place];
    if (depth > deepest) return [];
    return readdirSync(place).flatMap((name) => filesIn(join(place, name), depth + 1));
  } catch (error) {
    if (depth > 0) return []; // gone meanwhile, or not ours to read
    throw new BpError("config/unreadable", { file: place, why: systemCodeOf(error) }, { cause: error });
  }
}
