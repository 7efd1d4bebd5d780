// Another future: the same tape up to a moment, and turned upside down from there on.
import { lastOfMessage, type Tape, tapeRow } from "@bp/core";
import { sizesTurned } from "./turnedSizes.ts";

/**
 * A tape that is equal to another one up to a row and then moves as far down as that one moves up, with large sizes and volumes
 * where that one has small ones. Books are whole again at the turn; prices that would fall to nothing are left out.
 *
 * A candle that lasts at the turn has another volume from its open on: it is told there, and known at its end.
 *
 * @param row - the first row that is turned; the first of a message
 */
export function mirroredFrom(tape: Tape, row: number): Tape {
  const pivots = pivotsAt(tape, row);
  const turned = rowsOfBooks(pivots);
  const rows = tape.rows + turned.length;
  const kinds = new Uint8Array(rows);
  const markets = new Uint8Array(rows);
  const columns = [0, 1, 2, 3].map(() => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]; // four were made
  const [venueAt, at, a, b] = columns;
  kinds.set(tape.kinds.subarray(0, row));
  markets.set(tape.markets.subarray(0, row));
  venueAt.set(tape.venueAt.subarray(0, row));
  at.set(tape.at.subarray(0, row));
  a.set(tape.a.subarray(0, row));
  b.set(tape.b.subarray(0, row));
  const sizeOf = sizesTurned(tape);
  for (const begun of candlesAt(tape, row)) b[begun] = sizeOf(tapeRow.open, markets[begun] ?? 0, b[begun] ?? 0);
  let next = row;
  const put = (kind: number, market: number, when: readonly [number, number], first: number, second: number) => {
    kinds[next] = kind;
    markets[next] = market;
    [venueAt[next], at[next]] = when;
    a[next] = first;
    b[next] = second;
    next += 1;
  };
  const now = [tape.venueAt[row] ?? 0, tape.at[row] ?? 0] as const;
  for (const { kind, market, price, size } of turned) put(kind, market, now, price, size);
  for (let old = row; old < tape.rows; old++) {
    const kind = tape.kinds[old] ?? 0;
    const market = tape.markets[old] ?? 0;
    const pivot = pivots[market]?.twice ?? 0;
    const told = sizeOf(kind & 0x7f, market, tape.b[old] ?? 0);
    const [first, second] = turn(kind & 0x7f, pivot, tape.a[old] ?? 0, told);
    put(flip(kind & 0x7f) | (kind & lastOfMessage), market, [tape.venueAt[old] ?? 0, tape.at[old] ?? 0], first, second);
  }
  return { ...tape, rows, kinds, markets, venueAt, at, a, b, digest: `${tape.digest}, turned at row ${row}` };
}

/** The rows of the opens of candles that last at a row. */
function candlesAt(tape: Tape, row: number): readonly number[] {
  const begun = new Map<number, number>();
  for (let at = 0; at < row; at++) {
    const kind = (tape.kinds[at] ?? 0) & 0x7f;
    if (kind === tapeRow.open) begun.set(tape.markets[at] ?? 0, at);
    else if (kind === tapeRow.close) begun.delete(tape.markets[at] ?? 0);
  }
  return [...begun.values()];
}

/** One market at the turn. */
interface Pivot {
  /** Twice the price about which it turns, ticks. */
  readonly twice: number;
  readonly bids: ReadonlyMap<number, number>;
  readonly asks: ReadonlyMap<number, number>;
}

function pivotsAt(tape: Tape, row: number): readonly Pivot[] {
  const books = tape.instruments.map(() => ({
    bids: new Map<number, number>(),
    asks: new Map<number, number>(),
    last: 0,
  }));
  for (let at = 0; at < row; at++) {
    const book = books[tape.markets[at] ?? 0];
    if (book === undefined) continue;
    const kind = (tape.kinds[at] ?? 0) & 0x7f;
    const price = tape.a[at] ?? 0;
    if (kind === tapeRow.reset) {
      book.bids.clear();
      book.asks.clear();
    } else if (kind === tapeRow.bid || kind === tapeRow.ask) {
      const side = kind === tapeRow.bid ? book.bids : book.asks;
      if ((tape.b[at] ?? 0) === 0) side.delete(price);
      else side.set(price, tape.b[at] ?? 0);
    } else if (price > 0 && kind !== tapeRow.funding && kind !== tapeRow.lost) book.last = price;
  }
  return books.map(({ bids, asks, last }) => {
    const [bid, ask] = [Math.max(0, ...bids.keys()), Math.min(Infinity, ...asks.keys())];
    return { twice: bid > 0 && ask < Infinity ? bid + ask : Math.round(2 * last), bids, asks };
  });
}

/** The books at the turn as they are from then on: bids are asks. */
function rowsOfBooks(pivots: readonly Pivot[]) {
  return pivots.flatMap(({ twice, bids, asks }, market) => {
    if (bids.size + asks.size === 0) return [];
    const levels = [
      ...[...bids].map(([price, size]) => ({ kind: tapeRow.ask as number, market, price: twice - price, size })),
      ...[...asks].map(([price, size]) => ({ kind: tapeRow.bid as number, market, price: twice - price, size })),
    ].filter(({ price }) => price > 0);
    const rows = [{ kind: tapeRow.reset as number, market, price: 0, size: 0 }, ...levels];
    return rows.map((each, at) => (at === rows.length - 1 ? { ...each, kind: each.kind | lastOfMessage } : each));
  });
}

const flips: Readonly<Record<number, number>> = {
  [tapeRow.bid]: tapeRow.ask,
  [tapeRow.ask]: tapeRow.bid,
  [tapeRow.bought]: tapeRow.sold,
  [tapeRow.sold]: tapeRow.bought,
};
const flip = (kind: number): number => flips[kind] ?? kind;

/** The two values of a row turned about half of `twice`. A price that would not be above 0 becomes the smallest there is, without size. */
function turn(kind: number, twice: number, a: number, b: number): readonly [number, number] {
  switch (kind) {
    case tapeRow.bid:
    case tapeRow.ask:
      return twice - a > 0 ? [twice - a, b] : [1, 0];
    case tapeRow.bought:
    case tapeRow.sold:
    case tapeRow.open:
    case tapeRow.close:
      return [Math.max(1, twice - a), b];
    case tapeRow.mark:
      return [Math.max(1, twice - a), Math.max(1, twice - b)];
    case tapeRow.funding:
      return [-a, b];
    case tapeRow.swing1:
    case tapeRow.swing2:
      return [Math.max(1, twice - b), Math.max(1, twice - a)]; // the high is the low
    default:
      return [a, b];
  }
}
