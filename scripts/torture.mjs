#!/usr/bin/env node
// The torture of CI, and the long one by hand: the examples of all six strategies.
//
//   node scripts/torture.mjs [--seeds 2000] [more flags of bot torture]
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const own = readdirSync(join(root, "examples/own")).map((name) => `examples/own/${name}`);
const theirs = ["backpack_trading_config.json", "grid.config.json", "hedge.yaml", "hedge_futures.yaml"];
const files = [...own, ...theirs.map((name) => `examples/${name}`)];
const args = process.argv.slice(2);
const seeds = args.includes("--seeds") || args.includes("--seed") ? [] : ["--seeds", "2000"];
const node = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", "apps/bot/src/main.ts"];
const child = spawn(process.execPath, [...node, "torture", ...files, ...seeds, ...args], {
  cwd: root,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("close", (code) => {
  process.exitCode = code ?? 1;
});
