// Draws the candles of examples/data from seeds, so that every command of the documents runs without anybody's recordings.
//
//   node --conditions=@bp/source apps/bot/tools/exampleData.ts examples/data
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { random } from "@bp/core";

interface Coin {
  readonly symbol: string;
  readonly seed: number;
  readonly price: number;
  readonly digits: number;
  /** Base traded in a minute, about. */
  readonly volume: number;
  /** Of a minute, as a fraction. */
  readonly volatility: number;
}

const coins: readonly Coin[] = [
  { symbol: "SOLUSDT", seed: 101, price: 147, digits: 2, volume: 9_000, volatility: 0.0008 },
  { symbol: "BTCUSDT", seed: 102, price: 96_400, digits: 1, volume: 60, volatility: 0.0005 },
  { symbol: "ETHUSDT", seed: 103, price: 1_840, digits: 2, volume: 900, volatility: 0.0007 },
  { symbol: "ASTERUSDT", seed: 104, price: 1.62, digits: 4, volume: 80_000, volatility: 0.0011 },
];
const start = Date.UTC(2026, 0, 5); // a Monday
const minutes = 3 * 24 * 60;
const stepsInMinute = 20;

/** Candles of a price that wanders and is pulled back a little: the same seed, the same candles. */
function candlesOf({ seed, price, digits, volume, volatility }: Coin): string {
  const chance = random(seed);
  const lines = ["ts_ms,open,high,low,close,volume"];
  let now = price;
  let calm = 1;
  for (let minute = 0; minute < minutes; minute++) {
    calm = Math.min(3, Math.max(0.4, calm * Math.exp(chance.normal() * 0.05 - (calm - 1) * 0.02)));
    const seen = [now];
    for (let step = 0; step < stepsInMinute; step++) {
      const pull = (price - now) / price / 4_000;
      now *= 1 + pull + (chance.normal() * volatility * calm) / Math.sqrt(stepsInMinute);
      seen.push(now);
    }
    const traded = volume * calm * (0.4 + chance.exponential(0.6));
    const row = [seen[0], Math.max(...seen), Math.min(...seen), seen.at(-1)].map((each) =>
      (each ?? now).toFixed(digits),
    );
    lines.push([start + minute * 60_000, ...row, traded.toFixed(2)].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** Rates every eight hours, as an exchange publishes them. */
function fundingOf({ seed }: Coin): string {
  const chance = random(seed + 1_000);
  const lines = ["ts_ms,funding_rate"];
  for (let at = start; at <= start + minutes * 60_000; at += 8 * 3_600_000)
    lines.push(`${at},${(0.0001 + chance.normal() * 0.00006).toFixed(8)}`);
  return `${lines.join("\n")}\n`;
}

const [, , folder = "examples/data"] = process.argv;
mkdirSync(folder, { recursive: true });
for (const coin of coins) {
  writeFileSync(join(folder, `${coin.symbol}-1m.csv.gz`), gzipSync(candlesOf(coin), { level: 9 }));
  writeFileSync(join(folder, `${coin.symbol}-funding.csv.gz`), gzipSync(fundingOf(coin), { level: 9 }));
}
