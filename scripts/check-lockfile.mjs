// pnpm silently leaves optional packages it could not find out of the lockfile. When those are the native
// binaries of other platforms, only the author's platform can install from it.
// Fails when an installed package names a platform package that the lockfile does not have.
import { readdirSync, readFileSync } from "node:fs";
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
process.exitCode = missing.length === 0 ? 0 : 1;
