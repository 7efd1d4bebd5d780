// What a watchdog has done, for later: a log of all of them, and a note for the next start on the account.
import { readFileSync, rmSync } from "node:fs";
import { appendFile, mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileNameOf } from "../bots/marks.ts";
import { stateFolder } from "../state.ts";

/** The log of all watchdogs of this user. */
const logFile = (): string => join(stateFolder(), "watchdog.log");

const mostBytes = 1_000_000;

let writing: Promise<void> = Promise.resolve();

/**
 * Adds a line to the log, one after the other. Nobody waits for it, and it never throws: neither a full disk nor a slow one may keep
 * anybody from cancelling.
 */
export function logLine(line: string): void {
  const text = `${new Date().toISOString()} ${line}\n`;
  writing = writing.then(() => added(text)).catch(() => undefined); // whoever hears the watchdog has it
}

async function added(text: string): Promise<void> {
  const file = logFile();
  const size = await stat(file).then(
    (found) => found.size,
    () => 0, // it is the first line
  );
  if (size > mostBytes) await rename(file, `${file}.1`);
  await appendFile(file, text, { mode: 0o600 });
}

const noteFile = (account: string) => join(stateFolder(), "notes", fileNameOf(account));

/** Leaves a note for the next start on these accounts. Never throws. */
export async function leaveNote(accounts: readonly string[], text: string): Promise<void> {
  const folder = join(stateFolder(), "notes");
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined); // it is there
  for (const account of accounts)
    await appendFile(noteFile(account), `${new Date().toISOString()} ${text}\n`, { mode: 0o600 }).catch(
      () => undefined, // the log has it too
    );
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
