// How far the venue's times in a recording lie before those that a run was told: readers set clocks right, journals do not.
import type { OwnOrder } from "@bp/backtest";
import { type InstrumentId, type Tape, tapeRow } from "@bp/core";
import type { Line } from "@bp/journal";

/** A print as a run was told of it. */
interface Told {
  readonly instrument: InstrumentId;
  readonly price: number;
  readonly size: number;
  readonly venueAt: number;
}

/** Clocks that are further apart are not looked for, ms. */
const mostMs = 3_600_000;
/** Prints that are looked for, evenly spread. */
const samples = 1_000;
const leastVotes = 3;
const leastShare = 0.2;

/**
 * By how much the tape's venue times are before the run's, whole ms: the distance at which most prints of the run are found among those of
 * the tape, market, price and size being the same. A millisecond is rounding, and none.
 *
 * @param lines - of the run; the prints that it was told are looked for, and its own trades where it kept none
 * @returns `undefined` where no distance stands out: other prints, or none
 */
export function clockBetween(lines: Iterable<Line>, orders: readonly OwnOrder[], tape: Tape): number | undefined {
  const prints = printsOf(lines);
  const all = (prints.length === 0 ? tradesOf(orders) : prints).filter((each) => isWithin(tape, each));
  const every = Math.max(1, Math.floor(all.length / samples));
  const found = timesOf(tape);
  const distances: number[] = [];
  let asked = 0;
  for (let at = 0; at < all.length; at += every) {
    const print = all[at];
    const times = print === undefined ? undefined : found.get(keyOf(print.instrument, print.price, print.size));
    if (print === undefined || times === undefined) continue;
    asked += 1;
    for (const time of times) if (Math.abs(print.venueAt - time) <= mostMs) distances.push(print.venueAt - time);
  }
  const usual = densest(distances);
  if (usual.length < Math.max(leastVotes, asked * leastShare)) return undefined;
  const between = Math.round(usual[Math.floor(usual.length / 2)] ?? 0);
  return Math.abs(between) <= 1 ? 0 : between;
}

function printsOf(lines: Iterable<Line>): readonly Told[] {
  const found: Told[] = [];
  for (const { entry } of lines)
    if (entry.dir === "in" && entry.event.type === "trade.printed") {
      const { instrument, price, size, venueAt } = entry.event;
      found.push({ instrument, price, size, venueAt });
    }
  return found;
}

const tradesOf = (orders: readonly OwnOrder[]): readonly Told[] =>
  orders.flatMap(({ instrument, trades }) =>
    trades.map(({ price, size, venueAt }) => ({ instrument, price, size, venueAt })),
  );

const isWithin = ({ venueAt, rows }: Tape, told: Told) =>
  told.venueAt >= (venueAt[0] ?? 0) - mostMs && told.venueAt <= (venueAt[rows - 1] ?? 0) + mostMs;

const keyOf = (instrument: InstrumentId, price: number, size: number) => `${instrument} ${price} ${size}`;

/** When the venue says that there were prints of a market, a price and a size. */
function timesOf({ instruments, rows, kinds, markets, a, b, venueAt }: Tape): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const kind = (kinds[row] ?? 0) & 0x7f;
    const market = instruments[markets[row] ?? 0];
    if (market === undefined || (kind !== tapeRow.bought && kind !== tapeRow.sold)) continue;
    const key = keyOf(market.id, a[row] ?? 0, b[row] ?? 0);
    const known = times.get(key);
    if (known === undefined) times.set(key, [venueAt[row] ?? 0]);
    else known.push(venueAt[row] ?? 0);
  }
  return times;
}

/**
 * Of many numbers the most that lie within two of each other, in order: whole and broken milliseconds are that far apart. Of equally
 * many those nearest to 0: prints that come at regular distances agree at several.
 */
function densest(values: readonly number[]): readonly number[] {
  const sorted = [...values].toSorted((a, b) => a - b);
  let best: readonly [first: number, count: number] = [0, 0];
  for (let from = 0, to = 0; from < sorted.length; from++) {
    while (to < sorted.length && (sorted[to] ?? 0) - (sorted[from] ?? 0) <= 2) to += 1;
    const isNearer = Math.abs(sorted[from] ?? 0) < Math.abs(sorted[best[0]] ?? 0);
    if (to - from > best[1] || (to - from === best[1] && isNearer)) best = [from, to - from];
  }
  return sorted.slice(best[0], best[0] + best[1]);
}
