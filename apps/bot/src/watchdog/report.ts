// What a watchdog has done, for later: a log of all of them, and a note for the next start on the account.
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "../state.ts";

/** The log of all watchdogs of this user. */
const logFile = (): string => join(stateFolder(), "watchdog.log");

const mostBytes = 1_000_000;

/** Adds a line to the log. Never throws: a full disk must not keep anybody from cancelling. */
export function logLine(line: string): void {
  try {
    const file = logFile();
    mkdirSync(stateFolder(), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > mostBytes) renameSync(file, `${file}.1`);
    appendFileSync(file, `${new Date().toISOString()} ${line}\n`, { mode: 0o600 });
  } catch {
    // whoever can read stderr has it
  }
}

const noteFile = (account: string) => join(stateFolder(), "notes", account.replaceAll("/", "-"));

/** Leaves a note for the next start on these accounts. Never throws. */
export function leaveNote(accounts: readonly string[], text: string): void {
  for (const account of accounts)
    try {
      mkdirSync(join(stateFolder(), "notes"), { recursive: true, mode: 0o700 });
      appendFileSync(noteFile(account), `${new Date().toISOString()} ${text}\n`, { mode: 0o600 });
    } catch {
      // the log has it too
    }
}

/** The notes that were left for these accounts; they are taken away. */
export function takeNotes(accounts: readonly string[]): readonly string[] {
  const notes = new Set<string>();
  for (const account of accounts)
    try {
      for (const line of readFileSync(noteFile(account), "utf8").split("\n")) if (line !== "") notes.add(line);
      rmSync(noteFile(account), { force: true });
    } catch {
      // none
    }
  return [...notes];
}
