// Files for the tests: recordings line by line, tables row by row, plain or gzip, in a folder that is removed afterwards.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { createBook, type InstrumentId, lastOfMessage, lots, millis, type Tape, tapeRow } from "@bp/core";
import { afterAll } from "vitest";

/** `../shared/data` beside the repository; it does not ship with it. */
export const sharedData: string | undefined = (() => {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, "../shared/data");
    if (existsSync(join(found, "README.md"))) return found;
  }
  return undefined;
})();

/** A folder of one test file. */
export function testFolder() {
  const folder = mkdtempSync(join(tmpdir(), "bp-data-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    /** Writes lines; a name that ends in `.gz` is compressed. */
    file: (name: string, lines: readonly string[] | Uint8Array): string => {
      const path = join(folder, name);
      const bytes = lines instanceof Uint8Array ? lines : Buffer.from(`${lines.join("\n")}\n`);
      writeFileSync(path, name.endsWith(".gz") && !(lines instanceof Uint8Array) ? gzipSync(bytes) : bytes);
      return path;
    },
  };
}

/** When the recordings of the tests begin, ms. */
export const begin = 1_723_161_254_000;
const us = (ms: number) => (begin + ms) * 1_000;

type Levels = readonly (readonly [string, string])[];

/** Lines of recordings; times are ms after `begin`. */
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
        data: { e: "depth", E: us(ms) - 5_000, T: us(ms) - 10_000, s: symbol, U: id, u: id, b, a },
      },
    }),
  trade: (ms: number, t: number, p: string, q: string, m: boolean, symbol = "SOL_USDC") =>
    JSON.stringify({
      t: us(ms),
      d: {
        stream: `trade.${symbol}`,
        data: { e: "trade", E: us(ms) - 5_000, T: us(ms) - 10_000, s: symbol, p, q, m, t },
      },
    }),
  mark: (ms: number, p: string, f: string, n: number, symbol = "SOL_USDC") =>
    JSON.stringify({
      t: us(ms),
      d: { stream: `markPrice.${symbol}`, data: { e: "markPrice", E: us(ms) - 5_000, s: symbol, p, i: p, f, n } },
    }),
};

/** Rows in words, without the times: `bid 15000 25`, a message in one text. */
export function messagesOf(tape: Tape): readonly string[] {
  const names = Object.entries(tapeRow);
  const found: string[] = [];
  let open: string[] = [];
  for (let row = 0; row < tape.rows; row++) {
    const kind = tape.kinds[row] ?? 0;
    const name = names.find(([, value]) => value === (kind & 0x7f))?.[0] ?? "?";
    open.push(`${name} ${tape.a[row]} ${tape.b[row]}`);
    if (kind < lastOfMessage) continue;
    found.push(open.join(", "));
    open = [];
  }
  return found;
}

/** Best bid and ask in ticks and lots after each message of a market that has levels, equal ones in a row once. */
export function touchesOf(tape: Tape, id: InstrumentId): readonly string[] {
  const place = tape.instruments.findIndex((each) => each.id === id);
  const book = createBook();
  const touches: string[] = [];
  let touched = false;
  for (let row = 0; row < tape.rows; row++) {
    const kind = tape.kinds[row] ?? 0;
    if (tape.markets[row] === place) {
      const [a, b] = [tape.a[row] ?? 0, tape.b[row] ?? 0];
      const what = kind & 0x7f;
      if (what === tapeRow.reset) book.reset([], [], millis(Math.floor(tape.at[row] ?? 0)));
      if (what === tapeRow.lost) book.lose();
      if (what === tapeRow.bid || what === tapeRow.ask) {
        book.apply(what === tapeRow.bid ? "bid" : "ask", a, lots(b));
        touched = true;
      }
    }
    if (kind < lastOfMessage || !touched) continue;
    touched = false;
    const touch = [book.bidPrice, book.bidSize, book.askPrice, book.askSize].join(" ");
    if (touches.at(-1) !== touch) touches.push(touch);
  }
  return touches;
}
