// The version of the program, as its package says it.
import manifest from "../package.json" with { type: "json" };

/** Shown by `--version` and written into every run. */
export const { version } = manifest;
