// When a perpetual's inventory has to shrink.
import { type Instrument, type Lots, lots, type Side, sizeText } from "@bp/core";
import type { Scale } from "./scale.ts";

/** What a perpetual should be reduced to. */
export interface Reduction {
  readonly position: Lots;
  /** The side that the reduction trades on. */
  readonly side: Side;
  /** Over the cap: nothing else is wished meanwhile. Otherwise quotes of the same side may stay. */
  readonly urgent: boolean;
  readonly why: string;
}

/**
 * Whether a perpetual's inventory has to shrink: above the cap to the cap, else above the line to the line. Never beyond,
 * never towards a target; an excess below the venue's minimum size waits until it is larger.
 */
export function reductionOf(held: number, scale: Scale, instrument: Instrument): Reduction | undefined {
  const size = Math.abs(held);
  const limit = size > scale.cap ? scale.cap : scale.line;
  if (size - limit < instrument.minSize) return undefined;
  const text = (count: number) => sizeText(instrument, lots(count));
  const over = size > scale.cap;
  return {
    position: lots(held > 0 ? limit : -limit),
    side: held > 0 ? "sell" : "buy",
    urgent: over,
    why: over
      ? `over cap: ${text(held)} ${instrument.base} held, ${text(limit)} allowed`
      : `above target and threshold: ${text(held)} ${instrument.base} held, ${text(limit)} tolerated`,
  };
}
