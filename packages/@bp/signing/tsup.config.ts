import { defineConfig } from "tsup";
import { library } from "../../../tsup.base.ts";
import { several } from "../../../tsup.several.ts";

// Twice: for Node, whose OpenSSL does the work, and for everything else. Who resolves which: `exports` in package.json.
export default defineConfig(
  several(
    library(),
    library({
      entry: { node: "src/index.ts" },
      dts: false,
      esbuildOptions: (options) => {
        options.conditions = ["node"];
      },
    }),
  ),
);
