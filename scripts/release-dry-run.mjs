// The release that would be made of what is here: numbered, packed and looked at in a copy. Nothing is sent and nothing here changes.
//
//   node scripts/release-dry-run.mjs      wants what is built
//
// Whoever releases meets a broken changeset, a version that no dependent takes or a changelog that is not packed a day too late.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { changesetsOf } from "./api-reports.mjs";
import { makeBotPackage } from "./bot-package.mjs";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));

/**
 * What is wrong with a package as it would be published.
 *
 * @param {{ before: string, packed: Record<string, any>, changelog: string, isNamed: boolean, versions: Record<string, string> }} made -
 * `before`: its version until now; `isNamed`: by a changeset; `versions`: of everything that is released with it
 * @returns {string[]}
 */
export function flawsOfRelease({ before, packed, changelog, isNamed, versions }) {
  const { name, version, dependencies = {}, peerDependencies = {} } = packed;
  const flaws = [];
  if (isNamed && version === before) flaws.push(`${name}: a changeset names it, and it is still ${before}`);
  if (version !== before && !changelog.includes(`\n## ${version}\n`))
    flaws.push(`${name}: its changelog does not tell of ${version}`);
  for (const [each, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
    if (/^(workspace|catalog|link|file):/.test(range))
      flaws.push(`${name}: ${each} is ${range}, which only the workspace knows`);
    else if (each in versions && range !== `^${versions[each]}`)
      flaws.push(`${name}: wants ${each} ${range}, and ${versions[each]} is released with it`);
  }
  return flaws;
}

/** Everything that takes part in a release, and what is built. */
function copyOf(root) {
  const copy = mkdtempSync(join(tmpdir(), "bp-release-"));
  const files = [
    "package.json",
    "pnpm-workspace.yaml",
    "pnpm-lock.yaml",
    "LICENSE",
    ".changeset",
    "bench/package.json",
    "apps/bot/deploy",
    ...globSync("apps/*/package.json", { cwd: root }),
    ...["package.json", "README.md", "CHANGELOG.md", "LICENSE", "dist", "etc"].flatMap((each) => [
      ...globSync(`packages/@*/*/${each}`, { cwd: root }),
      `apps/bot/${each}`,
    ]),
  ];
  for (const file of files)
    if (existsSync(join(root, file))) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(root, file), join(copy, file), { recursive: true });
    }
  return copy;
}

function main() {
  const root = dirname(import.meta.dirname);
  const copy = copyOf(root);
  const sh = (cwd, command, ...args) =>
    execFileSync(command, args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      maxBuffer: 1e8,
      env: { ...process.env, CI: "true" },
    });
  const git = (...args) => sh(copy, "git", "-c", "user.name=release", "-c", "user.email=release@localhost", ...args);
  const inPackages = (run) =>
    globSync(["packages/@*/*/package.json", "apps/bot/package.json"], { cwd: copy })
      .toSorted()
      .map((file) => run(join(copy, dirname(file)), read(join(copy, file))));
  try {
    git("init", "-q", "-b", "main");
    git("add", "--all", "--force", ":!**/dist/**");
    git("commit", "-q", "-m", "the commit that changelogs name");
    const changesets = changesetsOf(copy);
    const before = Object.fromEntries(inPackages((_, { name, version }) => [name, version]));
    const unknown = changesets.flatMap(({ name, packages }) =>
      packages
        .filter((each) => !(each in before))
        .map((each) => `.changeset/${name}.md names ${each}, which there is not`),
    );
    assert.deepEqual(unknown, []);

    sh(copy, process.execPath, join(root, "node_modules/@changesets/cli/bin.js"), "version");
    assert.deepEqual(changesetsOf(copy), [], "changesets are left over");
    const api = sh(copy, process.execPath, join(root, "scripts/api-reports.mjs"), copy, "--released");
    sh(copy, "pnpm", "install", "--frozen-lockfile", "--offline", "--ignore-scripts", "--trust-lockfile");

    const versions = Object.fromEntries(inPackages((_, { name, version }) => [name, version]));
    const packs = join(copy, "packs");
    mkdirSync(packs);
    const flaws = inPackages((folder, { name }) => {
      const tarball =
        name === "bot"
          ? makeBotPackage(copy, packs)
          : [JSON.parse(sh(folder, "pnpm", "pack", "--json", "--pack-destination", packs))].flat()[0].filename;
      const file = (path) => sh(packs, "tar", "-xzOf", tarball, `package/${path}`);
      const hasChangelog = sh(packs, "tar", "-tzf", tarball).includes("package/CHANGELOG.md\n");
      return flawsOfRelease({
        before: before[name],
        packed: JSON.parse(file("package.json")),
        changelog: hasChangelog ? file("CHANGELOG.md") : "",
        isNamed: changesets.some(({ packages }) => packages.includes(name)),
        versions,
      });
    }).flat();
    assert.deepEqual(flaws, []);
    const released = Object.keys(versions).filter((name) => versions[name] !== before[name]);
    console.log(`release: ${changesets.length} changesets make ${released.length} new versions; ${api.trim()}`);
  } catch (error) {
    console.error(`${error.message}\n${error.stdout ?? ""}${error.stderr ?? ""}`);
    process.exitCode = 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

if (import.meta.main) main();
