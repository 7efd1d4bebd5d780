// The bots of this user: a folder for each in the state folder, with what it trades on and no secrets.
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemCodeOf } from "../failures.ts";
import { makeFolder, namesIn, writeWhole } from "../folders.ts";
import { stateFolder } from "../state.ts";
import { numberOf, objectIn, objectOf, objectsOf, textOf } from "./json.ts";
import { readLease } from "./lease.ts";
import { socketOf } from "./socket.ts";

/** What a bot says of itself. */
export interface BotRecord {
  /** `supervisor`: it trades nothing, and starts a bot on these accounts again when that has crashed. */
  readonly role: "bot" | "supervisor";
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

/** How long a kill may take, ms: what is not verified by then is told so. */
export const killPatienceMs = 20_000;

/**
 * What a bot leaves of its orders: nothing, by the venues' own lists; what is meant to stay; nobody knows; it has not begun, so that
 * there is what runs before it have left.
 */
export type Left = "nothing" | "meant" | "unknown" | "untouched";

/** Files in a bot's folder. */
export const filesOf = (folder: string) => ({
  record: join(folder, "bot.json"),
  lease: join(folder, "lease"),
  /** While it is there, the bot sends no order. */
  fence: join(folder, "fence"),
  /** What is left of a bot that was killed: one of the words of `Left`. */
  goodbye: join(folder, "goodbye"),
  socket: socketOf(folder),
});

/** Makes a folder for this process. Those of which nothing can be left are cleared away. @throws what the file system does */
export function makeBotFolder(started: number): string {
  const folder = join(botsFolder(), `${process.pid}-${started.toString(36)}`);
  makeFolder(folder);
  for (const each of allBots())
    if (isOver(each) && started - goodbyeAt(each.folder) > killPatienceMs) removeBot(each.folder);
  return folder;
}

/** Writes the record; whoever reads it meanwhile finds the old one or the new one. */
export function writeRecord(folder: string, record: BotRecord): void {
  const { record: file } = filesOf(folder);
  writeWhole(file, record);
}

/** Forgets a bot. */
export function removeBot(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  if (process.platform !== "win32") rmSync(socketOf(folder), { force: true }); // where it lies elsewhere
}

/**
 * Says goodbye. Where a kill has fenced the bot, whoever waits for its end is told what is left; else its folder is taken away, unless
 * somebody has to look for its orders.
 */
export function sayGoodbye(folder: string, left: Left): void {
  if (killIn(folder) !== undefined)
    try {
      writeFileSync(filesOf(folder).goodbye, left, { mode: 0o600 });
      return;
    } catch {
      // whoever waits is told that nothing is known
    }
  if (left !== "unknown") removeBot(folder);
}

/** The word of a bot that was killed; `undefined`: it has said none. */
export function goodbyeIn(folder: string): Left | undefined {
  try {
    const said = readFileSync(filesOf(folder).goodbye, "utf8");
    return (["nothing", "meant", "unknown", "untouched"] as const).find((each) => each === said);
  } catch {
    return undefined;
  }
}

/** When it was said, ms; 0: never. */
const goodbyeAt = (folder: string): number =>
  statSync(filesOf(folder).goodbye, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Who killed a bot, if that is what its fence was set for. */
export function killIn(folder: string): string | undefined {
  try {
    const said = readFileSync(filesOf(folder).fence, "utf8").trim();
    return said.startsWith(killWord) ? said : undefined;
  } catch {
    return undefined; // none, or gone again
  }
}

/**
 * All bots that are running, and those that ended while orders of theirs may rest.
 *
 * @throws what the file system does where nobody can look
 */
export const foundBots = (): readonly FoundBot[] => allBots().filter((each) => !isOver(each));

/** Whether it is gone, and nothing of its own rests. */
const isOver = ({ alive, run, folder }: FoundBot): boolean =>
  !alive && (run === undefined || goodbyeIn(folder) === "nothing");

function allBots(): readonly FoundBot[] {
  return namesIn(botsFolder()).flatMap((name) => {
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
    role: found["role"] === "supervisor" ? "supervisor" : "bot",
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
export function isAlive({ pid, born }: Pick<BotRecord, "pid" | "born">): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCodeOf(error) !== "EPERM") return false;
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
