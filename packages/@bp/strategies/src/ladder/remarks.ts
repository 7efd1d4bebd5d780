// What a person should know of a ladder beyond what rules and venue say.
import { bigToDecimal, priceText, type StrategyRemark, type View } from "@bp/core";
import type { LadderMemory } from "./memory.ts";
import type { LadderParams } from "./params.ts";

/** Refusals in a row after which a sale is for a person to look at. */
const failuresToTell = 3;

/** What a person should know now. */
export function remarksOn(view: View, memory: LadderMemory, params: LadderParams): readonly StrategyRemark[] {
  const remarks: StrategyRemark[] = [];
  const instrument = view.instrument(params.instrument);
  const { ladder, drop, sale, end, phase, lot, targets } = memory;
  if (ladder?.shortage !== undefined) remarks.push({ topic: "funds", say: ladder.shortage, alert: true });
  if (ladder !== undefined && ladder.rungs.length < ladder.asked) {
    const there = new Set(ladder.rungs.map(({ index }) => index));
    const missing = Array.from({ length: ladder.asked }, (_, at) => at).filter((index) => !there.has(index));
    const which = missing.map((index) => index + 1).join(", ");
    remarks.push({ topic: "rungs", say: `left out, for the market takes no such small order: rung ${which}` });
  }
  if (drop !== undefined) {
    const then = {
      alert: "the rungs stay",
      hold: "nothing more is bought",
      stop: "everything is sold",
      trail: `everything is sold ${params.dropTrailPct} % below the highest price from now on`,
    };
    remarks.push({ topic: "drop", say: `${drop.say}; ${then[params.onMaxDrop]}`, alert: true });
  }
  if (sale !== undefined && sale.failures >= failuresToTell)
    remarks.push({
      topic: "sale",
      say: `the sale (${sale.why}) has been refused ${failuresToTell} times in a row; it is tried again, and nothing new is begun before it is done`,
      alert: true,
    });
  const held = view.position(params.instrument);
  if (
    phase === "monitoring" &&
    lot !== undefined &&
    targets !== undefined &&
    held !== undefined &&
    held < instrument.minSize
  )
    remarks.push({
      topic: "dust",
      say: `${bigToDecimal(lot.size.minus(lot.taken))} ${instrument.base} are less than the market takes: they wait for more, to be sold at ${priceText(instrument, targets.takeProfit)}`,
    });
  if (phase === "stopped" && end !== undefined) remarks.push({ topic: "stopped", say: end, alert: true });
  return remarks;
}
