// What a strategy's view is made from, and the small parts that all of them are put together of.
import {
  Big,
  type Decimal,
  gridsOf,
  type Instrument,
  type InstrumentId,
  priceText,
  type Ticks,
  type View,
} from "@bp/core";
import type { SystemView, ViewFact, ViewLevel } from "dashboard/contract";
import type { PastCycle } from "./cycles.ts";
import type { ViewKey } from "./keys.ts";

/** One strategy at one moment. Everything is read at once and nothing is kept. */
export interface SystemMoment<Params = unknown, Memory = unknown> {
  /** As the strategy sees it: `engine.viewOf`. */
  readonly view: View;
  /** As its schema gave them, the same object every time: what is worked out of them is kept by it. */
  readonly params: Params;
  readonly memory: Memory;
  /** Finished cycles of a hedge loop, newest first. Left out: the last one alone is shown. */
  readonly cycles?: readonly PastCycle[] | undefined;
}

/** Shows one strategy in its own terms. Pure. */
export type Shows<Params, Memory> = (moment: SystemMoment<Params, Memory>) => Omit<SystemView, "kind">;

type Tone = NonNullable<ViewFact["tone"]>;

/** A figure; nothing where it is not known. */
export function fact(label: ViewKey, value: string | undefined, unit?: string, tone?: Tone): readonly ViewFact[] {
  if (value === undefined) return [];
  return [{ label, value, ...(unit === undefined ? {} : { unit }), ...(tone === undefined ? {} : { tone }) }];
}

/** A result: good above nothing, bad below. */
export function result(label: ViewKey, value: Big | undefined, unit: string, digits = 4): readonly ViewFact[] {
  return fact(label, value?.toFixed(digits), unit, value === undefined || value.eq(0) ? undefined : toneOf(value));
}

const toneOf = (value: Big): Tone => (value.lt(0) ? "bad" : "good");

/** A price that means something; nothing where it is not known. */
export function level(
  market: InstrumentId,
  role: string,
  label: ViewKey | `#${number}`,
  price: string | undefined,
): readonly ViewLevel[] {
  return price === undefined ? [] : [{ market, price, role, label }];
}

/** A price in ticks, which may have a fraction, as text with at most two digits beyond the tick's; nothing for none. */
export function ticksText(instrument: Instrument, price: number | undefined): string | undefined {
  if (price === undefined || !Number.isFinite(price)) return undefined;
  if (Number.isSafeInteger(price)) return priceText(instrument, price as Ticks); // whole: just checked
  return bigText(new Big(price).times(instrument.tickSize), gridsOf(instrument).price.digits + 2);
}

/** Quote per base as text with at most two digits beyond the tick's. */
export function averageText(instrument: Instrument, price: Big | undefined): Decimal | undefined {
  return price === undefined ? undefined : bigText(price, gridsOf(instrument).price.digits + 2);
}

/** A number with at most so many digits behind the point, never with an exponent. */
export const bigText = (value: Big, digits: number): Decimal => value.round(digits).toFixed() as Decimal; // toFixed writes plain decimals
