// What the screens of a ladder are made of: one reading of the moment, in the words that its users know.
import { Big, bigToDecimal, gridsOf, type Instrument, priceToBig, symbolOf, type Ticks, ticks } from "@bp/core";
import {
  averageCostOf,
  breakEvenOf,
  type LadderMemory,
  type LadderParams,
  ladderMarket,
  resultOf,
  wholeRungs,
} from "@bp/strategies";
import type { Moment } from "../../system.ts";

/** A moment of a ladder. */
export type LadderMoment = Moment<LadderParams, LadderMemory>;

/** Money and prices of a moment. Quote unless it says otherwise; `undefined` is not known, or there is nothing. */
export interface LadderFigures {
  readonly instrument: Instrument;
  readonly symbol: string;
  /** Quote per base. */
  readonly price: Big | undefined;
  /** Rungs of the ladder, and those of which nothing is left. */
  readonly rungs: number;
  readonly filled: number;
  /** What is held cost so much, without fees; and how much that is, in base. */
  readonly cost: Big;
  readonly size: Big;
  /** What of it is there: fees in coins have taken the rest. */
  readonly there: Big;
  readonly average: Big | undefined;
  readonly breakEven: Big | undefined;
  readonly takeProfit: Big | undefined;
  /** How far the price is above the average, in percent. */
  readonly risePct: Big | undefined;
  /** Of the way to the profit, 0 to 100. */
  readonly progressPct: Big | undefined;
  readonly value: Big | undefined;
  /** Before any fee, and after the fees of both sides. */
  readonly gross: Big | undefined;
  readonly net: Big | undefined;
}

const zero = new Big(0);
const hundred = new Big(100);

/** Reads a moment. */
export function figuresAt({ view, params, memory }: Pick<LadderMoment, "view" | "params" | "memory">): LadderFigures {
  const instrument = view.instrument(params.instrument);
  const { lot, targets, ladder } = memory;
  const market = ladderMarket(view, params);
  const price = market === undefined ? undefined : moneyOf(instrument, market.price);
  const average = lot === undefined ? undefined : averageCostOf(lot);
  const { taker } = instrument.fees;
  const result = lot === undefined || price === undefined ? undefined : resultOf(lot, price, taker);
  const risePct =
    average === undefined || price === undefined ? undefined : price.minus(average).times(hundred).div(average);
  const part = risePct?.times(hundred).div(params.takeProfitPct);
  return {
    instrument,
    symbol: symbolOf(instrument.id),
    price,
    rungs: ladder?.rungs.length ?? 0,
    filled: wholeRungs(memory),
    cost: lot?.cost ?? zero,
    size: lot?.size ?? zero,
    there: lot === undefined ? zero : lot.size.minus(lot.taken),
    average,
    breakEven: lot === undefined ? undefined : breakEvenOf(lot, taker),
    takeProfit: targets === undefined ? undefined : moneyOf(instrument, targets.takeProfit),
    risePct,
    progressPct: part === undefined ? undefined : part.lt(0) ? zero : part.gt(hundred) ? hundred : part,
    value: lot === undefined || price === undefined ? undefined : lot.size.times(price),
    gross: result?.gross,
    net: result?.net,
  };
}

/** A price in ticks (a mid may have a fraction) as money. */
export function moneyOf({ tickSize }: Instrument, price: number): Big {
  return new Big(price).times(tickSize);
}

/** Money with so many digits; `-` for what is not known. */
export function text(value: Big | undefined, digits: number): string {
  return value === undefined ? "-" : value.toFixed(digits);
}

/** A quantity in base, at most eight digits: fees in coins leave more than anybody can trade. */
export function coins(value: Big): string {
  return bigToDecimal(value.round(8, Big.roundDown));
}

/** A figure with an arrow for its sign. */
export function arrow(value: Big | undefined, digits: number): string {
  if (value === undefined) return "-";
  return `${value.lt(0) ? "↓" : "↑"} ${value.abs().toFixed(digits)}`;
}

/** A price with the digits of its tick. */
export function priceIn(instrument: Instrument, price: Ticks | number): string {
  return priceToBig(instrument, ticks(Math.floor(price))).toFixed(gridsOf(instrument).price.digits);
}

/** `2026-01-01 14:00:00`, UTC. */
export function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

/** `01:02:03`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
