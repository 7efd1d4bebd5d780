// For the tests of recordings: lines as Backpack's streams are recorded, files of them, and a market that plays one.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { millis } from "@bp/core";
import { createExchange, tapeMarket } from "@bp/sim";
import { afterAll } from "vitest";
import { readRecording } from "./recording.ts";

/** When the exchange begins that plays it. */
export const start = millis(Date.UTC(2026, 8, 1, 9, 30));

const us = (ms: number) => 1_723_161_254_000_000 + ms * 1_000;

type Levels = readonly (readonly [price: string, size: string])[];

/** Lines; times are ms after the first one. */
export const lineOf = {
  rest: (ms: number, last: number, bids: Levels, asks: Levels, symbol = "SOL_USDC") =>
    JSON.stringify({
      t: us(ms),
      rest: `/api/v1/depth?symbol=${symbol}&limit=1000`,
      d: { lastUpdateId: String(last), bids, asks },
    }),
  depth: (ms: number, id: number, b: Levels, a: Levels, symbol = "SOL_USDC") =>
    JSON.stringify({
      t: us(ms),
      d: {
        stream: `depth.${symbol}`,
        data: { e: "depth", s: symbol, U: id, u: id, b, a, E: us(ms), T: us(ms) },
      },
    }),
  print: (ms: number, id: number, p: string, q: string, m: boolean, symbol = "SOL_USDC") =>
    JSON.stringify({
      t: us(ms),
      d: { stream: `trade.${symbol}`, data: { e: "trade", s: symbol, p, q, m, t: id, E: us(ms), T: us(ms) } },
    }),
};

const { rest, depth, print } = lineOf;

/** A book, three changes, a print through its best bid, and one more change. */
export const small: readonly string[] = [
  rest(
    0,
    10,
    [
      ["149.99", "4"],
      ["150", "2.5"],
    ],
    [
      ["150.02", "3"],
      ["150.05", "1"],
    ],
  ),
  depth(100, 11, [["150.00", "1.00"]], []),
  `{"t":${us(150)},"d":{"stream":"bookTicker.SOL_USDC","data":{"e":"bookTicker","s":"SOL_USDC"}}}`,
  depth(200, 12, [["150.00", "0.00"]], []),
  depth(300, 13, [], [["150.01", "0.50"]]),
  print(400, 1, "149.99", "4.10", true),
  "",
  depth(
    500,
    14,
    [
      ["149.99", "0.00"],
      ["149.98", "7.00"],
    ],
    [],
  ),
];

const folder = mkdtempSync(join(tmpdir(), "bp-recording-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file of lines, or of bytes as they are. */
export function write(name: string, content: readonly string[] | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content instanceof Uint8Array ? content : `${content.join("\n")}\n`);
  return file;
}

/** A file on an exchange of its own, with `alice` on it; `at` lets time pass up to so many ms after the first line. */
export async function playing(file: string) {
  const { tape, warnings } = await readRecording(file);
  const exchange = createExchange({
    start,
    market: tapeMarket({ tape, when: "now" }),
    accounts: [{ name: "alice", balances: { USDC: "1000000", SOL: "1000" } }],
  });
  const at = (ms: number) => exchange.advance(millis(start + ms));
  at(0);
  return { exchange, at, warnings };
}
