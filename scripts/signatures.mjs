// Checks that the registry has signed every package that the lockfile names, with the very hash that the lockfile has: what
// `npm audit signatures` does, for a lockfile of pnpm. A registry that offers no keys is said in one line and is no failure.
//
//   node scripts/signatures.mjs [--registry URL]
import { execFileSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ name: string, version: string, integrity: string }} Locked */

/** Every package that a lockfile of pnpm names. @returns {Locked[]} */
export function lockedIn(lockfile) {
  const entry = /^ {2}'?((?:@[^/\s']+\/)?[^@\s'/]+)@([^:'(\s]+)'?:\n {4}resolution: \{integrity: ([^,}\s]+)/gm;
  return [...lockfile.matchAll(entry)].map(([, name, version, integrity]) => ({ name, version, integrity }));
}

/**
 * @param {string} registry - ends in `/`
 * @param {readonly Locked[]} packages
 * @returns `undefined` where the registry has no keys, else what is wrong, a line each
 */
export async function checkSignatures(registry, packages) {
  const answer = await fetch(`${registry}-/npm/v1/keys`);
  if (answer.status === 404 || answer.status === 405) return undefined;
  if (!answer.ok) throw new Error(`${registry} answers ${answer.status} when it is asked for its keys`);
  const { keys } = await answer.json();
  const byId = new Map(keys.map((key) => [key.keyid, key]));
  const wrong = [];
  const left = [...packages];
  const work = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const why = await flawOf(registry, byId, next);
      if (why !== undefined) wrong.push(`${next.name}@${next.version}: ${why}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return wrong.toSorted((a, b) => a.localeCompare(b));
}

async function flawOf(registry, keys, { name, version, integrity }) {
  const path = name.replace("/", "%2f");
  const answer = await fetch(`${registry}${path}/${version}`);
  if (!answer.ok) return `the registry answers ${answer.status}`;
  const { dist } = await answer.json();
  if (dist.integrity !== integrity) return "the registry has another hash than the lockfile";
  const signatures = dist.signatures ?? [];
  if (signatures.length === 0) return "no signature";
  for (const { keyid, sig } of signatures) {
    const key = keys.get(keyid);
    if (key === undefined) continue;
    if (key.expires && !(await publishedBefore(registry, path, version, Date.parse(key.expires)))) continue;
    const publicKey = createPublicKey({ key: Buffer.from(key.key, "base64"), format: "der", type: "spki" });
    const signed = Buffer.from(`${name}@${version}:${integrity}`);
    if (verify("sha256", signed, publicKey, Buffer.from(sig, "base64"))) return undefined;
    return "its signature is not of this hash";
  }
  return "signed by no key that was good when it was published";
}

async function publishedBefore(registry, path, version, at) {
  const answer = await fetch(`${registry}${path}`);
  const { time } = answer.ok ? await answer.json() : {};
  return Date.parse(time?.[version]) < at;
}

if (import.meta.main) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const at = process.argv.indexOf("--registry");
  const said =
    at < 0 ? execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim() : process.argv[at + 1];
  const registry = said.endsWith("/") ? said : `${said}/`;
  const packages = lockedIn(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"));
  const wrong = await checkSignatures(registry, packages).catch((error) => {
    console.log(`signatures: not checked, the registry was not reached (${error.cause?.code ?? error.message})`);
    return undefined;
  });
  if (wrong === undefined)
    console.log("signatures: not checked where the registry offers no keys; hashes of the lockfile are");
  else {
    for (const line of wrong) console.error(line);
    console.log(
      `signatures: ${packages.length - wrong.length} of ${packages.length} packages are signed as they should be`,
    );
    process.exitCode = wrong.length === 0 ? 0 : 1;
  }
}
