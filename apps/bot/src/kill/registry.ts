// The bots of this user: a folder for each in the state folder, with what it trades on and no secrets.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stateFolder } from "../state.ts";
import { numberOf, objectIn, objectOf, objectsOf, textOf } from "./json.ts";
import { readLease } from "./lease.ts";

/** What a bot says of itself. */
export interface BotRecord {
  readonly pid: number;
  /** Tells a process from another one that got its number later; empty where the system does not say. */
  readonly born: string;
  /** ms */
  readonly started: number;
  readonly place: string;
  /** Whether its exchange outlives it. */
  readonly lasts: boolean;
  /** Names as `accountNameOf` gives them; venues are `backpack`, `backpack-2`, `aster-futures` … */
  readonly accounts: readonly { readonly name: string; readonly venue: string }[];
  /** Full path, or `:memory:`. */
  readonly journal: string;
  /** Full path. */
  readonly config?: string;
  readonly run?: string;
  /** The upper byte of its order numbers. */
  readonly clientRun?: number;
  readonly watchdog?: { readonly pid: number; readonly limitMs: number };
}

/** A bot as it was found. */
export interface FoundBot extends BotRecord {
  readonly folder: string;
  readonly alive: boolean;
  /** Client id of its last order, 0: none. */
  readonly last: number;
  /** When its loop last ran, ms; 0: never. */
  readonly beatAt: number;
}

const botsFolder = () => join(stateFolder(), "bots");

/** What a fence begins with that was set by a kill. */
export const killWord = "the kill switch";

/** Files in a bot's folder. */
export const filesOf = (folder: string) => ({
  record: join(folder, "bot.json"),
  lease: join(folder, "lease"),
  /** While it is there, the bot sends no order. */
  fence: join(folder, "fence"),
  socket: socketOf(folder),
});

/** Makes a folder for this process. @throws what the file system does */
export function makeBotFolder(started: number): string {
  const folder = join(botsFolder(), `${process.pid}-${started.toString(36)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Writes the record; whoever reads it meanwhile finds the old one or the new one. */
export function writeRecord(folder: string, record: BotRecord): void {
  const { record: file } = filesOf(folder);
  writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Forgets a bot. */
export function removeBot(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  if (process.platform !== "win32") rmSync(socketOf(folder), { force: true });
}

/** All bots that are running, and those that ended without a goodbye. */
export function foundBots(): readonly FoundBot[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(botsFolder());
  } catch {
    return []; // there never was any
  }
  return names.flatMap((name) => {
    const folder = join(botsFolder(), name);
    try {
      const record = recordIn(readFileSync(filesOf(folder).record, "utf8"));
      if (record === undefined) return [];
      return [{ ...record, ...readLease(filesOf(folder).lease), folder, alive: isAlive(record) }];
    } catch {
      return []; // it is being made, or being removed
    }
  });
}

function recordIn(text: string): BotRecord | undefined {
  const found = objectIn(text);
  const pid = numberOf(found?.["pid"]);
  if (found === undefined || pid === undefined) return undefined;
  const { born, started, place, lasts, accounts, journal, config, run, clientRun } = found;
  const watchdog = objectOf(found["watchdog"]);
  const [dog, limitMs] = [numberOf(watchdog?.["pid"]), numberOf(watchdog?.["limitMs"])];
  const byte = numberOf(clientRun);
  return {
    pid,
    born: textOf(born),
    started: numberOf(started) ?? 0,
    place: textOf(place),
    lasts: lasts === true,
    accounts: objectsOf(accounts).map(({ name, venue }) => ({ name: textOf(name), venue: textOf(venue) })),
    journal: textOf(journal),
    ...(typeof config === "string" ? { config } : {}),
    ...(typeof run === "string" ? { run } : {}),
    ...(byte === undefined ? {} : { clientRun: byte }),
    ...(dog === undefined || limitMs === undefined ? {} : { watchdog: { pid: dog, limitMs } }),
  };
}

/** Whether the process of a record still runs. */
function isAlive({ pid, born }: BotRecord): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const now = bornOf(pid);
  return now === undefined || born === "" || now === born;
}

/** When the system began a process, in its own words; `undefined` where it does not say or the process is over. */
export function bornOf(pid: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? "gone" : (fields[19] ?? ""); // proc(5): field 22, counted from the state, which is field 3
  } catch {
    return "gone";
  }
}

/** A socket's path may have about a hundred bytes; where the folder is deep, it lies in the system's folder for such things. */
function socketOf(folder: string): string {
  const name = `bp-watchdog-${basename(folder)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  const inside = join(folder, "socket");
  return Buffer.byteLength(inside) < 100 ? inside : join(tmpdir(), name);
}
