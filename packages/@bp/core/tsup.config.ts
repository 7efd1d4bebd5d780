import { globSync } from "node:fs";
import { defineConfig } from "tsup";
import { library } from "../../../tsup.base.ts";
import { several } from "../../../tsup.several.ts";

// A file stays a file: a bundle that only needs books and ticks then carries no big.js.
// `whole` is all of it in one file: without a bundler a file is half a millisecond of reading. `exports` in package.json says who gets which.
export default defineConfig(
  several(
    library({
      entry: globSync("src/**/*.ts", { exclude: ["**/*.test.ts"] }),
      dts: { entry: ["src/index.ts"] },
      splitting: true,
    }),
    library({ entry: { whole: "src/index.ts" }, dts: false }),
  ),
);
