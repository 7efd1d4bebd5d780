// Which events can change what we are worth.
import type { Event } from "@bp/core";

/** Fills, marks, funding, snapshots and timers; others are spared the arithmetic. Books alone are seen at the next beat. */
export function weighs({ type }: Event): boolean {
  return (
    type === "order.filled" ||
    type === "mark.changed" ||
    type === "funding.paid" ||
    type === "account.snapshot" ||
    type === "timer.fired"
  );
}
