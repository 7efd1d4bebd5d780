// What there are keys for is cancelled from this process too, whether or not there is a watchdog.
import { existsSync } from "node:fs";
import { exchangeOf, millis, venueOf } from "@bp/core";
import { openJournal, type RunRecord } from "@bp/journal";
import { systemClock } from "@bp/transport";
import { type FoundBot, foundBots, killPatienceMs } from "../bots/registry.ts";
import { messageOf } from "../failures.ts";
import { runKeyOf } from "../runKey.ts";
import type { Door } from "../stage/door.ts";
import { clear } from "../watchdog/clear.ts";
import { openCancelDoor } from "../watchdog/open.ts";
import type { KnownRuns, OwnRun } from "../watchdog/own.ts";
import type { Recipe } from "../wire-up.ts";
import type { Struck } from "./strike.ts";

/** An account and the way to it. */
export interface NamedDoor {
  /** As `accountNameOf` gives it. */
  readonly name: string;
  readonly door: Door;
}

/** Clears one account with keys of our own. Never throws: what is wrong is told in the answer. */
export async function sweepDoor({ name, door }: NamedDoor, known: KnownRuns): Promise<Struck> {
  try {
    const open = await openCancelDoor(door, systemClock);
    const until = millis(systemClock.now() + killPatienceMs);
    const cleared = await clear({ door: open, known: () => known, clock: systemClock, until });
    await open.close();
    return { account: name, cancelled: cleared.cancelled, clean: cleared.clean, trouble: cleared.trouble };
  } catch (error) {
    const trouble = messageOf(error); // keys that cannot be
    return { account: name, cancelled: 0, clean: false, trouble };
  }
}

/** Where runs of an account may be found. */
export interface RunsAsk {
  readonly account: NamedDoor;
  /** Names of all accounts that are traded together with it, in the order of the configuration, itself among them. */
  readonly together: readonly string[];
  /** Bots on the account. */
  readonly bots: readonly FoundBot[];
  /** Full paths of journals in which all runs of the account are: a bot or a person has said so. */
  readonly told: readonly string[];
  /** Those in which they may be: of a configuration, from wherever this shell stands. */
  readonly guessed: readonly string[];
}

/**
 * Runs whose orders are ours: those of the bots, and what has not ended in the journals at the same place and exchange. Journals are
 * read as far as they go, and tell that these are all only where one of them has a run of these very accounts.
 */
export function runsOf({ account, together, bots, told, guessed }: RunsAsk): KnownRuns {
  const runs: OwnRun[] = bots.flatMap(({ clientRun }) => (clientRun === undefined ? [] : [{ clientRun }]));
  const sure = new Set([...told, ...bots.map(({ journal }) => journal)]);
  let isSure = runs.length > 0;
  const troubles: string[] = [];
  for (const file of new Set([...sure, ...guessed])) {
    if (file === ":memory:") continue;
    const found = unfinishedIn(file, account);
    if (typeof found === "string") troubles.push(found);
    else runs.push(...found.map(({ clientRun }) => ({ clientRun })));
    const isTheirs = ({ key, params }: RunRecord) => key === runKeyOf(together, params as Recipe); // written by `begin`
    if (sure.has(file) && existsSync(file)) isSure = typeof found !== "string" && (isSure || found.some(isTheirs));
  }
  if (isSure) return { runs, doubt: undefined };
  const [why = "no journal has a run of these accounts that has not ended"] = troubles;
  return {
    runs,
    doubt: `${why}; name the journal of their run (bot kill FILE --journal JOURNAL), or look at them at the venue`,
  };
}

/** Runs of a journal that have not ended and may have orders on an account; why they are not known, in words. */
function unfinishedIn(file: string, { name, door }: NamedDoor): readonly RunRecord[] | string {
  if (!existsSync(file)) return `there is no journal ${file}`;
  try {
    const store = openJournal(file, { access: "read", end: "as it is" });
    try {
      return store
        .runs()
        .filter(
          ({ ended, mode, instruments }) =>
            ended === undefined &&
            name.startsWith(`${mode}/`) &&
            instruments.some(({ id }) => exchangeOf(venueOf(id)) === exchangeOf(door.id)),
        );
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
  const together = doors.map(({ name }) => name);
  const knownOf = (account: NamedDoor) => runsOf({ account, together, bots, told: [journal], guessed: [] });
  return Promise.all(doors.map((each) => sweepDoor(each, knownOf(each))));
}
