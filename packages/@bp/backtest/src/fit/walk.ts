// A tape in the order in which the venue says that things happened.
import { type Tape, tapeRow } from "@bp/core";

const printed = (kind: number) => (kind & 0x7f) === tapeRow.bought || (kind & 0x7f) === tapeRow.sold;

/**
 * The rows of a tape by the venue's clock. At one moment prints come before levels: a level tells what is left after them.
 * Otherwise the order of the tape stays.
 */
export function byVenueTime({ rows, kinds, venueAt }: Tape): Uint32Array {
  const order = new Uint32Array(rows);
  let rising = true;
  for (let row = 0; row < rows; row++) {
    order[row] = row;
    if (row > 0 && (venueAt[row] ?? 0) < (venueAt[row - 1] ?? 0)) rising = false;
  }
  const rank = (row: number) => (printed(kinds[row] ?? 0) ? 0 : 1);
  if (!rising) {
    order.sort((a, b) => (venueAt[a] ?? 0) - (venueAt[b] ?? 0) || rank(a) - rank(b) || a - b);
    return order;
  }
  for (let from = 0; from < rows; ) {
    let to = from + 1;
    while (to < rows && venueAt[to] === venueAt[from]) to += 1;
    if (to - from > 1) order.subarray(from, to).sort((a, b) => rank(a) - rank(b) || a - b);
    from = to;
  }
  return order;
}
