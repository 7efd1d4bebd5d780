// Which fault the tour offers: lost answers, of Aster where a hedge runs, else of the first venue there is.
import type { FaultAsk, FaultsNow } from "../../contract/index.ts";

/** @returns `undefined`: there is none of the kind */
export function fittingFault(presets: FaultsNow["presets"], hasPairs: boolean): FaultAsk | undefined {
  const lost = presets.filter(({ id }) => id === "answers-lost");
  const found = (hasPairs ? lost.find(({ venue }) => venue?.startsWith("aster") === true) : undefined) ?? lost[0];
  if (found === undefined) return undefined;
  return found.venue === undefined ? { id: found.id } : { id: found.id, venue: found.venue };
}
