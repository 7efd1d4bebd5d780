// pnpm silently leaves optional packages it could not find out of the lockfile. When those are the native
// binaries of other platforms, only the author's platform can install from it.
// Fails when an installed package names a platform package that the lockfile does not have.
//
// Also fails when a package could be another one tomorrow: no SHA-512 in the lockfile, an address of its own instead of the registry,
// a version in the catalog that is no single one, a dependency outside of the catalog, an install script that may run.
import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lock = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");
const locked = new Set([...lock.matchAll(/^ {2}'?((?:@[^/\s']+\/)?[^@\s']+@[^:'(\s]+)/gm)].map((match) => match[1]));
// What has to work everywhere the project is used; packages for rarer systems may be absent.
const wanted =
  /(linux-(x64|arm64)(?!.*android)|linux-64|linux-arm64|darwin-(x64|arm64|64)|win32-(x64|arm64)|windows-(64|arm64))/;

const missing = [];
const store = join(root, "node_modules/.pnpm");
for (const entry of readdirSync(store)) {
  const name = /^((?:@[^+]+\+)?[^@]+)@/.exec(entry)?.[1]?.replace("+", "/");
  if (name === undefined) continue;
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(join(store, entry, "node_modules", name, "package.json"), "utf8"));
  } catch {
    continue;
  }
  if (!locked.has(`${name}@${manifest.version}`)) continue; // left over from an earlier install
  for (const [dependency, version] of Object.entries(manifest.optionalDependencies ?? {})) {
    if (wanted.test(dependency) && !locked.has(`${dependency}@${version}`))
      missing.push(`${name}@${manifest.version}: ${dependency}@${version}`);
  }
}
for (const line of missing) console.error(`not in pnpm-lock.yaml: ${line}`);

const loose = [];
const [, packages = ""] = /^packages:\n(.*?)^snapshots:/ms.exec(lock) ?? [];
const resolutions = packages.match(/^ {4}resolution: .*$/gm) ?? [];
if (resolutions.length === 0) loose.push("pnpm-lock.yaml: no packages were found in it");
for (const line of resolutions)
  if (!/^ {4}resolution: \{integrity: sha512-[A-Za-z\d+/]{86}==\}$/.test(line))
    loose.push(`pnpm-lock.yaml: ${line.trim()}`);
const workspace = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
const blockOf = (name) => new RegExp(`^${name}:\\n((?: .*\\n|\\n)*)`, "m").exec(workspace)?.[1] ?? "";
for (const [, name, version] of blockOf("catalog").matchAll(/^ {2}"?([@\w./-]+)"?: (\S+)/gm))
  if (!/^(npm:[@\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    loose.push(`pnpm-workspace.yaml: ${name} ${version}`);
for (const [, name, may] of blockOf("allowBuilds").matchAll(/^ {2}"?([@\w./-]+)"?: (\S+)/gm))
  if (may !== "false") loose.push(`pnpm-workspace.yaml: the install script of ${name} may run`);
for (const file of ["package.json", ...globSync("{packages/@*/*,apps/*,bench}/package.json", { cwd: root })]) {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, file), "utf8"));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }))
    if (!/^(catalog:|workspace:[\^~*])/.test(version)) loose.push(`${file}: ${name} ${version}`);
}
for (const line of loose) console.error(`not pinned: ${line}`);
process.exitCode = missing.length + loose.length === 0 ? 0 : 1;
