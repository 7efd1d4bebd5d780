// The parameters on the grids of both markets: worked out once, so that no event costs money arithmetic.
import {
  Big,
  bigToDecimal,
  type Decimal,
  type Grid,
  type Grids,
  gridPairOf,
  type Instrument,
  type View,
} from "@bp/core";
import { type Fraction, fraction, percent } from "../fraction.ts";
import type { HedgeParams } from "./params.ts";

/** Two markets count in different lots; what compares them is counted in atoms, the largest unit that both are made of. */
export interface Scale {
  readonly lead: Instrument;
  readonly hedge: Instrument;
  /** Base. */
  readonly atom: Decimal;
  /** Atoms of one lot. */
  readonly leadLot: number;
  readonly hedgeLot: number;
  /** Atoms of the least size that both markets count in whole lots. */
  readonly step: number;
  /** Atoms of one leg, a multiple of the step; 0 if the quantity is below it. */
  readonly quantity: number;
  readonly offset: Fraction;
  readonly slippage: Fraction;
  readonly edge: Fraction | undefined;
  /** A price of the hedge in ticks times this is the same price in ticks of the lead. */
  readonly tickRatio: Fraction;
}

const scales = new WeakMap<HedgeParams, Scale>();

/** The parameters on both grids; made anew when an instrument changes. */
export function scaleOf(params: HedgeParams, view: Pick<View, "instrument">): Scale {
  const lead = view.instrument(params.lead);
  const hedge = view.instrument(params.hedge);
  const found = scales.get(params);
  if (found?.lead === lead && found.hedge === hedge) return found;
  const scale = measure(params, lead, hedge);
  scales.set(params, scale);
  return scale;
}

/** The parameters on the grids of two instruments. */
export function measure(params: HedgeParams, lead: Instrument, hedge: Instrument): Scale {
  const digits = Math.max(gridPairOf(lead).size.digits, gridPairOf(hedge).size.digits);
  const units = ({ size }: Grids) => size.step * 10 ** (digits - size.digits);
  const common = greatest(units(gridPairOf(lead)), units(gridPairOf(hedge)));
  const leadLot = units(gridPairOf(lead)) / common;
  const hedgeLot = units(gridPairOf(hedge)) / common;
  const atom = new Big(common).div(10 ** digits);
  const step = leadLot * hedgeLot; // they have no common part: that is the atom
  const quantity = new Big(params.quantity).div(atom.times(step)).round(0, 0).toNumber() * step;
  return {
    lead,
    hedge,
    atom: bigToDecimal(atom),
    leadLot,
    hedgeLot,
    step,
    quantity,
    offset: percent(params.offsetPct),
    slippage: percent(params.slippagePct),
    edge: params.minEdgePct === undefined ? undefined : percent(params.minEdgePct),
    tickRatio: ratio(gridPairOf(hedge).price, gridPairOf(lead).price),
  };
}

function ratio(a: Grid, b: Grid): Fraction {
  const [above, below] = [fraction(a.text), fraction(b.text)];
  return { top: above.top * below.bottom, bottom: above.bottom * below.top };
}

function greatest(a: number, b: number): number {
  return b === 0 ? a : greatest(b, a % b);
}
