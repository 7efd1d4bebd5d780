// Runs as they are listed: one that a bot has in hand goes on, with that bot's figures; one without an end that none has is unfinished.
import type { BotNow, RunLine } from "../../contract/index.ts";

/**
 * A run and what has become of it; `unknown`: nobody has said yet which bots there are, or the one that had it in hand has just gone,
 * and the journal was not looked into since.
 */
export interface ShownRun extends RunLine {
  readonly fate: "ended" | "open" | "unfinished" | "unknown";
}

/** What of a bot tells whether it has a run in hand. */
export type RunningBot = Pick<BotNow, "run" | "alive" | "brief">;

/** @param bots - `undefined`: not known yet */
export function shownRuns(runs: readonly RunLine[], bots: readonly RunningBot[] | undefined): readonly ShownRun[] {
  return runs.map((run) => {
    if (run.ended !== undefined) return { ...run, fate: "ended" };
    if (bots === undefined) return { ...run, fate: "unknown" };
    const bot = bots.find(({ alive, run: id }) => alive && id === run.id);
    if (bot === undefined) return { ...run, fate: run.inHand === true ? "unknown" : "unfinished" };
    const brief = bot.brief ?? run.brief;
    return { ...run, ...(brief === undefined ? {} : { brief }), fate: "open" };
  });
}
