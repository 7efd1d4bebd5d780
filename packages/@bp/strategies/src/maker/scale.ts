// The parameters on the grid of their instrument: worked out once, so that no event costs money arithmetic.
import { type Decimal, gridsOf, type Instrument, type Lots, lots, roundToGrid } from "@bp/core";
import { type Fraction, fraction, over, percent } from "../fraction.ts";
import type { MakerParams } from "./params.ts";

/** The maker's numbers in ticks and lots. */
export interface Scale {
  /** Lots per order; `undefined` is auto. Rounded down to the grid. */
  readonly size: Lots | undefined;
  /** Ticks that level i stands further out than level 0. */
  readonly offsets: readonly number[];
  /** Half the spread as a fraction of the fair price. */
  readonly half: Fraction;
  readonly skew: Fraction;
  /** Most that may be held on either side. */
  readonly cap: Lots;
  /** Above this (target + threshold) inventory is reduced. */
  readonly line: Lots;
  /** Lots of one order where a model counts inventory in clips. */
  readonly clip: number;
  /** How far a price may be off before the quotes follow, as a part of it. */
  readonly tolerance: number;
  /** How far from the mid an order may hang, as a part of it; `undefined`: none hangs. */
  readonly hangs: number | undefined;
  /** How far off the target one side is doubled, as a part of cap or target; `undefined`: sizes do not lean. */
  readonly sizeRange: number | undefined;
  /** Spot: the share of base in the wallet that sizes lean towards. */
  readonly baseShare: number;
  /** How far a closing order may go beyond the touch. */
  readonly slippage: Fraction;
}

const scales = new WeakMap<MakerParams, { readonly instrument: Instrument; readonly scale: Scale }>();

/** The parameters on the instrument's grid; made anew when the instrument changes. */
export function scaleOf(params: MakerParams, instrument: Instrument): Scale {
  const found = scales.get(params);
  if (found?.instrument === instrument) return found.scale;
  const scale = measure(params, instrument);
  scales.set(params, { instrument, scale });
  return scale;
}

function measure(params: MakerParams, instrument: Instrument): Scale {
  const { size: grid } = gridsOf(instrument);
  const inLots = (text: Decimal) => roundToGrid(text, grid, "floor");
  const atLeastMinimum = (text: Decimal) => Math.max(inLots(text), instrument.minSize);
  const size = params.quantity === "auto" ? undefined : lots(inLots(params.quantity));
  const cap = lots(atLeastMinimum(params.maxPosition));
  return {
    size,
    offsets: Array.from({ length: params.maxOrders }, (_, level) => levelOffset(level)),
    half: over(fraction(params.spreadPct), 200n),
    skew: fraction(params.inventorySkew),
    cap,
    clip: Math.max(1, size ?? Math.floor(cap / params.maxOrders)),
    tolerance: Number(params.tolerancePct) / 100,
    hangs: params.hanging.enabled ? Number(params.hanging.cancelPct) / 100 : undefined,
    sizeRange: params.sizeSkew.enabled ? Number(params.sizeSkew.rangePct) / 100 : undefined,
    baseShare: Number(params.rebalance.baseTargetPct) / 100,
    line: lots(inLots(params.targetPosition) + atLeastMinimum(params.positionThreshold)),
    slippage: percent(params.slippageCapPct),
  };
}

/** 1.5 · i^1.5 ticks, half up: 0, 2, 4, 8, 12, 17 … */
function levelOffset(level: number): number {
  return Math.floor(1.5 * level * Math.sqrt(level) + 0.5);
}
