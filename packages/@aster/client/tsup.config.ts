import { globSync } from "node:fs";
import { defineConfig } from "tsup";
import { library } from "../../../tsup.base.ts";

// What is imported by its own path has its own file, and shared chunks keep a bundle from carrying schemas that it does not use.
export default defineConfig(
  library({
    entry: ["src/index.ts", "src/core.ts", "src/streams/streams.ts", ...globSync("src/rest/*/*/index.ts")],
    splitting: true,
  }),
);
