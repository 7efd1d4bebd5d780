// The part of a tape in which something can be traded: rates and marks of before and after it are no market.
import { lastOfMessage, type Millis, type Tape, tapeRow, tapeSpan } from "@bp/core";

/** What is played, and what is not. */
export interface Played {
  /** The same object where nothing is cut. */
  readonly tape: Tape;
  /** First and last moment that is played, ms; `undefined` of an empty tape. */
  readonly span: { readonly from: Millis; readonly to: Millis } | undefined;
  /** Rates (by market and stamp) and marks that only lie before or after it. */
  readonly beyond: { readonly rates: number; readonly marks: number };
}

/** Marks and rates this much before the first row of a market, or after its last, are beside it: ms. */
const besideMs = 60_000;

/**
 * Cuts rates, marks and ends of recordings that lie before the first, or after the last, book, print and candle of all markets: a run
 * there would hold a position over a market that nobody recorded. Of what is cut before, the newest mark and rate of each market are
 * told at the beginning. What lies within a minute of the market stays where it is. The digest stays that of the whole.
 */
export function playedOf(tape: Tape): Played {
  const { rows, at } = tape;
  const whole: Played = { tape, span: tapeSpan(tape), beyond: { rates: 0, marks: 0 } };
  let first = 0;
  while (first < rows && !isMarket(tape, first)) first += 1;
  if (first === rows) return whole;
  let last = rows - 1;
  while (!isMarket(tape, last)) last -= 1;
  const begin = (at[first] ?? 0) - (at[0] ?? 0) > besideMs ? startOf(tape, first) : 0;
  const end = (at[rows - 1] ?? 0) - (at[last] ?? 0) > besideMs ? endOf(tape, last) : rows;
  if (begin === 0 && end === rows) return whole;
  const played = cut(tape, begin, end);
  return { tape: played, span: tapeSpan(played), beyond: beyondOf(tape, begin, end) };
}

const noMarket: ReadonlySet<number> = new Set([tapeRow.mark, tapeRow.funding, tapeRow.lost]);

const isMarket = ({ kinds }: Tape, row: number) => !noMarket.has((kinds[row] ?? 0) & 0x7f);

/** The first row of its moment. */
function startOf({ at, kinds }: Tape, row: number): number {
  let start = row;
  while (start > 0 && (at[start - 1] === at[row] || (kinds[start - 1] ?? 0) < lastOfMessage)) start -= 1;
  return start;
}

/** The row after its moment. */
function endOf({ rows, at, kinds }: Tape, row: number): number {
  let end = row + 1;
  while (end < rows && (at[end] === at[row] || (kinds[end - 1] ?? 0) < lastOfMessage)) end += 1;
  return end;
}

/** The rows `begin` to before `end`, and before them what is known when they begin. */
function cut(tape: Tape, begin: number, end: number): Tape {
  if (begin === 0) return { ...tape, rows: end };
  const known = newestBefore(tape, begin, end);
  const rows = known.length + end - begin;
  const shared = known.length;
  const kinds = new Uint8Array(rows);
  const markets = new Uint8Array(rows);
  const column = (from: Float64Array, ofRow: (row: number) => number) => {
    const to = new Float64Array(rows);
    to.set(from.subarray(begin, end), shared);
    for (const [place, row] of known.entries()) to[place] = ofRow(row);
    return to;
  };
  kinds.set(tape.kinds.subarray(begin, end), shared);
  markets.set(tape.markets.subarray(begin, end), shared);
  for (const [place, row] of known.entries()) {
    kinds[place] = ((tape.kinds[row] ?? 0) & 0x7f) | lastOfMessage;
    markets[place] = tape.markets[row] ?? 0;
  }
  const start = tape.at[begin] ?? 0;
  return {
    ...tape,
    rows,
    kinds,
    markets,
    venueAt: column(tape.venueAt, () => start),
    at: column(tape.at, () => start),
    a: column(tape.a, (row) => tape.a[row] ?? 0),
    b: column(tape.b, (row) => tape.b[row] ?? 0),
  };
}

/** Rows of the newest rate of each market, and of the newest mark where more follow: one alone would stand for the whole time. */
function newestBefore({ kinds, markets }: Tape, begin: number, end: number): readonly number[] {
  const [rates, marks, marked] = [new Map<number, number>(), new Map<number, number>(), new Set<number>()];
  for (let row = 0; row < end; row++) {
    const [kind, market] = [(kinds[row] ?? 0) & 0x7f, markets[row] ?? 0];
    if (kind === tapeRow.mark && row >= begin) marked.add(market);
    else if (kind === tapeRow.mark) marks.set(market, row);
    else if (kind === tapeRow.funding && row < begin) rates.set(market, row);
  }
  return [...rates.values(), ...[...marks].flatMap(([market, row]) => (marked.has(market) ? [row] : []))];
}

function beyondOf({ rows, kinds, markets, b }: Tape, begin: number, end: number): Played["beyond"] {
  const [inside, outside] = [new Set<string>(), new Set<string>()];
  let marks = 0;
  for (let row = 0; row < rows; row++) {
    const isBeyond = row < begin || row >= end;
    const kind = (kinds[row] ?? 0) & 0x7f;
    if (kind === tapeRow.funding) (isBeyond ? outside : inside).add(`${markets[row] ?? 0} ${b[row] ?? 0}`);
    else if (kind === tapeRow.mark && isBeyond) marks += 1;
  }
  return { rates: [...outside].filter((each) => !inside.has(each)).length, marks };
}
