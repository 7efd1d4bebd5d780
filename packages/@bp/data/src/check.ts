// What a tape holds and what is wrong with it: gaps, crossed books, silence, candles that are missing.
import { lastOfMessage, type Tape, tapeSpan } from "@bp/core";
import { createMarketCheck } from "./check/market.ts";
import type { MarketReport, TapeReport } from "./check/report.ts";

/** How a tape is checked. */
export interface CheckOptions {
  /** Longer without a word is silence in a market with a book, ms; default 60,000. */
  readonly silentMs?: number;
}

/**
 * Walks through a tape once and counts. A million rows take about 0.2 s.
 *
 * @returns never throws for what it finds: that is in the report
 */
export function checkTape(tape: Tape, options: CheckOptions = {}): TapeReport {
  const { instruments, rows, kinds, markets, venueAt, at, a, b, digest, lacks } = tape;
  const checks = instruments.map(({ id }) => createMarketCheck(id, options.silentMs ?? 60_000));
  const open = new Set<number>();
  let messages = 0;
  let foreign = 0;
  let outOfOrder = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const kind = kinds[row] ?? 0;
    const place = markets[row] ?? 0;
    const received = at[row] ?? Number.NaN;
    if (received < last) outOfOrder += 1;
    else last = received;
    const check = checks[place];
    if (check === undefined) foreign += 1;
    else {
      check.row(kind & 0x7f, venueAt[row] ?? Number.NaN, received, a[row] ?? Number.NaN, b[row] ?? Number.NaN);
      open.add(place);
    }
    if (kind < lastOfMessage && row < rows - 1) continue;
    messages += 1;
    for (const each of open) checks[each]?.end();
    open.clear();
  }
  const found = checks.map((check) => check.report());
  const span = tapeSpan(tape);
  return {
    digest,
    rows,
    messages,
    span: span === undefined ? undefined : { from: span.from, to: span.to },
    markets: found,
    foreign,
    outOfOrder,
    lacks,
    clean: foreign === 0 && outOfOrder === 0 && found.every(isClean),
  };
}

function isClean({ gaps, crossed, missing, impossible, silences, candles, repeated }: MarketReport): boolean {
  return gaps + crossed + missing + impossible + silences === 0 && (candles === 0 || repeated === 0);
}
