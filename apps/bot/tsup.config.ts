import { cpSync, existsSync } from "node:fs";
import { defineConfig } from "tsup";

/** What the dashboard's own build has made; it is built before the bot. */
const page = "../dashboard/dist";

export default defineConfig({
  entry: [
    "src/main.ts",
    "src/door/worker.ts",
    "src/door/desk/worker.ts",
    "src/store/shipWorker.ts",
    "src/sweep/worker.ts",
    "src/torture/worker.ts",
  ],
  format: ["esm"],
  platform: "node",
  target: "node24",
  sourcemap: true,
  clean: true,
  dts: false,
  removeNodeProtocol: false,
  noExternal: [/^dashboard\//], // sources, and not published: what the bot says to its page goes with the bot
  onSuccess: () => {
    if (existsSync(`${page}/index.html`)) cpSync(page, "dist/dashboard", { recursive: true });
    return Promise.resolve();
  },
});
