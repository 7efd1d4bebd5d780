// The second blow of a kill: what this shell has keys for is cancelled from here too, whether or not there is a watchdog.
import type { Millis } from "@bp/core";
import { openJournal } from "@bp/journal";
import { systemClock } from "@bp/transport";

import { clear } from "../watchdog/clear.ts";
import { openCancelDoor } from "../watchdog/open.ts";
import type { OwnRun } from "../watchdog/own.ts";
import type { NamedDoor } from "./doors.ts";
import type { FoundBot } from "./registry.ts";
import { patienceMs, type Struck } from "./strike.ts";

/** Clears one account with keys of our own. Never throws what the venue does. */
export async function sweepDoor({ name, door }: NamedDoor, runs: readonly OwnRun[]): Promise<readonly Struck[]> {
  const open = await openCancelDoor(door, systemClock);
  const until = (systemClock.now() + patienceMs) as Millis; // a moment and a duration
  const { cancelled, clean, trouble } = await clear({ door: open, runs: () => runs, clock: systemClock, until });
  await open.close();
  return [{ account: name, cancelled, clean, trouble }];
}

/** Runs whose orders are ours: those of the bots, and what has not ended in the journals. */
export function runsOf(bots: readonly FoundBot[], journals: readonly string[]): readonly OwnRun[] {
  const runs: OwnRun[] = bots.flatMap(({ clientRun }) => (clientRun === undefined ? [] : [{ clientRun }]));
  for (const file of new Set([...journals, ...bots.map(({ journal }) => journal)])) {
    if (file === ":memory:") continue;
    try {
      const store = openJournal(file, { access: "read" });
      for (const { clientRun, ended } of store.runs()) if (ended === undefined) runs.push({ clientRun });
      store.close();
    } catch {
      // no journal there, or one that cannot be read: what the bots have told is known
    }
  }
  return runs;
}
