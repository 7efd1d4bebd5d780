// The rows of one exchange out of a tape of several.
import { lastOfMessage, type Tape, venueOf } from "@bp/core";

/**
 * What a tape holds of one exchange. The same object where it holds nothing else; its digest stays that of the whole.
 *
 * @param exchange - the first part of the instruments' ids
 */
export function partOf(tape: Tape, exchange: string): Tape {
  const places = tape.instruments.flatMap(({ id }, at) => (venueOf(id) === exchange ? [at] : []));
  if (places.length === tape.instruments.length) return tape;
  const fresh = new Map(places.map((old, at) => [old, at]));
  let count = 0;
  for (let row = 0; row < tape.rows; row++) if (fresh.has(tape.markets[row] ?? -1)) count += 1;
  const kinds = new Uint8Array(count);
  const markets = new Uint8Array(count);
  const [venueAt, at, a, b] = [0, 1, 2, 3].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]; // four were made
  let next = 0;
  for (let row = 0; row < tape.rows; row++) {
    const market = fresh.get(tape.markets[row] ?? -1);
    const kind = tape.kinds[row] ?? 0;
    if (market === undefined) {
      if (kind >= lastOfMessage && next > 0) kinds[next - 1] = (kinds[next - 1] ?? 0) | lastOfMessage; // a message of several markets
      continue;
    }
    kinds[next] = kind;
    markets[next] = market;
    venueAt[next] = tape.venueAt[row] ?? 0;
    at[next] = tape.at[row] ?? 0;
    a[next] = tape.a[row] ?? 0;
    b[next] = tape.b[row] ?? 0;
    next += 1;
  }
  const instruments = tape.instruments.filter(({ id }) => venueOf(id) === exchange);
  return { ...tape, instruments, rows: count, kinds, markets, venueAt, at, a, b };
}
