// The engine of a run of a journal, made anew to replay it.
import { BpError } from "@bp/core";
import type { Engine } from "@bp/engine";
import type { RunRecord } from "@bp/journal";
import { engineOf, type Recipe } from "../wire-up.ts";

/** Makes it. @throws BpError `journal/bad-run` for a run of a configuration that this program does not know */
export function engineFor({ params, instruments, clientRun, id }: RunRecord): Engine {
  try {
    return engineOf(params as Recipe, instruments, clientRun); // written by `begin` of a session
  } catch (error) {
    throw new BpError(
      "journal/bad-run",
      { run: id, why: "was made by a configuration that this program does not know" },
      { cause: error },
    );
  }
}
