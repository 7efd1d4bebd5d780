// A lint rule that never fires is no guard: every promise that is dropped or misused below has to be reported.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const root = dirname(import.meta.dirname);

const floating = `
import { send } from "@bp/planted";
declare const venue: { cancel(): Promise<void> } | undefined;
declare const list: number[];
const later = async (): Promise<number> => 1;

later(); // planted
send(); // planted
venue?.cancel(); // planted
void later(); // planted
later().then(() => 1); // planted
later().finally(() => 1); // planted
Promise.all([later()]); // planted
Promise.resolve(); // planted
new Promise(() => {}); // planted
list.map(later); // planted
(async () => {})(); // planted
export function start(): void {
  later(); // planted
  if (list.length > 0) send(); // planted
}
await later();
later().catch(() => 1);
export const held = later();
`;

const misused = `
import { EventEmitter } from "node:events";
import { send } from "@bp/planted";
declare const flag: Promise<boolean>;
const later = async (): Promise<void> => {};

if (flag) console.log(1); // planted
export const both = send() ? 1 : 2; // planted
while (flag) break; // planted
setTimeout(later, 1); // planted
setInterval(async () => {}, 1); // planted
[1].forEach(later); // planted
export const kept = [1].filter(async () => true); // planted
new EventEmitter().on("x", async () => {}); // planted
process.on("exit", later); // planted
export const handlers: { onClose: () => void } = { onClose: later }; // planted
export const spread = { ...send() }; // planted
setTimeout(() => 1, 1);
`;

it("oxlint reports every planted floating or misused promise, also from a package that is not built", () => {
  const work = mkdtempSync(join(tmpdir(), "bp-lint-"));
  const files: Record<string, string> = {
    "src/floating.ts": floating,
    "src/misused.ts": misused,
    "package.json": `{ "type": "module" }`,
    "tsconfig.json": JSON.stringify({
      extends: "./tsconfig.base.json",
      compilerOptions: { types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
      include: ["src"],
    }),
    "node_modules/@bp/planted/package.json": JSON.stringify({
      name: "@bp/planted",
      type: "module",
      exports: { ".": { "@bp/source": "./src/index.ts", import: "./dist/index.js" } },
    }),
    "node_modules/@bp/planted/src/index.ts": "export const send = async (): Promise<object> => ({});\n",
  };
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(work, name)), { recursive: true });
      writeFileSync(join(work, name), text);
    }
    copyFileSync(join(root, "tsconfig.base.json"), join(work, "tsconfig.base.json"));
    const { stdout, stderr } = spawnSync(
      join(root, "node_modules/.bin/oxlint"),
      ["--type-aware", "--config", join(root, ".oxlintrc.json"), "--format=unix", "src"],
      { cwd: work, encoding: "utf8", shell: process.platform === "win32" },
    );
    for (const [file, rule, text] of [
      ["floating", "no-floating-promises", floating],
      ["misused", "no-misused-(promises|spread)", misused],
    ] as const) {
      const planted = text.split("\n").flatMap((line, at) => (line.endsWith("// planted") ? [at + 1] : []));
      const reported = new RegExp(`${file}\\.ts:(\\d+):.*${rule}`, "g");
      const found = new Set([...stdout.matchAll(reported)].map(([, line]) => Number(line)));
      expect(
        [...found].toSorted((a, b) => a - b),
        stdout + stderr,
      ).toEqual(planted);
    }
  } finally {
    rmSync(work, { recursive: true });
  }
});
