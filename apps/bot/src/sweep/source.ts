// What code makes trials: the files that are loaded, by what is in them. A version says nothing of a tree that is being worked on.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Packages that decide what a trial comes to, beside the program itself. */
const packages = [
  "@bp/backtest",
  "@bp/core",
  "@bp/data",
  "@bp/engine",
  "@bp/report",
  "@bp/risk",
  "@bp/sim",
  "@bp/strategies",
] as const;

/** Packages that decide what a file becomes when it is read. */
const readers = ["@bp/core", "@bp/data"] as const;

const known = new Map<string, string>();

/**
 * A digest of this program's own code and of the packages that trials run, 64 hexadecimal digits; read once.
 *
 * @throws what the file system does where the program is not whole
 */
export const sourceDigest = (): string => remembered(["bot", ...packages]);

/** The same of the code that reads recordings. @throws as `sourceDigest` */
export const readerDigest = (): string => remembered(readers);

function remembered(names: readonly string[]): string {
  const name = names.join();
  const digest = known.get(name) ?? digestOf(new Map(names.map((each) => [each, rootOf(each)])));
  known.set(name, digest);
  return digest;
}

/** The folder with the code as it is run: sources in the repository, `dist` where it is installed. */
function rootOf(name: string): string {
  const isSource = import.meta.url.endsWith(".ts");
  const here = dirname(fileURLToPath(import.meta.url));
  if (name === "bot") return isSource ? dirname(here) : here;
  const { resolve } = createRequire(import.meta.url);
  return join(dirname(resolve(`${name}/package.json`)), isSource ? "src" : "dist");
}

/** The digest of what is in folders. @param roots - folder by name; where it lies is no part of the digest */
export function digestOf(roots: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const [name, root] of roots)
    for (const file of codeIn(root).toSorted()) {
      const bytes = readFileSync(file);
      hash.update(JSON.stringify([name, relative(root, file).replaceAll(sep, "/"), bytes.length])).update(bytes);
    }
  return hash.digest("hex");
}

function codeIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    const path = join(folder, each.name);
    if (each.isDirectory()) return codeIn(path);
    return isCode(each.name) ? [path] : [];
  });
}

/** Not what types, maps and tests say. */
const isCode = (name: string): boolean =>
  /\.(?:js|ts|mjs|json)$/.test(name) && !/\.(?:test|fixture|test-d|d)\.ts$/.test(name);
