// Small tapes for tests: written row by row, or drawn from a seed.
import { type Instrument, instrument, lastOfMessage, random, type Tape, tapeRow } from "@bp/core";

/** A row as a test writes it; `last` is the default. */
export interface Row {
  readonly kind: keyof typeof tapeRow;
  readonly at: number;
  readonly a: number;
  readonly b: number;
  readonly market?: number;
  /** More rows of the same message follow. */
  readonly more?: true;
  /** Recorded so much later than it happened. */
  readonly lateMs?: number;
}

/** The market of most tests: tick 0.01, lot 0.01, no fees to speak of. */
export const sol: Instrument = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

/** A tape of rows. */
export function tapeOf(rows: readonly Row[], instruments: readonly Instrument[] = [sol]): Tape {
  return {
    instruments,
    rows: rows.length,
    kinds: Uint8Array.from(rows, ({ kind, more }) => tapeRow[kind] | (more === true ? 0 : lastOfMessage)),
    markets: Uint8Array.from(rows, ({ market = 0 }) => market),
    venueAt: Float64Array.from(rows, ({ at, lateMs = 0 }) => at - lateMs),
    at: Float64Array.from(rows, ({ at }) => at),
    a: Float64Array.from(rows, ({ a }) => a),
    b: Float64Array.from(rows, ({ b }) => b),
    digest: `rows ${rows.length}`,
    lacks: [],
  };
}

const start = Date.UTC(2026, 0, 1);

/** Whole books at equal distances: five deep levels a side, a tick around a price. */
export function books(count: number, priceOf: (place: number) => number, stepMs: number): readonly Row[] {
  return Array.from({ length: count }, (_, place) => {
    const [at, price] = [start + place * stepMs, priceOf(place)];
    const levels = [1, 2, 3, 4, 5].flatMap((level): Row[] => [
      { kind: "bid", at, a: price - level, b: 1_000_000, more: true },
      { kind: "ask", at, a: price + level, b: 1_000_000, ...(level < 5 ? { more: true } : {}) },
    ]);
    return [{ kind: "reset", at, a: 0, b: 0, more: true } as const, ...levels];
  }).flat();
}

/** Some minutes of a market that wanders: ten levels a side, changes and prints ten times a second. */
export function wandering(seed: number, seconds: number, market: Instrument = sol): Tape {
  const chance = random(seed);
  const rows: Row[] = [];
  let mid = 10_000;
  const book = (at: number) => {
    rows.push({ kind: "reset", at, a: 0, b: 0, more: true });
    for (let level = 1; level <= 10; level++) {
      rows.push({ kind: "bid", at, a: mid - level, b: 50 + chance.whole(0, 200), more: true });
      rows.push({
        kind: "ask",
        at,
        a: mid + level,
        b: 50 + chance.whole(0, 200),
        ...(level < 10 ? { more: true } : {}),
      });
    }
  };
  book(start);
  for (let at = start + 100; at < start + seconds * 1_000; at += 100) {
    const step = chance.whole(-1, 1);
    if (step !== 0 && chance.next() < 0.3) {
      mid += step;
      book(at);
      continue;
    }
    const level = chance.whole(1, 10);
    if (chance.next() < 0.5) rows.push({ kind: "bid", at, a: mid - level, b: 20 + chance.whole(0, 200) });
    else rows.push({ kind: "ask", at, a: mid + level, b: 20 + chance.whole(0, 200) });
    if (chance.next() < 0.3)
      rows.push(
        chance.next() < 0.5
          ? { kind: "bought", at, a: mid + 1, b: 1 + chance.whole(0, 80) }
          : { kind: "sold", at, a: mid - 1, b: 1 + chance.whole(0, 80) },
      );
  }
  return tapeOf(rows, [market]);
}
