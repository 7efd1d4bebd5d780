// The run's side of a change: looked at once more, and told to the engine as a fact.
import type { Unnumbered } from "@bp/core";
import { type Engine, refusalText } from "@bp/engine";
import type { ChangeTaker } from "../operator.ts";
import type { Stage } from "../stage/stage.ts";

/**
 * Takes changes for a run. What its engine would leave aside never becomes a fact.
 *
 * @param handle - takes a fact
 * @param broken - whether nothing is decided any more
 */
export function takingChanges(
  engine: Engine,
  stage: Pick<Stage, "now">,
  handle: (fact: Unnumbered) => void,
  broken: () => boolean,
): ChangeTaker {
  return ({ strategy, params, by }) => {
    if (broken()) return "the run has failed, and is being ended";
    const { refused } = engine.consider(strategy, params);
    if (refused !== undefined) return refusalText(refused);
    const at = stage.now();
    handle({ type: "params.changed", strategy, params, by, at, venueAt: at });
    return undefined;
  };
}
