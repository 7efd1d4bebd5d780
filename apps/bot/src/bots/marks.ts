// Killed accounts: a file for each in the state folder. It stays over restarts, until a person takes it away.
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../failures.ts";
import { makeFolder, namesIn } from "../folders.ts";
import { stateFolder } from "../state.ts";
import { numberOf, objectIn, textOf } from "./json.ts";
import { killWord } from "./registry.ts";
import { isThere, signAt } from "./sign.ts";

/** A killed account. */
export interface KillMark {
  /** As `accountNameOf` gives it. */
  readonly account: string;
  /** `backpack`, `backpack-2`, `aster-futures` … */
  readonly venue: string;
  readonly by: string;
  /** ms; 0: not known */
  readonly at: number;
}

/** Where the marks are. */
export const killFolder = (): string => join(stateFolder(), "kill");

/** What a file of an account is called: its name with a dash for the slash. */
export const fileNameOf = (account: string): string => account.replaceAll("/", "-");
const markFile = (account: string): string => join(killFolder(), fileNameOf(account));

/** Whether an account is killed. The file alone counts, whatever is in it; where nobody can look for it, it counts as there. */
export const isKilled = (account: string): boolean => signAt(markFile(account)) !== undefined;

/** What kills one of these accounts, in words; `undefined` while nothing does. About 2 µs an account. */
export function killOf(accounts: readonly string[]): string | undefined {
  for (const account of accounts) {
    const sign = signAt(markFile(account));
    if (sign !== undefined) return wordsOn(account, sign);
  }
  return undefined;
}

/** With who did it, as far as the mark says: a bot that hears of it marks its other accounts by these words. */
function wordsOn(account: string, sign: string): string {
  const by = textOf(wordsIn(markFile(account))?.["by"]);
  if (by.startsWith(killWord)) return by; // it was passed on
  const where = `account ${account}${sign === isThere ? "" : `: its mark ${markFile(account)} ${sign}`}`;
  return `${killWord} (${by === "" ? "" : `${by}, `}${where})`;
}

/**
 * Marks an account. One that is marked stays as it is: the first word counts.
 *
 * @throws what the file system does
 */
export function mark(kill: KillMark): void {
  makeFolder(killFolder());
  const [file, words] = [markFile(kill.account), `${JSON.stringify(kill)}\n`];
  const draft = `${killFolder()}.${process.pid}`; // beside the folder: in it, it would be a mark
  try {
    writeFileSync(draft, words, { mode: 0o600, flush: true });
    linkSync(draft, file); // whole from its first moment on: a bot reads at once who it was
  } catch {
    try {
      writeFileSync(file, words, { mode: 0o600, flag: "wx", flush: true }); // on a full disk it counts without words too
    } catch (error) {
      if (signAt(file) !== isThere) throw error;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Marks several. @returns why some could not be, by account: the others are */
export function markAll(
  accounts: readonly { readonly name: string; readonly venue: string }[],
  by: string,
): ReadonlyMap<string, string> {
  const failed = new Map<string, string>();
  for (const { name, venue } of accounts)
    try {
      mark({ account: name, venue, by, at: Date.now() });
    } catch (error) {
      failed.set(name, messageOf(error));
    }
  return failed;
}

/** Takes a mark away. */
export function unmark(account: string): void {
  rmSync(markFile(account), { force: true });
}

/** All marks. One that a person made by hand has a file name and no words. @throws what the file system does where nobody can look */
export function marks(): readonly KillMark[] {
  return namesIn(killFolder()).map((name) => {
    const words = wordsIn(join(killFolder(), name));
    const { venue, by, at } = words ?? {};
    return {
      account: name.replace("-", "/"),
      venue: textOf(venue),
      by: typeof by === "string" ? by : "a file made by hand",
      at: numberOf(at) ?? 0,
    };
  });
}

function wordsIn(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return objectIn(readFileSync(file, "utf8"));
  } catch {
    return undefined; // it kills all the same
  }
}
