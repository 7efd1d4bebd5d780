// Whether a run that has not ended is some bot's, or unfinished.
import type { FoundBot } from "../bots/registry.ts";

/** What of a bot tells. */
export type Holder = Pick<FoundBot, "role" | "alive" | "run" | "journal">;

/** A bot that has not begun may take it up from its journal, so it is not called unfinished yet. @param file - the run's journal */
export function isInHand(run: string, file: string | undefined, bots: readonly Holder[]): boolean {
  return bots.some((bot) => {
    if (!bot.alive || bot.role !== "bot") return false;
    return bot.run === undefined ? bot.journal === file : bot.run === run;
  });
}
