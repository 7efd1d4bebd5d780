import { defineConfig } from "tsup";
import { library, several } from "../../../tsup.base.ts";

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
