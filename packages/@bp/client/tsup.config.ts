import { globSync } from "node:fs";
import { defineConfig } from "tsup";
import { library } from "../../../tsup.base.ts";

const open = ["src/index.ts", "src/core.ts", "src/streams/index.ts", ...globSync("src/rest/*/index.ts")];

// A file stays a file: what a program does not import is then no part of its bundle. Types are written for what can be imported.
export default defineConfig(
  library({
    entry: globSync("src/**/*.ts", { exclude: ["**/*.test.ts"] }),
    dts: { entry: open },
    splitting: true,
  }),
);
