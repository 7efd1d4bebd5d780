// Whether data tell when they were received, or only when it happened.
import type { Tape } from "@bp/core";

/** Whether anything on a tape was received at another moment than it happened. Files without receipt times have none. */
export function hasReceiptTimes({ rows, at, venueAt }: Tape): boolean {
  for (let row = 0; row < rows; row++) if (at[row] !== venueAt[row]) return true;
  return false;
}
