// Round trips: fills matched first in, first out, and what happened on the way.
import type { FillColumns } from "./fills.ts";
import type { Samples } from "./samples.ts";

/** Round trips as columns of one length. */
export interface Trips {
  readonly market: Int32Array;
  /** 1 long, −1 short. */
  readonly side: Int8Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly size: Float64Array;
  readonly entry: Float64Array;
  readonly exit: Float64Array;
  /** Quote, after fees. */
  readonly net: Float64Array;
  readonly count: number;
}

interface Lot {
  readonly row: number;
  left: number;
}

/** Less than this of a lot is a remainder of arithmetic. */
const dust = 1e-12;

/** Matches the fills of each market. A fill that closes several lots makes a trip of each. */
export function tripsOf(fills: FillColumns): Trips {
  const [at, market, price, signed, fee] = [fills.at, fills.market, fills.price, fills.signed, fills.fee].map((each) =>
    each.view(),
  );
  const open = new Map<number, { lots: Lot[]; first: number }>();
  const found: {
    market: number;
    side: number;
    from: number;
    to: number;
    size: number;
    entry: number;
    exit: number;
    net: number;
  }[] = [];
  const feeOf = (row: number, size: number) => ((fee?.[row] ?? 0) * size) / Math.abs(signed?.[row] ?? 1);
  for (let row = 0; row < (at?.length ?? 0); row++) {
    const place = market?.[row] ?? 0;
    const book = open.get(place) ?? { lots: [], first: 0 };
    open.set(place, book);
    let left = signed?.[row] ?? 0;
    while (Math.abs(left) > dust) {
      const lot = book.lots[book.first];
      if (lot === undefined || Math.sign(lot.left) === Math.sign(left)) {
        book.lots.push({ row, left });
        break;
      }
      const size = Math.min(Math.abs(lot.left), Math.abs(left));
      const side = Math.sign(lot.left);
      const [entry, exit] = [price?.[lot.row] ?? 0, price?.[row] ?? 0];
      found.push({
        market: place,
        side,
        from: at?.[lot.row] ?? 0,
        to: at?.[row] ?? 0,
        size,
        entry,
        exit,
        net: (exit - entry) * side * size - feeOf(lot.row, size) - feeOf(row, size),
      });
      lot.left -= side * size;
      left += side * size;
      if (Math.abs(lot.left) <= dust) book.first += 1;
    }
    if (book.first > 1_000) {
      book.lots.splice(0, book.first);
      book.first = 0;
    }
  }
  return {
    market: Int32Array.from(found, (each) => each.market),
    side: Int8Array.from(found, (each) => each.side),
    from: Float64Array.from(found, (each) => each.from),
    to: Float64Array.from(found, (each) => each.to),
    size: Float64Array.from(found, (each) => each.size),
    entry: Float64Array.from(found, (each) => each.entry),
    exit: Float64Array.from(found, (each) => each.exit),
    net: Float64Array.from(found, (each) => each.net),
    count: found.length,
  };
}

/**
 * The worst and the best that a trip was at, quote, before fees, as far as prices were sampled.
 *
 * @param row - of the trip
 */
export function excursion(trips: Trips, row: number, samples: Samples): { readonly mae: number; readonly mfe: number } {
  const [from, to] = [trips.from[row] ?? 0, trips.to[row] ?? 0];
  const [entry, exit] = [trips.entry[row] ?? 0, trips.exit[row] ?? 0];
  const side = trips.side[row] ?? 1;
  const size = trips.size[row] ?? 0;
  const times = samples.at.view();
  const prices = samples.price[trips.market[row] ?? 0]?.view();
  let [worst, best] = [Math.min(0, (exit - entry) * side), Math.max(0, (exit - entry) * side)];
  for (let at = lowerBound(times, from); at < times.length && (times[at] ?? 0) <= to; at++) {
    const move = ((prices?.[at] ?? Number.NaN) - entry) * side;
    if (move < worst) worst = move;
    else if (move > best) best = move;
  }
  return { mae: worst * size, mfe: best * size };
}

/** The first place that is not below a value. */
export function lowerBound(ordered: Float64Array, value: number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
