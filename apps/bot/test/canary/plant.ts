// Secrets of every kind, and where they must not be found.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { asterKeys, testKeys } from "@bp/sandbox";
import { secretSearch } from "../../src/torture/secrets.ts";

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

/** Finds them in a text, or in the files of a folder. */
export const { leaksIn, leaksUnder } = secretSearch(secrets);

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
