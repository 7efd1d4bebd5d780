// The folder in which bots of one user know of each other: who trades which account, which account was killed.
import { systemFolder } from "./folders.ts";

/**
 * Folder outside of any project, since two projects may trade one account: `BP_STATE`, else `bp` in the system's folder for
 * the state of programs. It may not exist yet.
 */
export function stateFolder(): string {
  const { BP_STATE } = process.env;
  return BP_STATE !== undefined && BP_STATE !== "" ? BP_STATE : systemFolder("XDG_STATE_HOME", ".local/state");
}
