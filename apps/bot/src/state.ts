// The folder in which bots of one user know of each other: who trades which account, which account was killed.
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Folder outside of any project, since two projects may trade one account: `BP_STATE`, else `bp` in the system's folder for
 * the state of programs. It may not exist yet.
 */
export function stateFolder(): string {
  const { BP_STATE, XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  if (BP_STATE !== undefined && BP_STATE !== "") return BP_STATE;
  if (process.platform === "win32") return join(LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "bp");
  return join(XDG_STATE_HOME?.startsWith("/") === true ? XDG_STATE_HOME : join(homedir(), ".local", "state"), "bp");
}
