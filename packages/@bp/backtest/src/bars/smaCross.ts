// The crossing of two moving averages, as a rule over candles.
import { BpError } from "@bp/core";
import type { BarRule } from "./runBars.ts";

/**
 * All long while the mean of the last `fast` closes is above that of the last `slow`, flat otherwise, and until there are enough.
 *
 * Each sum is brought forward by one close in and one out, as exact as doubles are.
 *
 * @param fast - candles, whole, 1 or more
 * @param slow - candles, whole, above `fast`
 * @throws BpError `config/invalid` for lengths that cannot be
 */
export function smaCross(fast: number, slow: number): BarRule {
  if (!(Number.isInteger(fast) && Number.isInteger(slow) && fast >= 1 && slow > fast && slow <= 1_000_000))
    throw new BpError("config/invalid", {
      path: "smaCross",
      found: `${fast}, ${slow}`,
      expected: "two whole numbers, the first at least 1 and below the second",
    });
  const closes = new Float64Array(slow);
  let place = 0;
  let old = slow - fast; // the place of the close that leaves the fast one
  let seen = 0;
  let quick = 0;
  let calm = 0;
  return (close) => {
    // both places stay inside; what was never written is 0
    quick += close - (closes[old] as number);
    calm += close - (closes[place] as number);
    closes[place] = close;
    place = place + 1 === slow ? 0 : place + 1;
    old = old + 1 === slow ? 0 : old + 1;
    seen += 1;
    if (seen < slow) return 0;
    return quick * slow > calm * fast ? 1 : 0;
  };
}
