// Numbers as people read them.
import { Big, gridsOf, type Instrument, type Millis } from "@bp/core";
import type { Tone } from "./look.ts";

/** What stands where nothing is known. */
export const dash = "-";

/** Digits after the point for money in console texts. */
const moneyDigits = 4;

/** Money with four digits: `1234.5000`. */
export function money(value: Big | undefined): string {
  return value === undefined ? dash : value.toFixed(moneyDigits, Big.roundHalfEven);
}

/** Profit with its sign and colour: `+2.4500`, `-1.8900`, `0.0000`. */
export function gain(value: Big | undefined): { readonly text: string; readonly tone: Tone | undefined } {
  const text = money(value);
  if (value === undefined || Number(text) === 0) return { text: text.replace(/^-/, ""), tone: undefined };
  return value.gt(0) ? { text: `+${text}`, tone: "good" } : { text, tone: "bad" };
}

/** A price given in ticks, with three digits more where it is not a whole tick. */
export function price(instrument: Instrument, ticks: number | undefined): string {
  if (ticks === undefined) return dash;
  const { digits } = gridsOf(instrument).price;
  return new Big(ticks).times(instrument.tickSize).toFixed(Number.isInteger(ticks) ? digits : digits + 3);
}

/** A size in base, with the digits of a lot. */
export function size(instrument: Instrument, base: Big | undefined): string {
  return base === undefined ? dash : base.toFixed(gridsOf(instrument).size.digits);
}

/** A fraction in percent: `0.028 %`. */
export function percent(fraction: Big | number | undefined, digits: number): string {
  return fraction === undefined ? dash : `${new Big(fraction).times(100).toFixed(digits)} %`;
}

/** `hh:mm:ss`; hours go beyond 99. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(whole / 3_600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** `2026-11-20 14:03:22`, UTC. */
export function moment(at: Millis): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

/** `14:03:22.418`, UTC. */
export function timeOfDay(at: Millis): string {
  return new Date(at).toISOString().slice(11, 23);
}
