// Whose alerts these are: what a person calls the bot, and the names by which `bot resume` knows its accounts.
import { basename } from "node:path";
import type { Stage } from "../stage/stage.ts";

/**
 * @param file - of the configuration, if there is one
 * @example
 * accountLine(stage, "/home/me/sol.yaml"); // "sol.yaml: backpack live/3f2a… (live)"
 */
export function accountLine(
  { accounts, venues, place }: Pick<Stage, "accounts" | "venues" | "place">,
  file: string | undefined,
): string {
  const names = accounts.map((name, at) => `${venues[at]?.id ?? ""} ${name}`).join(", ");
  return `${file === undefined ? "" : `${basename(file)}: `}${names} (${place})`;
}
