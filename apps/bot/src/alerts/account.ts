// Whose alerts these are: what a person calls the bot, and the names by which `bot resume` knows its accounts.
import { basename } from "node:path";
import type { BotConfig } from "../config/index.ts";
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
  return line(
    accounts.map((name, at) => `${venues[at]?.id ?? ""} ${name}`),
    place,
    file,
  );
}

/** The same before the accounts have names: `sol.yaml: backpack (live)`. */
export function accountLineBefore({ accounts, place, file }: Pick<BotConfig, "accounts" | "place" | "file">): string {
  return line(Object.keys(accounts), place, file);
}

const line = (names: readonly string[], place: string, file: string | undefined) =>
  `${file === undefined ? "" : `${basename(file)}: `}${names.join(", ")} (${place})`;
