// Candles for backtest/sma-candles: a recorded month where it is, else one drawn from a seed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { BarColumns } from "@bp/backtest";
import { random } from "@bp/core";
import { recordings } from "../paths.ts";

/** Mean of so many closes against mean of so many. */
export const fast = 10;
export const slow = 30;
/** Fraction of the notional of an order. */
export const fee = 0.0005;
export const begin = 10_000;

/** An order: the candle at whose open it was filled, and the price. */
export interface Filled {
  readonly bars: readonly number[];
  readonly prices: readonly number[];
  /** At the end; `undefined`: the contender does not know. */
  readonly equity: number | undefined;
}

const name = "usdm-solusdt-1m-20250504.klines.csv.gz";

export function candlesOf(): { readonly about: string; readonly bars: BarColumns } {
  const file = join(recordings, name);
  if (!existsSync(file)) return { about: "minutes drawn from a seed", bars: drawn(42_267) };
  const rows = gunzipSync(readFileSync(file))
    .toString("latin1")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));
  return { about: `${name}: minutes of SOL`, bars: columnsOf(rows) };
}

function drawn(count: number): BarColumns {
  const chance = random(5);
  let price = 150;
  return columnsOf(
    Array.from({ length: count }, (_, bar) => {
      const open = price;
      price = Math.max(1, Math.round(100 * (price + (chance.next() - 0.5) * 0.4)) / 100);
      return [bar * 60_000, open, Math.max(open, price), Math.min(open, price), price, 1];
    }),
  );
}

function columnsOf(rows: readonly (readonly number[])[]): BarColumns {
  const column = (place: number) => Float64Array.from(rows, (row) => row[place] ?? 0);
  const [at, open, high, low, close, volume] = [column(0), column(1), column(2), column(3), column(4), column(5)];
  return { count: rows.length, at, open, high, low, close, volume };
}
