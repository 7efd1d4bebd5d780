// Marks: finer than ticks, so that they have a fraction.
import type { Instrument } from "@bp/core";
import { digitsOf } from "../csv/number.ts";

/**
 * A price as ticks, with a fraction where it is finer; as near to the decimal as a double can be.
 *
 * @throws RangeError for what is no price above 0
 */
export function inTicks(text: string, { tickSize }: Instrument): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new RangeError(`a mark of ${JSON.stringify(text)}`);
  const scale = 10 ** Math.max(digitsOf(text), digitsOf(tickSize));
  return Math.round(value * scale) / Math.round(Number(tickSize) * scale);
}
