// Runs that their bots have left without an end: what a crash leaves, when the bot itself is in no list any more.
import type { RunLine } from "../../contract/index.ts";

/** A run that was never worth orders, or none of a bot's, is told in the list of runs alone. */
const places: ReadonlySet<string> = new Set(["sandbox", "paper", "live"]);

/**
 * Of a journal the newest of its kind: the next one on the same markets has looked after what was left, or said that nobody did.
 *
 * @param runs - newest first, as they are answered
 * @param inHand - of the runs that living bots have
 */
export function unfinishedRuns(runs: readonly RunLine[], inHand: ReadonlySet<string>): readonly RunLine[] {
  const seen = new Set<string>();
  return runs.filter((run) => {
    const kind = JSON.stringify([run.bot, run.place, run.strategy, run.markets]);
    const isNewest = !seen.has(kind);
    seen.add(kind);
    const isSettled = run.ended !== undefined || run.inHand === true || inHand.has(run.id);
    return isNewest && !isSettled && places.has(run.place);
  });
}
