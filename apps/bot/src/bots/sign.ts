// Files whose presence forbids: kill marks, fences, a kill file.
import { statSync } from "node:fs";
import { systemCodeOf } from "../failures.ts";

/**
 * Whether such a file is there, in words. What cannot be looked at forbids too: nobody knows that nobody has forbidden. About 2 µs.
 *
 * @returns `undefined`: it is not there, and that is known
 */
export function signAt(file: string): string | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false }) === undefined ? undefined : isThere;
  } catch (error) {
    return systemCodeOf(error) === "ENOENT" ? undefined : `cannot be looked at (${systemCodeOf(error)})`;
  }
}

/** What `signAt` says of a file that it has seen. */
export const isThere = "is there";
