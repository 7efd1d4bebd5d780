// Where a pricing starts from: the fair price, how far the quotes stand from it, and how far both lean against inventory.
import type { BookView, Instrument } from "@bp/core";
import { type Fraction, nearest, times, toNumber } from "../fraction.ts";
import { avellanedaStoikov } from "../signals/avellanedaStoikov.ts";
import { fairPrice } from "../signals/fairPrice.ts";
import { glft } from "../signals/glft.ts";
import type { Touch } from "../touch.ts";
import type { MakerParams } from "./params.ts";
import type { Scale } from "./scale.ts";
import { type Sense, volatilityOf } from "./sense.ts";

/** All in ticks, exact. */
export interface Stance {
  readonly centre: Fraction;
  /** From the centre to each side. */
  readonly half: Fraction;
  /** Subtracted from both prices; above 0 when long. */
  readonly lean: Fraction;
}

/**
 * With a fixed spread `half = spread / 2 · centre` and `lean = skew · half · held / cap` (held / cap within -1 and 1). A model
 * says both by itself, but stands no nearer than the fixed spread. Below the minimum size nothing leans.
 *
 * @param held - net position in lots that quotes lean against, signed
 * @returns `undefined` while a model has not measured enough
 */
export function stanceOf(
  book: BookView,
  touch: Touch,
  params: MakerParams,
  scale: Scale,
  instrument: Instrument,
  held: number,
  sense: Sense | undefined,
): Stance | undefined {
  const centre = centreOf(book, touch, params.fair);
  const least = times(centre, scale.half);
  const leaning = Math.abs(held) >= instrument.minSize ? held : 0;
  const { spreadModel } = params;
  if (spreadModel.name === "fixed") {
    const share = Math.max(-scale.cap, Math.min(scale.cap, leaning));
    const lean = times(times(least, scale.skew), { top: BigInt(share), bottom: BigInt(scale.cap) });
    return { centre, half: least, lean };
  }
  const volatility = volatilityOf(sense, spreadModel);
  if (volatility === undefined) return undefined;
  const { half, lean } = modelled(spreadModel, volatility, leaning / scale.clip, sense);
  return { centre, half: half > toNumber(least) ? nearest(half) : least, lean: nearest(lean) };
}

function modelled(
  model: Exclude<MakerParams["spreadModel"], { readonly name: "fixed" }>,
  volatility: number,
  inventory: number,
  sense: Sense | undefined,
): { readonly half: number; readonly lean: number } {
  const { riskAversion } = model;
  if (model.name === "glft") {
    const { arrivals, decay } = sense?.prints?.fitted ?? model;
    const { half, skew } = glft({ riskAversion, volatility, arrivals, decay });
    return { half, lean: skew * inventory * model.leanFactor };
  }
  const { decay, horizonMs } = model;
  const asked = { mid: 0, inventory, riskAversion, volatility, horizon: horizonMs / 1000, decay };
  const { half, reservation } = avellanedaStoikov(asked);
  return { half, lean: -reservation };
}

/** The fair price; exact where the touch alone says it. */
function centreOf(book: BookView, touch: Touch, fair: MakerParams["fair"]): Fraction {
  const { bid, ask } = touch;
  if (fair === "mid") return { top: BigInt(bid[0]) + BigInt(ask[0]), bottom: 2n };
  if (typeof fair === "string")
    return {
      top: BigInt(bid[0]) * BigInt(ask[1]) + BigInt(ask[0]) * BigInt(bid[1]),
      bottom: BigInt(bid[1]) + BigInt(ask[1]),
    };
  const how =
    fair.name === "stoikov"
      ? ({ name: "stoikov", table: fair } as const)
      : fair.name === "vamp"
        ? ({ name: "vamp", reach: fair.reachTicks } as const)
        : ({ name: "imbalance", reach: fair.reachTicks, strength: fair.strength } as const);
  return nearest(fairPrice(how, touch, book));
}
