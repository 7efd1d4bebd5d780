// Checks that the registry has signed every package that the lockfile names, with the very hash that the lockfile has: what
// `npm audit signatures` does, for a lockfile of pnpm. A wrong signature fails. What the registry cannot be asked is skipped, with
// the reason in one line; where it must be known, before a release, that fails too.
//
//   node scripts/signatures.mjs [--registry URL] [--required]
import { execFileSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ name: string, version: string, integrity: string }} Locked */

/** Every package that a lockfile of pnpm names. @returns {Locked[]} */
export function lockedIn(lockfile) {
  const entry = /^ {2}'?((?:@[^/\s']+\/)?[^@\s'/]+)@([^:'(\s]+)'?:\n {4}resolution: \{integrity: ([^,}\s]+)/gm;
  return [...lockfile.matchAll(entry)].map(([, name, version, integrity]) => ({ name, version, integrity }));
}

/** The registry gave no answer, or none that says anything about what was asked. */
class Unanswered extends Error {}

/**
 * @param {string} registry - ends in `/`
 * @param {readonly Locked[]} packages
 * @returns {Promise<{ wrong: string[], skipped?: string }>} what is wrong, a line each, and why some or all could not be looked at
 */
export async function checkSignatures(registry, packages) {
  const wrong = [];
  const unanswered = [];
  try {
    const keys = (await ask(`${registry}-/npm/v1/keys`))?.keys;
    if (keys === undefined) return { wrong, skipped: `${registry} offers no keys` };
    const byId = new Map(keys.map((key) => [key.keyid, key]));
    const left = [...packages];
    const work = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const name = `${next.name}@${next.version}`;
        try {
          const why = await flawOf(registry, byId, next);
          if (why !== undefined) wrong.push(`${name}: ${why}`);
        } catch (error) {
          if (!(error instanceof Unanswered)) throw error;
          unanswered.push(`${name}: ${error.message}`);
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return { wrong, skipped: error.message };
  }
  wrong.sort((a, b) => a.localeCompare(b));
  const [first] = unanswered.toSorted((a, b) => a.localeCompare(b));
  if (first === undefined) return { wrong };
  return {
    wrong,
    skipped: `${unanswered.length} of ${packages.length} packages could not be asked for, such as ${first}`,
  };
}

/** What the registry says; `undefined`: that there is no such thing. @throws Unanswered */
async function ask(url) {
  let answer;
  try {
    answer = await fetch(url);
    if (answer.ok) return await answer.json();
  } catch (error) {
    throw new Unanswered(`${url}: no answer (${error.cause?.code ?? error.message})`);
  }
  if (answer.status === 404 || answer.status === 405) return undefined;
  throw new Unanswered(`${url} answers ${answer.status}`);
}

async function flawOf(registry, keys, { name, version, integrity }) {
  const path = name.replace("/", "%2f");
  const found = await ask(`${registry}${path}/${version}`);
  if (found === undefined) return "the registry does not have it";
  const { integrity: signed, signatures = [] } = found.dist ?? {};
  if (signed !== integrity) return "the registry has another hash than the lockfile";
  if (signatures.length === 0) return "no signature";
  for (const { keyid, sig } of signatures) {
    const key = keys.get(keyid);
    if (key === undefined) continue;
    if (key.expires && !(await publishedBefore(registry, path, version, Date.parse(key.expires)))) continue;
    const publicKey = createPublicKey({ key: Buffer.from(key.key, "base64"), format: "der", type: "spki" });
    const text = Buffer.from(`${name}@${version}:${integrity}`);
    if (verify("sha256", text, publicKey, Buffer.from(sig, "base64"))) return undefined;
    return "its signature is not of this hash";
  }
  return "signed by no key that was good when it was published";
}

async function publishedBefore(registry, path, version, at) {
  const found = await ask(`${registry}${path}`);
  return Date.parse(found?.time?.[version]) < at;
}

if (import.meta.main) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const at = process.argv.indexOf("--registry");
  const said =
    at < 0 ? execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim() : process.argv[at + 1];
  const registry = said.endsWith("/") ? said : `${said}/`;
  const packages = lockedIn(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"));
  const { wrong, skipped } = await checkSignatures(registry, packages);
  for (const line of wrong) console.error(line);
  if (skipped !== undefined)
    console.log(`signatures: skipped, ${skipped}; hashes of the lockfile are checked by the install`);
  else if (wrong.length === 0)
    console.log(`signatures: all of ${packages.length} packages are signed as they should be`);
  else console.log(`signatures: ${wrong.length} of ${packages.length} packages are not signed as they should be`);
  // Counted by scripts/run.mjs, as tests are.
  const counts = {
    numPassedTests: 0,
    numFailedTests: wrong.length,
    numPendingTests: skipped === undefined ? 0 : 1,
    numTodoTests: 0,
  };
  mkdirSync(join(root, "reports"), { recursive: true });
  writeFileSync(join(root, "reports", "signatures.json"), `${JSON.stringify(counts)}\n`);
  if (wrong.length > 0 || (skipped !== undefined && process.argv.includes("--required"))) process.exitCode = 1;
}
