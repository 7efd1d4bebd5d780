// Whether data tell when they were received, or only when it happened.
import { type Tape, venueOf } from "@bp/core";

/** Whether anything of an exchange was received at another moment than it happened. Files without receipt times have none. */
export function hasReceiptTimes({ instruments, rows, markets, at, venueAt }: Tape, exchange: string): boolean {
  const isTheirs = instruments.map(({ id }) => venueOf(id) === exchange);
  for (let row = 0; row < rows; row++)
    if (at[row] !== venueAt[row] && isTheirs[markets[row] ?? 0] === true) return true;
  return false;
}
