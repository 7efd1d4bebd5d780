import { defineConfig } from "tsup";
import { library } from "../../../tsup.base.ts";

export default defineConfig(library({ platform: "node", target: "node24", removeNodeProtocol: false }));
