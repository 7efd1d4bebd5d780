// A package that is built more than once.
import { rmSync } from "node:fs";
import type { Options } from "tsup";

/** Several builds into one folder, which is emptied before all of them. */
export const several = (...builds: readonly Options[]): Options[] => {
  rmSync("dist", { recursive: true, force: true });
  return builds.map((build) => ({ ...build, clean: false }));
};
