// Other parameters for a ladder that is up: what of it goes on, and what is begun anew.
import type { View } from "@bp/core";
import { targetsOf } from "./lot.ts";
import { hasFilled, type LadderMemory } from "./memory.ts";
import type { LadderParams } from "./params.ts";

/** What the rungs are made of. Those of a ladder that has filled stay; the next one is built of the new values. */
export const shape = [
  "totalAmount",
  "orderCount",
  "maxDropPct",
  "incrementPct",
  "minOrderAmount",
  "priceStep",
  "quantityStep",
  "minQuantity",
] as const satisfies readonly (keyof LadderParams)[];

/** What the prices of a sale are made of. They hold at once, for what is held too. */
export const exits = [
  "takeProfitPct",
  "tpMode",
  "tpSlippagePct",
  "trailTakeProfitPct",
  "stopLossPct",
] as const satisfies readonly (keyof LadderParams)[];

/** What is looked at each time. */
export const timing = [
  "restartAfterTakeProfit",
  "restartDelayMs",
  "reanchorOnNoFill",
  "noFillRestartMs",
  "onMaxDrop",
  "dropTrailPct",
  "slippagePct",
  "staleMs",
] as const satisfies readonly (keyof LadderParams)[];

/**
 * The memory with other parameters. A ladder of which nothing has filled comes down and is built anew when all its orders are
 * gone; one that has filled stays as it is, so that a cycle never spends more than it began with.
 */
export function adopted(memory: LadderMemory, before: LadderParams, after: LadderParams, view: View): LadderMemory {
  const isOther = (key: keyof LadderParams) => before[key] !== after[key];
  const { ladder, phase, lot, peak } = memory;
  const isUp = ladder !== undefined && (phase === "building" || phase === "monitoring") && !hasFilled(memory);
  const moving = memory.moving || (isUp && shape.some(isOther));
  if (!exits.some(isOther)) return moving === memory.moving ? memory : { ...memory, moving };
  const targets = lot === undefined ? memory.targets : targetsOf(lot, view.instrument(after.instrument), after);
  // A highest price that is below the new profit is none to trail from.
  const isPeak = after.trailTakeProfitPct !== undefined && peak !== undefined && peak >= (targets?.takeProfit ?? 0);
  return { ...memory, moving, targets, peak: isPeak ? peak : undefined };
}
