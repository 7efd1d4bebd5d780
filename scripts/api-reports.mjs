// Keeps the public types of every published package in its etc/api.md, and lets none change without a changeset that names the package.
//
//   node scripts/api-reports.mjs [root]             checks; wants what is built
//   node scripts/api-reports.mjs [root] --write     accepts what has changed, where a changeset is new since the last time
//   node scripts/api-reports.mjs [root] --released  what is now was released: run by `pnpm version-packages`
//
// etc/api.json remembers which report was released, which one was accepted since, and the changesets that were there then. So
// nothing depends on the history: a shallow clone or an unpacked archive is held to the same. With BP_API_BASE (a commit: in CI
// where the branch of a pull request leaves the main one) a report that differs from that commit's needs a changeset since then.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { reportOf } from "./api-reports.extract.mjs";

const hash = (text) => createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 16);
const read = (file) => (existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : undefined);

/**
 * The changesets that wait for a release.
 *
 * @param {string} root - folder with `.changeset/`
 * @returns {{ name: string, hash: string, packages: string[] }[]}
 */
export function changesetsOf(root) {
  return globSync(".changeset/*.md", { cwd: root })
    .toSorted()
    .map((file) => changeset(file, readFileSync(join(root, file), "utf8")))
    .filter(({ name }) => name !== "README");
}

function changeset(file, text) {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? "";
  return {
    name: /([^/\\]+)\.md$/.exec(file)?.[1] ?? file,
    hash: hash(text),
    packages: [...front.matchAll(/^["']?([^"'\s]+)["']?:\s*(?:major|minor|patch)\s*$/gm)].map(([, name = ""]) => name),
  };
}

/** The packages that are published: their folders, in order of their names. */
export function publishedIn(root) {
  return globSync("packages/@*/*/package.json", { cwd: root })
    .toSorted()
    .map((file) => ({ folder: join(root, dirname(file)), ...JSON.parse(readFileSync(join(root, file), "utf8")) }))
    .filter((manifest) => manifest.private !== true)
    .map(({ folder, name, version }) => ({ folder, name, version, kept: keptOf(folder) }));
}

/** What a package has on file. */
function keptOf(folder) {
  const report = read(join(folder, "etc/api.md"));
  const record = read(join(folder, "etc/api.json"));
  return { report, record: record === undefined ? undefined : JSON.parse(record) };
}

/** Why the types of a package as they are may not stay; undefined when they may. */
export function flawOf({ name, kept: { report, record } }, fresh, changesets) {
  if (report === undefined || record === undefined) return "has no report";
  if (unordered(report) !== unordered(fresh)) return `public types have changed\n${differenceOf(report, fresh)}`;
  if (record.report !== hash(report)) return "etc/api.md was changed by another hand than --write";
  if (record.released?.report === record.report) return undefined;
  const covers = changesets.some((each) => each.packages.includes(name) && record.changesets[each.name] !== undefined);
  return covers ? undefined : "public types are not those of the last release, and no changeset names it";
}

/** The record that accepts a report; undefined where nothing new explains the change. */
export function accepted({ name, kept: { record } }, fresh, changesets) {
  const naming = changesets.filter(({ packages }) => packages.includes(name));
  const isNew = (each) => record?.changesets[each.name] !== each.hash;
  if (record?.released?.report !== hash(fresh) && !naming.some(isNew)) return undefined;
  return {
    released: record?.released ?? null,
    report: hash(fresh),
    changesets: Object.fromEntries(naming.map((each) => [each.name, each.hash])),
  };
}

/**
 * A report without an order of its declarations, and of the lines in each: in which one the compiler tells members of a type that it
 * has inferred is other from build to build, and nobody who uses the type can tell.
 */
const unordered = (report) =>
  report
    .split(/\n\s*\n/)
    .map((block) => block.split("\n").toSorted().join("\n"))
    .toSorted()
    .join("\n\n");

/** The first lines that are not the same. */
function differenceOf(before, after) {
  const [old, now] = [new Set(before.split("\n")), new Set(after.split("\n"))];
  const gone = before.split("\n").filter((line) => !now.has(line));
  const come = after.split("\n").filter((line) => !old.has(line));
  const lines = [...gone.map((line) => `    - ${line}`), ...come.map((line) => `    + ${line}`)];
  const rest = lines.length > 12 ? [`    … and ${lines.length - 12} more`] : [];
  return lines.length === 0 ? "    lines of it are in other declarations" : [...lines.slice(0, 12), ...rest].join("\n");
}

/** What a pull request lacks. @param base - a commit that must be in this clone */
function flawsSince(root, base, packages, changesets) {
  const git = (...args) =>
    execFileSync("git", ["-C", root, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 1e8,
    });
  const before = (file) => {
    try {
      return git("show", `${base}:./${relative(root, file).replaceAll("\\", "/")}`);
    } catch {
      return undefined; // it was not there
    }
  };
  try {
    git("cat-file", "-e", `${base}^{commit}`);
  } catch {
    return [`the commit ${base} of BP_API_BASE is not in this clone: fetch the whole history (fetch-depth: 0)`];
  }
  return packages.flatMap(({ name, folder, version, kept: { report } }) => {
    const old = before(join(folder, "etc/api.md"));
    if (old === undefined || old === report) return [];
    if (JSON.parse(before(join(folder, "package.json")) ?? "{}").version !== version) return []; // a release
    const explains = changesets.some(
      (each) =>
        each.packages.includes(name) && hash(before(join(root, `.changeset/${each.name}.md`)) ?? "") !== each.hash,
    );
    return explains ? [] : [`${name}: public types differ from those of ${base}, and no changeset since then names it`];
  });
}

function write(folder, report, record) {
  mkdirSync(join(folder, "etc"), { recursive: true });
  writeFileSync(join(folder, "etc/api.md"), report);
  writeFileSync(join(folder, "etc/api.json"), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Checks the reports of all packages, or accepts what has changed.
 *
 * @param {string} root
 * @param {"--write" | "--released" | undefined} mode - undefined: checks
 * @param {string} base - a commit; empty: none
 * @returns {{ count: number, written: string[], flaws: string[] }}
 */
export function apiReports(root, mode, base = "") {
  const changesets = changesetsOf(root);
  const packages = publishedIn(root);
  const written = [];
  const flaws = packages.flatMap((each) => {
    if (mode === "--released") return release(each) ? [] : [`${each.name}: has no accepted report`];
    const fresh = reportOf(each.folder);
    const flaw = flawOf(each, fresh, changesets);
    if (flaw === undefined) return [];
    const record = mode === "--write" ? accepted(each, fresh, changesets) : undefined;
    if (record === undefined) return [`${each.name}: ${flaw}\n    ${mode === "--write" ? needed : way}`];
    write(each.folder, fresh, record);
    written.push(each.name);
    return [];
  });
  if (mode === undefined && base !== "") flaws.push(...flawsSince(root, base, packages, changesets));
  return { count: packages.length, written, flaws };
}

const needed = "a new changeset has to name it (pnpm changeset)";
const way = "accepted by a changeset that names it and node scripts/api-reports.mjs --write";

/** Says that what is accepted was released. @returns whether something was accepted */
function release({ folder, version, kept: { report, record } }) {
  if (report === undefined || record?.report !== hash(report)) return false;
  if (record.released?.version !== version)
    write(folder, report, { ...record, released: { version, report: record.report }, changesets: {} });
  return true;
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  const mode = args.find((each) => each.startsWith("--"));
  if (mode !== undefined && mode !== "--write" && mode !== "--released") {
    console.error(`unknown flag "${mode}"`);
    process.exit(2);
  }
  const root = args.find((each) => !each.startsWith("--")) ?? dirname(import.meta.dirname);
  const { count, written, flaws } = apiReports(root, mode, process.env.BP_API_BASE);
  for (const name of written) console.log(`${name}: etc/api.md is written`);
  for (const flaw of flaws) console.error(flaw);
  console.log(`api reports: ${count} packages, ${flaws.length} flaws`);
  process.exitCode = flaws.length === 0 && count > 0 ? 0 : 1;
}
