import { globSync } from "node:fs";
import { defineConfig } from "tsup";
import { library } from "../../../tsup.base.ts";
import { several } from "../../../tsup.several.ts";

const open = ["src/index.ts", "src/core.ts", "src/streams/index.ts", ...globSync("src/rest/*/*/index.ts")];

// A file stays a file: what a program does not import is then no part of its bundle. Types are written for what can be imported.
// `whole` is all of it in one file: without a bundler a file is half a millisecond of reading. `exports` in package.json says who gets which.
export default defineConfig(
  several(
    library({
      entry: globSync("src/**/*.ts", { exclude: ["**/*.test.ts"] }),
      dts: { entry: open },
      splitting: true,
    }),
    library({ entry: { whole: "src/index.ts" }, dts: false }),
  ),
);
