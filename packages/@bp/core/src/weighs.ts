// Which events can change what we are worth.
import type { Event } from "./event.ts";

/** Whether it is a fill, a mark, funding, a snapshot or a timer; others are spared the arithmetic. Books alone are seen at the next beat. */
export function weighs({ type }: Event): boolean {
  return (
    type === "order.filled" ||
    type === "mark.changed" ||
    type === "funding.paid" ||
    type === "account.snapshot" ||
    type === "timer.fired"
  );
}
