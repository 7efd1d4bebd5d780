// Lists what our packages and the bot need of others at run time, with versions and licences, and refuses licences that nobody has allowed.
//
//   node scripts/licences.mjs            fails when docs/licences.md is not what it should be
//   node scripts/licences.mjs --write    writes it
import { existsSync, globSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Those that ask for no more than their text beside ours. */
export const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "CC0-1.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "Unlicense",
]);

/** What makes the page of the dashboard where the bot is started from its sources: nothing of it is in the page, or is shipped. */
export const builders = new Set(["vite"]);

/** Whether an SPDX expression can be satisfied with allowed licences alone. */
export function isAllowed(expression) {
  const bare = expression.replace(/^\((.*)\)$/s, "$1");
  if (bare.includes(" OR ")) return bare.split(" OR ").some(isAllowed);
  return bare.split(" AND ").every((each) => allowed.has(each.replace(/^\(|\)$/g, "").trim()));
}

const manifestIn = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/**
 * @param root - of the workspace, installed
 * @param starts - folders of the packages whose needs are followed
 * @returns every package of others, by name and version: its licence and whose package of ours needs it
 */
export function neededBy(root, starts) {
  const found = new Map();
  const visit = (folder, owner, seen) => {
    const manifest = manifestIn(folder);
    const optional = manifest.optionalDependencies ?? {};
    for (const name of Object.keys({ ...manifest.dependencies, ...optional })) {
      if (builders.has(name)) continue;
      const place = placeOf(folder, name);
      if (place === undefined) {
        if (name in optional) continue;
        throw new Error(`${manifest.name} needs ${name}, which is not installed`);
      }
      if (seen.has(place)) continue;
      seen.add(place);
      const { name: real, version, license } = manifestIn(place); // it may be needed under another name
      if (/^@(bp|aster)\//.test(name) || name === "dashboard") continue; // a start of its own
      const key = `${real} ${version}`;
      const entry = found.get(key) ?? { name: real, version, licence: textOf(license), owners: new Set() };
      entry.owners.add(owner);
      found.set(key, entry);
      visit(place, owner, seen);
    }
  };
  for (const start of starts) visit(join(root, start), manifestIn(join(root, start)).name, new Set());
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

/** Where a folder's package finds another one, as Node does. */
function placeOf(folder, name) {
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    const place = join(at, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return realpathSync(place);
    if (dirname(at) === at) return undefined;
  }
}

const textOf = (license) => (typeof license === "string" ? license : (license?.type ?? "none"));

/** The document. */
export function documentOf(needed) {
  const rows = needed.map(
    ({ name, version, licence, owners }) =>
      `| ${name} | ${version} | ${licence} | ${[...owners].toSorted((a, b) => a.localeCompare(b)).join(", ")} |`,
  );
  return `# Packages of others

What our packages and the bot load at run time. Written by \`node scripts/licences.mjs --write\`; CI fails when it is out of date, or when a
licence is not one of ${[...allowed].join(", ")}. Tools of development, and those that build the dashboard's page, are in none of our packages and not listed.

| package | version | licence | needed by |
|---|---|---|---|
${rows.join("\n")}
`;
}

if (import.meta.main) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const starts = [
    ...globSync("packages/@*/*/package.json", { cwd: root }).map((file) => dirname(file)),
    "apps/bot",
    "apps/dashboard",
  ].toSorted();
  const needed = neededBy(root, starts);
  const refused = needed.filter(({ licence }) => !isAllowed(licence));
  for (const { name, version, licence } of refused)
    console.error(`${name}@${version}: the licence ${licence} is not allowed`);
  const file = join(root, "docs/licences.md");
  const text = documentOf(needed);
  const isStale = !existsSync(file) || readFileSync(file, "utf8") !== text;
  if (isStale && process.argv.includes("--write")) writeFileSync(file, text);
  else if (isStale) console.error("docs/licences.md is out of date: node scripts/licences.mjs --write");
  process.exitCode = refused.length > 0 || (isStale && !process.argv.includes("--write")) ? 1 : 0;
  console.log(`licences: ${needed.length} packages of others, ${refused.length} refused`);
}
