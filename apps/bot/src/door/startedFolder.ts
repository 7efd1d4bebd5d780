// Where bots that were started from a page have their files, their logs and their journal.
import { join } from "node:path";
import { stateFolder } from "../state.ts";

/** Beside the list of bots. It may not exist yet. */
export const startedFolder = (): string => join(stateFolder(), "started");

/** The journal of them all: their runs can be looked at when none of them runs any more. */
export const startedJournal = (): string => join(startedFolder(), "runs/journal.sqlite");
