// What there are keys for is cancelled from this process too, whether or not there is a watchdog.
import { existsSync } from "node:fs";
import { millis } from "@bp/core";
import { openJournal } from "@bp/journal";
import { systemClock } from "@bp/transport";
import { type FoundBot, foundBots, killPatienceMs } from "../bots/registry.ts";
import { messageOf } from "../failures.ts";
import type { Door } from "../stage/door.ts";
import { clear } from "../watchdog/clear.ts";
import { openCancelDoor } from "../watchdog/open.ts";
import type { OwnRun } from "../watchdog/own.ts";
import type { Struck } from "./strike.ts";

/** An account and the way to it. */
export interface NamedDoor {
  /** As `accountNameOf` gives it. */
  readonly name: string;
  readonly door: Door;
}

/** Our runs on an account, as far as they are known. */
export interface KnownRuns {
  readonly runs: readonly OwnRun[];
  /** Why there may be more, and what to do about it; `undefined`: these are all. */
  readonly doubt: string | undefined;
}

/** Clears one account with keys of our own. Never throws: what is wrong is told in the answer. */
export async function sweepDoor({ name, door }: NamedDoor, { runs, doubt }: KnownRuns): Promise<Struck> {
  try {
    const open = await openCancelDoor(door, systemClock);
    const until = millis(systemClock.now() + killPatienceMs);
    const cleared = await clear({ door: open, runs: () => runs, doubt, clock: systemClock, until });
    await open.close();
    return { account: name, cancelled: cleared.cancelled, clean: cleared.clean, trouble: cleared.trouble };
  } catch (error) {
    const trouble = messageOf(error); // keys that cannot be
    return { account: name, cancelled: 0, clean: false, trouble };
  }
}

/** Where runs may be found. */
export interface RunsAsk {
  /** Bots on the account. */
  readonly bots: readonly FoundBot[];
  /** Full paths of journals in which all runs of the account are: a bot or a person has said so. */
  readonly told: readonly string[];
  /** Those in which they may be: of a configuration, from wherever this shell stands. */
  readonly guessed: readonly string[];
}

/** Runs whose orders are ours: those of the bots, and what has not ended in the journals, which are read as far as they go. */
export function runsOf({ bots, told, guessed }: RunsAsk): KnownRuns {
  const runs: OwnRun[] = bots.flatMap(({ clientRun }) => (clientRun === undefined ? [] : [{ clientRun }]));
  const sure = new Set([...told, ...bots.map(({ journal }) => journal)]);
  let isSure = runs.length > 0;
  const troubles: string[] = [];
  for (const file of new Set([...sure, ...guessed])) {
    if (file === ":memory:") continue;
    const found = unfinishedIn(file);
    if (typeof found === "string") troubles.push(found);
    else runs.push(...found);
    if (sure.has(file) && existsSync(file)) isSure = typeof found !== "string" && (isSure || found.length > 0);
  }
  if (isSure) return { runs, doubt: undefined };
  const [why = "no journal has a run of ours that has not ended"] = troubles;
  return {
    runs,
    doubt: `${why}; name the journal of their run (bot kill FILE --journal JOURNAL), or look at them at the venue`,
  };
}

/** Runs of a journal that have not ended; why they are not known, in words. */
function unfinishedIn(file: string): readonly OwnRun[] | string {
  if (!existsSync(file)) return `there is no journal ${file}`;
  try {
    const store = openJournal(file, { access: "read", end: "as it is" });
    try {
      return store.runs().flatMap(({ clientRun, ended }) => (ended === undefined ? [{ clientRun }] : []));
    } finally {
      store.close();
    }
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Takes back what this process, or a run before it in its journal, has left.
 *
 * @param journal - full path, or `:memory:`
 */
export function takeBack(doors: readonly NamedDoor[], journal: string): Promise<readonly Struck[]> {
  const bots = foundBots().filter(({ pid }) => pid === process.pid);
  const known = runsOf({ bots, told: [journal], guessed: [] });
  return Promise.all(doors.map((each) => sweepDoor(each, known)));
}
