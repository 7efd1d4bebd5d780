// Two hours of candles in which what earns most in the first one loses most in the second: a market that swings, then runs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Its first moment, ms. */
export const plantedFrom = Date.UTC(2026, 4, 4);
const minuteMs = 60_000;
const cents = (price: number) => price.toFixed(2);

/**
 * Writes the candles.
 *
 * @param other - from this minute on it is another market, which falls
 * @returns the file
 */
export function plantedCandles(folder: string, other = Number.POSITIVE_INFINITY): string {
  const rows = ["open_time,open,high,low,close,volume"];
  let open = 100;
  for (let minute = 0; minute < 120; minute++) {
    const swings = minute < 60;
    const change = minute >= other ? -0.2 - ((minute * 3) % 7) / 100 : 0.3 + ((minute * 3) % 5) / 100;
    const close = swings && minute < other ? 100 + (((minute * 7) % 5) - 2) / 100 : open + change;
    const wick = swings ? 0.25 + ((minute * 3) % 4) / 100 : 0.02;
    const [high, low] = [Math.max(open, close) + wick, Math.min(open, close) - wick];
    rows.push([plantedFrom + minute * minuteMs, ...[open, high, low, close].map(cents), "1000.00"].join(","));
    open = close;
  }
  const file = join(folder, "SOL_USDC_PERP-1m.csv");
  writeFileSync(file, `${rows.join("\n")}\n`);
  return file;
}

/** A maker with three sizes of its orders. @param split - lines of the section `sweep` */
export const plantedSweep = (split: string): string => `
strategies:
  - use: maker
    params: { instrument: "backpack:SOL_USDC_PERP", spreadPct: 0.4, quantity: 0.5, maxOrders: 1, intervalMs: 60000, maxPosition: 100, positionThreshold: 100 }
sweep:
  values:
    strategies.maker.params.quantity: [0.1, 0.5, 2]
  ${split}
`;

/** Fees with which swings earn. */
export const plantedFees = { makerFee: "-0.02", takerFee: "0.05" } as const;
