import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkArchitecture, packages } from "./check-architecture.mjs";

type Files = Record<string, string>;
interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

const folderOf = (name: string): string =>
  name.startsWith("@") ? `packages/${name}` : name === "bench" ? name : `apps/${name}`;
const manifest = (name: string, more: Manifest = {}): Files => ({
  [`${folderOf(name)}/package.json`]: JSON.stringify({ name, exports: { ".": "./src/index.ts" }, ...more }),
});

/** A small tree of every package in the table, each importing all that it may; then the violation to be found. */
function broken(planted: Files): string[] {
  const root = mkdtempSync(join(tmpdir(), "bp-architecture-"));
  trees.push(root);
  const files: Files = {};
  for (const [name, { ours }] of Object.entries(packages)) {
    const mine = typeof ours === "string" ? Object.keys(packages).filter((other) => other.startsWith("@")) : ours;
    Object.assign(files, manifest(name, { dependencies: Object.fromEntries(mine.map((other) => [other, "1"])) }));
    files[`${folderOf(name)}/src/index.ts`] = mine.map((other) => `export * from "${other}";\n`).join("");
  }
  for (const [file, text] of Object.entries({ ...files, ...planted })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return checkArchitecture(root).map(({ rule, file, line }) => `${rule} ${file}:${line}`);
}

const risk = "packages/@bp/risk/src";

describe("checkArchitecture", () => {
  it("passes a tree in which every package imports all that it may", () => {
    expect(broken({})).toEqual([]);
  });

  it("refuses an import from a higher floor, in a test too", () => {
    expect(
      broken({
        [`${risk}/a.ts`]: `\nimport type { Engine } from "@bp/engine";\n`,
        [`${risk}/b.test.ts`]: `export { step } from "@bp/engine";\n`,
        ...manifest("@bp/risk", { devDependencies: { "@bp/engine": "1" } }),
      }),
    ).toEqual(["arrow-up packages/@bp/risk/package.json:1", `arrow-up ${risk}/a.ts:2`, `arrow-up ${risk}/b.test.ts:1`]);
  });

  it("refuses an import inside a floor, but for what a test names in devDependencies", () => {
    const use = `const sim = await import("@bp/sim");\nexport { sim };\n`;
    expect(
      broken({
        [`${risk}/a.ts`]: use,
        [`${risk}/a.test.ts`]: use,
        ...manifest("@bp/risk", { devDependencies: { "@bp/sim": "1" } }),
      }),
    ).toEqual([`arrow-level ${risk}/a.ts:1`]);
    expect(broken({ [`${risk}/a.test.ts`]: use })).toEqual([`arrow-level ${risk}/a.test.ts:1`]);
  });

  it("refuses an arrow down that the table does not list, in a manifest too", () => {
    expect(
      broken({
        "packages/@bp/engine/src/a.ts": `import type { Bot } from "@bp/strategies";\nexport type { Bot };\n`,
        ...manifest("@bp/engine", { dependencies: { "@bp/signing": "1" } }),
      }),
    ).toEqual(["arrow-unlisted packages/@bp/engine/package.json:1", "arrow-unlisted packages/@bp/engine/src/a.ts:1"]);
    expect(broken({ "packages/@bp/core/src/a.ts": `export * from "bot";\n` })).toEqual([
      "arrow-up packages/@bp/core/src/a.ts:1",
    ]);
  });

  it("refuses a package without a floor", () => {
    expect(broken({ ...manifest("@bp/new"), [`${risk}/a.ts`]: `export * from "@bp/new";\n` })).toEqual([
      "unknown packages/@bp/new/package.json:1",
      `unknown ${risk}/a.ts:1`,
    ]);
  });

  it("refuses ways around a package's exports", () => {
    expect(
      broken({
        [`${risk}/a.ts`]: `export * from "@bp/core/src/units.ts";\n`,
        [`${risk}/b.ts`]: `export * from "../../core/src/index.ts";\n`,
        [`${risk}/c.ts`]: `export * from "@bp/risk";\n`,
      }),
    ).toEqual([`deep ${risk}/a.ts:1`, `escape ${risk}/b.ts:1`, `self ${risk}/c.ts:1`]);
  });

  it("refuses a ring of files, once, with its way", () => {
    expect(
      broken({
        [`${risk}/a.ts`]: `import "./d.ts";\nimport "./b.ts";\n`,
        [`${risk}/b.ts`]: `export type { C } from "./c.ts";\n`,
        [`${risk}/c.ts`]: `export * from "./a.ts";\n`,
        [`${risk}/d.ts`]: "export {};\n",
      }),
    ).toEqual([`ring ${risk}/a.ts:2`]);
  });

  it("refuses venue/ under rest/ and streams/ of a client", () => {
    const client = "packages/@bp/client/src";
    expect(
      broken({
        [`${client}/venue/venue.ts`]: "export {};\n",
        [`${client}/rest/a.ts`]: `import "../venue/venue.ts";\n`,
        [`${client}/streams/deep/a.ts`]: `import "../../venue/venue.ts";\n`,
        [`${client}/client.ts`]: `import "./venue/venue.ts";\n`,
      }),
    ).toEqual([`venue-below ${client}/rest/a.ts:1`, `venue-below ${client}/streams/deep/a.ts:1`]);
  });

  it("refuses Node's modules and others' packages in a pure package", () => {
    const imports = `import "node:fs";\nimport "fs/promises";\nimport "ws";\nconst x = await import(name());\n`;
    expect(
      broken({
        [`${risk}/a.ts`]: imports,
        [`${risk}/a.test.ts`]: imports,
        "packages/@bp/engine/src/drive/a.ts": imports,
        "packages/@bp/journal/src/a.ts": imports,
        ...manifest("@bp/core", { dependencies: { "@types/big.js": "1", "big.js": "1", undici: "1" } }),
      }),
    ).toEqual([
      "pure-module packages/@bp/core/package.json:1",
      ...[1, 2, 3, 4].map((n) => `pure-module ${risk}/a.ts:${n}`),
    ]);
  });

  it.each([
    "Date.now()",
    "new Date()",
    "new Date",
    "Date()",
    "[1].map(Date)",
    `Date["now"]()`,
    "performance.now()",
    "setTimeout(() => {}, 1)",
    "setInterval(() => {}, 1)",
    "setImmediate(() => {})",
    "Math.random()",
    `Math["random"]()`,
    "(({ random }) => random())(Math)",
    `fetch("")`,
    "{ fetch }",
    `new WebSocket("")`,
    "class extends WebSocket {}",
    "process.env",
    "crypto.randomUUID()",
    "globalThis.Date",
    `require("fs")`,
  ])("refuses %s in a pure package, and only there", (expression) => {
    const text = `export const a =\n  ${expression};\n`;
    expect(
      broken({
        "packages/@bp/sim/src/a.ts": text,
        "packages/@bp/sim/src/a.test.ts": text,
        "packages/@bp/engine/src/drive/a.ts": text,
        "packages/@bp/transport/src/a.ts": text,
      }),
    ).toEqual(["pure-name packages/@bp/sim/src/a.ts:2"]);
  });

  it("refuses a global that a file only declares", () => {
    expect(
      broken({ [`${risk}/a.ts`]: "declare const process: { pid: number };\nexport const a = process.pid;\n" }),
    ).toEqual([`pure-name ${risk}/a.ts:2`]);
  });

  it("lets pass what only looks like it", () => {
    expect(
      broken({
        [`${risk}/a.ts`]: `
          export const day = (at: number): Date => new Date(at);
          export const isDay = (x: unknown): boolean => x instanceof Date;
          export const most = Math.max(Date.UTC(2024, 0), Date.parse("2024-01-01"));
          export const use = (process: { fetch: number }, window: number) => ({ process, window, crypto: process.fetch });
          export interface Clock { setTimeout(ms: number): void; performance: typeof performance }
        `,
      }),
    ).toEqual([]);
  });
});
