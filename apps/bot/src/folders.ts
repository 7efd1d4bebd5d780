// Where this program keeps what it keeps: for its user alone.
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { systemCodeOf } from "./failures.ts";

/**
 * Makes a folder and those above it, for this user alone. Not by `mkdir` with `recursive`: in `/proc` that never comes back.
 *
 * @throws what the file system does
 */
export function makeFolder(folder: string): void {
  if (isThere(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!isThere(folder)) throw error; // otherwise another process was quicker
  }
}

/** Writes a file of JSON, for this user alone: whoever reads it meanwhile finds the old one or the new one. @throws what the file system does */
export function writeWhole(file: string, value: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The names in a folder; none where it is not there. @throws what the file system does where nobody can look */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/**
 * `bp` in the system's folder for what programs keep. It may not exist yet.
 *
 * @param variable - where its user says another; an absolute path, or it is left alone
 * @param usual - below his home
 */
export function systemFolder(variable: "XDG_STATE_HOME" | "XDG_CACHE_HOME", usual: string): string {
  const { [variable]: said, LOCALAPPDATA } = process.env;
  if (process.platform === "win32") return join(LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "bp");
  return join(said?.startsWith("/") === true ? said : join(homedir(), usual), "bp");
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
