import { defineConfig } from "tsup";
import { library } from "../../../tsup.base.ts";
import { several } from "../../../tsup.several.ts";

const runtimeOnly = (name: "node" | "browser") =>
  library({
    entry: { [name]: "src/index.ts" },
    dts: false,
    esbuildOptions: (options) => {
      options.conditions = [name];
    },
  });

// Three times, because Node and browsers have one way out each. Who gets which: `exports` in package.json.
export default defineConfig(several(library(), runtimeOnly("node"), runtimeOnly("browser")));
