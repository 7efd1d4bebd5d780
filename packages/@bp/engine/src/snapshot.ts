// The venue's whole truth laid over ours: which orders stand, which are gone, and what we did not know of.
import { type AccountSnapshot, type ClientId, type Millis, type OpenOrder, venueOf } from "@bp/core";
import type { World } from "./world.ts";

/** What was found, for the log and for the rules. */
export interface Findings {
  /** Orders of ours that the venue no longer has. */
  readonly gone: readonly ClientId[];
  /** Orders that we thought were gone and that stand: cancel them, or keep them in their slot. */
  readonly revived: readonly ClientId[];
  /** Orders of ours that stand although their slot has a newer one: to be cancelled. */
  readonly surplus: readonly OpenOrder[];
  /** Orders that nobody here placed. */
  readonly foreign: readonly OpenOrder[];
}

/**
 * Lays the orders of a snapshot over ours (the fills and positions are the account's business and come first).
 *
 * | we think | the snapshot says | we do |
 * |---|---|---|
 * | placing, younger than the grace time | absent | nothing: it may still be on the wire |
 * | any, accepted after the snapshot | absent | nothing: the snapshot is older |
 * | placing, open, cancelling, unknown | absent | gone; its fills come from the list of fills |
 * | any | open, more filled | take the larger total |
 * | unknown; cancelling for longer than the grace time | open | open: the plan decides anew |
 * | ended before the snapshot | open | revive it in its slot, or cancel it if the slot has a newer one |
 * | never heard of | open | foreign: counted, never touched |
 *
 * @param graceMs - how long a request may stay on the wire: the venue's window and a margin
 */
export function layOrders(snapshot: AccountSnapshot, world: World, graceMs: number): Findings {
  const { orders, now } = world;
  const standing = new Map<ClientId, OpenOrder>();
  const foreign: OpenOrder[] = [];
  const surplus: OpenOrder[] = [];
  const revived: ClientId[] = [];
  const gone: ClientId[] = [];

  for (const open of snapshot.orders) {
    const order = open.clientId === undefined ? undefined : orders.find(open.clientId);
    if (order === undefined || open.clientId === undefined || order.instrument !== open.instrument) {
      foreign.push(open);
      continue;
    }
    standing.set(order.clientId, open);
    if (order.endedAt !== undefined && order.endedAt < snapshot.asOf) {
      if (orders.inSlot(order.slot) !== undefined) {
        surplus.push(open);
        continue;
      }
      orders.revive(order, now);
      revived.push(order.clientId);
    }
    if (order.endedAt !== undefined) continue; // it ended after the snapshot was taken
    order.acceptedAt ??= snapshot.asOf;
    orders.filledTo(order, open.filled, snapshot.asOf);
    orders.told(order, "order.accepted", now, snapshot.asOf);
    if (order.state === "cancelling" && now - order.since > graceMs) orders.stands(order, now);
  }

  for (const order of [...orders.live.values()]) {
    if (venueOf(order.instrument) !== snapshot.venue || standing.has(order.clientId)) continue;
    if (onTheWire(order, snapshot.asOf, now, graceMs)) continue;
    gone.push(order.clientId);
    orders.end(order, snapshot.asOf);
  }
  return { gone, revived, surplus, foreign };
}

function onTheWire(
  order: { readonly acceptedAt: Millis | undefined; readonly placedAt: Millis },
  asOf: Millis,
  now: Millis,
  graceMs: number,
): boolean {
  if (order.acceptedAt !== undefined) return order.acceptedAt > asOf;
  return now - order.placedAt <= graceMs;
}
