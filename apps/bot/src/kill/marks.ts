// Killed accounts: a file for each in the state folder. It stays over restarts, until a person takes it away.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "../state.ts";
import { numberOf, objectIn, textOf } from "./json.ts";

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

/** The file of an account's mark: its name with a dash for the slash. */
const markFile = (account: string): string => join(killFolder(), account.replaceAll("/", "-"));

/** Whether an account is killed. The file alone counts, whatever is in it. */
export const isKilled = (account: string): boolean => existsSync(markFile(account));

/**
 * Marks an account. One that is marked stays as it is: the first word counts.
 *
 * @throws what the file system does
 */
export function mark(kill: KillMark): void {
  mkdirSync(killFolder(), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(markFile(kill.account), `${JSON.stringify(kill)}\n`, { mode: 0o600, flag: "wx", flush: true });
  } catch (error) {
    if (!isKilled(kill.account)) throw error;
  }
}

/** Takes a mark away. */
export function unmark(account: string): void {
  rmSync(markFile(account), { force: true });
}

/** All marks. One that a person made by hand has a file name and no words. */
export function marks(): readonly KillMark[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(killFolder());
  } catch {
    return []; // nobody was ever killed
  }
  return names.map((name) => {
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
