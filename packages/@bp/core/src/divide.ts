// Division to a whole number without a rounding on the way; Big's own `div` stops at 20 digits.
import type { Big } from "big.js";

/**
 * The whole number of times that `divisor` goes into `value`.
 *
 * @param divisor - above 0
 * @param rounding - towards minus infinity, plus infinity, or the nearer (half up)
 */
export function divideRounded(value: Big, divisor: Big, rounding: "floor" | "ceil" | "nearest"): Big {
  const rest = value.mod(divisor); // signed like the value
  const over = rest.lt(0) ? rest.plus(divisor) : rest; // 0 <= over < divisor
  const floor = value.minus(over).div(divisor);
  const up = rounding === "ceil" ? over.gt(0) : rounding === "nearest" && over.times(2).gte(divisor);
  return up ? floor.plus(1) : floor;
}
