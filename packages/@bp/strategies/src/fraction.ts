// Exact fractions for prices between ticks: a float on the way would land on the wrong tick now and then.
import type { Decimal } from "@bp/core";

/** `top / bottom`, exact. `bottom` is above 0. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/**
 * Decimal text as a fraction: `0.5` is 5 / 10.
 *
 * @throws SyntaxError by `BigInt` for text that is no plain decimal (`1e-7`); the empty text is 0
 */
export function fraction(text: Decimal): Fraction {
  const point = text.indexOf(".");
  if (point === -1) return { top: BigInt(text), bottom: 1n };
  return { top: BigInt(text.slice(0, point) + text.slice(point + 1)), bottom: 10n ** BigInt(text.length - point - 1) };
}

/** Percent as a part: `0.5` is 5 / 1000. @throws SyntaxError as `fraction` does */
export function percent(text: Decimal): Fraction {
  return over(fraction(text), 100n);
}

/** The fraction divided by a whole number above 0. */
export function over(value: Fraction, divisor: bigint): Fraction {
  return { top: value.top, bottom: value.bottom * divisor };
}

/** The product. */
export function times(a: Fraction, b: Fraction): Fraction {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

/** The sum. */
export function plus(a: Fraction, b: Fraction): Fraction {
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom };
}

/** The difference. */
export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { top: -b.top, bottom: b.bottom });
}

/** The largest whole number not above. */
export function floor({ top, bottom }: Fraction): number {
  const rest = top % bottom;
  return Number((top - rest) / bottom - (rest < 0n ? 1n : 0n));
}

/** The smallest whole number not below. */
export function ceil(value: Fraction): number {
  return 0 - floor({ top: -value.top, bottom: value.bottom }); // 0 - 0 is 0, where -0 is not
}

/** A float as a fraction, to the nearest 2^-20: an opinion that becomes a price needs no more. */
export function nearest(value: number): Fraction {
  return { top: BigInt(Math.round(value * 2 ** 20)), bottom: 2n ** 20n };
}

/** As a float, for a person or an opinion. */
export function toNumber({ top, bottom }: Fraction): number {
  return Number(top) / Number(bottom);
}
