// Secrets of every kind, and all the ways in which a careless program could write them down.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { asterKeys, testKeys } from "@bp/sandbox";

const { agent, hmac, wallet } = asterKeys("alice");

/** What must never be seen, by what it is. Keys are those of the sandbox's alice, so that everything that signs is at work. */
export const secrets: Readonly<Record<string, string>> = {
  "Backpack's seed": testKeys("alice").secret,
  "Aster's HMAC secret": hmac.secret,
  "Aster's API key": hmac.key,
  "an agent's private key": agent.privateKey,
  "a wallet's private key": wallet.privateKey,
  "a proxy's password": "Pr0xy-Canary/passw+rd=7c1f",
  "a store's password": "St0re-Canary/passw+rd=9b2e",
};

/** The environment that holds the keys of `secrets`, as a configuration of the three venues names them. */
export const environment: Readonly<Record<string, string>> = {
  BACKPACK_KEY: testKeys("alice").apiKey,
  BACKPACK_SECRET: secrets["Backpack's seed"] ?? "",
  ASTER_API_KEY: hmac.key,
  ASTER_SECRET_KEY: hmac.secret,
  AGENT_KEY: agent.privateKey,
};

/** The agent's two addresses, which are no secret. */
export const addresses = { user: agent.user, signer: agent.signer } as const;

/** Enough of a form to know it by: its beginning and its end, for one of them is often cut. */
const known = 14;

/** Every form of a secret, cut to what it is known by, in lower case. */
function marksOf(secret: string): ReadonlySet<string> {
  const bare = secret.replace(/^0x/, "");
  const bytes = [Buffer.from(secret, "utf8")];
  if (/^[\da-f]{64}$/i.test(bare)) bytes.push(Buffer.from(bare, "hex"));
  if (/^[A-Za-z\d+/]{43}=$/.test(bare)) bytes.push(Buffer.from(bare, "base64"));
  const forms = [bare, encodeURIComponent(bare), JSON.stringify(bare).slice(1, -1), bare.replaceAll("/", "\\/")];
  for (const each of bytes) {
    forms.push(each.toString("hex"), each.toString("base64url"), each.toString("base64"), each.toString("latin1"));
    forms.push([...each].join(","), [...each].join(", ")); // an array, a printed Uint8Array
  }
  return new Set(
    forms
      .flatMap((form) => [form.slice(0, known), form.slice(-known).replace(/=+$/, "")])
      .map((each) => each.toLowerCase()),
  );
}

const marks = new Map(Object.entries(secrets).map(([name, secret]) => [name, marksOf(secret)]));

/** Which secrets a text shows, in any form. Bytes are read as Latin-1. */
export function leaksIn(text: string): readonly string[] {
  const low = text.toLowerCase();
  return [...marks].filter(([, forms]) => [...forms].some((form) => low.includes(form))).map(([name]) => name);
}

/** Which of the files in a folder show which secrets; `but` are those that the person wrote. */
export function leaksUnder(folder: string, but: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || but.has(path)) continue;
    for (const name of [...leaksIn(readFileSync(path, "latin1")), ...leaksIn(path)])
      found.push(`${name} in ${entry.name}`);
  }
  return found;
}

/** Which processes show which secrets to whoever looks at them; only Linux tells. @param files - of `/proc/<pid>` */
export function leaksOf(pids: readonly number[], files: readonly string[]): readonly string[] {
  return pids.flatMap((pid) =>
    files.flatMap((file) => leaksIn(textOf(`/proc/${pid}/${file}`)).map((name) => `${name} in ${file} of ${pid}`)),
  );
}

/** Those of the files and folders that others may look into. Modes mean nothing on Windows. */
export function openToOthers(paths: readonly string[]): readonly string[] {
  if (process.platform === "win32") return [];
  return paths.filter((path) => existsSync(path) && (statSync(path).mode & 0o077) !== 0);
}

/** Processes that a process has started, and those that they have; none where the system does not tell. */
export function descendantsOf(pid: number): readonly number[] {
  if (!existsSync("/proc/self/stat")) return [];
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const [, parent] = /^\d+ \(.*\) \w (\d+)/s.exec(textOf(`/proc/${name}/stat`)) ?? [];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const below = (each: number): number[] =>
    [...parents].filter(([, parent]) => parent === each).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** A file of the system's; empty if it is gone, or not ours to read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
