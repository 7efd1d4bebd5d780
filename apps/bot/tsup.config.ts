import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/main.ts", "src/store/shipWorker.ts", "src/sweep/worker.ts", "src/torture/worker.ts"],
  format: ["esm"],
  platform: "node",
  target: "node24",
  sourcemap: true,
  clean: true,
  dts: false,
  removeNodeProtocol: false,
});
