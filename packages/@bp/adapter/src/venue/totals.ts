// Lists of trades as fills: named, sorted, with the running total of each order.
import { type Fill, lots } from "@bp/core";
import type { PastFill } from "./orderApi.ts";

/** Key of a trade: an id is only unique together with its order (both sides of a trade can be ours). */
export function tradeKey(fill: Pick<Fill, "tradeId" | "venueOrderId" | "instrument">): string {
  return `${fill.instrument} ${fill.venueOrderId} ${fill.tradeId}`;
}

/**
 * Trades as fills, oldest first, with running totals.
 *
 * @param executedOf - all that an order has filled, where somebody knows it better than the trades that are here
 */
export function withTotals(
  rows: readonly PastFill[],
  executedOf: (venueOrderId: string) => number | undefined = () => undefined,
): Fill[] {
  const oldestFirst = rows.toSorted((a, b) => a.venueAt - b.venueAt || compareIds(a.tradeId, b.tradeId));
  const sums = new Map<string, number>();
  for (const { venueOrderId, size } of oldestFirst) sums.set(venueOrderId, (sums.get(venueOrderId) ?? 0) + size);
  const running = new Map<string, number>();
  return oldestFirst.map((row) => {
    const id = row.venueOrderId;
    const before = Math.max(0, (executedOf(id) ?? 0) - (sums.get(id) ?? 0)); // older than the rows that are here
    const total = (running.get(id) ?? before) + row.size;
    running.set(id, total);
    return { ...row, total: lots(total) };
  });
}

/** Ids of digits by their number; names that are none stand before them. */
function compareIds(a: string, b: string): number {
  const numbered = (id: string) => (/^\d+$/.test(id) ? id : "0");
  const [x, y] = [numbered(a), numbered(b)];
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0); // never as a float: ids pass 2^53
}
