// The venue's whole truth laid over ours: which orders stand, which are gone, and what we did not know of.
import { type AccountSnapshot, type ClientId, type OpenOrder, venueOf } from "@bp/core";
import { type Order, owing } from "./orders.ts";
import type { World } from "./world.ts";

/** What was found, for the log and for the rules. */
export interface Findings {
  /** Orders of ours that the venue no longer has. */
  readonly gone: readonly ClientId[];
  /** Orders that we thought were gone and that stand; they are in their slots again. */
  readonly revived: readonly ClientId[];
  /** Orders of ours that stand although their slot has a newer one: to be cancelled. */
  readonly surplus: readonly Order[];
  /** Orders of which fills are known that no list of fills has. */
  readonly forgiven: readonly ClientId[];
  /** Orders that should have been there and were not, too young to be sure. */
  readonly young: readonly ClientId[];
  /** Orders that nobody here placed. */
  readonly foreign: readonly OpenOrder[];
}

/** How long things may be on their way, in ms. */
export interface Patience {
  /** A request: the venue's window and a margin. */
  readonly graceMs: number;
  /** An answer, and what the lists of a venue may lag behind each other. */
  readonly patienceMs: number;
}

/**
 * Lays the orders of a snapshot over ours (the fills and positions are the account's business and come first).
 *
 * | we think | the snapshot says | we do |
 * |---|---|---|
 * | not accepted yet, younger than the grace time | absent | nothing: it may still be on the wire |
 * | accepted after the snapshot, or a moment before it | absent | nothing: the snapshot may be older, we ask again |
 * | an IOC that was accepted before the snapshot | absent | gone, since it never rests |
 * | placing, open, cancelling, unknown; older | absent | gone; its fills come from the list of fills |
 * | over, but fills of it are missing for long | absent | gone; the position says the rest |
 * | any | open, more filled | take the larger total |
 * | unknown; cancelling for a while | open | open: the plan decides anew |
 * | ended before the snapshot | open | revive it in its slot, or cancel it if the slot has a newer one |
 * | ended after the snapshot | open | nothing: the snapshot is older |
 * | never heard of | open | foreign: told, never touched |
 */
export function layOrders(snapshot: AccountSnapshot, world: World, { graceMs, patienceMs }: Patience): Findings {
  const { orders, now } = world;
  const { asOf } = snapshot;
  const standing = new Set<ClientId>();
  const foreign: OpenOrder[] = [];
  const surplus: Order[] = [];
  const revived: ClientId[] = [];
  const forgiven: ClientId[] = [];
  const young: ClientId[] = [];
  const gone: ClientId[] = [];

  for (const open of snapshot.orders) {
    const order = open.clientId === undefined ? undefined : orders.find(open.clientId);
    if (order === undefined || order.instrument !== open.instrument || order.side !== open.side) {
      foreign.push(open);
      continue;
    }
    standing.add(order.clientId);
    const overAt = order.endedAt ?? order.overAt;
    if (overAt !== undefined) {
      if (overAt >= asOf) continue; // it ended after the snapshot was taken
      const newer = orders.inSlot(order.slot);
      if (newer !== undefined && newer !== order) {
        surplus.push(order);
        continue;
      }
      orders.revive(order, now);
      revived.push(order.clientId);
    }
    order.acceptedAt ??= asOf;
    orders.filledTo(order, open.filled, now, asOf);
    orders.told(order, "order.accepted", now, asOf);
    if (order.state === "cancelling" && now - order.since > patienceMs) orders.stands(order, now);
  }

  for (const order of orders.live.values()) {
    if (venueOf(order.instrument) !== snapshot.venue) continue;
    if (owing(order) && asOf - order.filledAt > patienceMs) {
      orders.forgive(order);
      forgiven.push(order.clientId);
    }
    if (order.endedAt !== undefined || standing.has(order.clientId)) continue;
    if (mayStand(order)) {
      if (order.acceptedAt !== undefined && order.acceptedAt <= asOf) young.push(order.clientId);
      continue;
    }
    gone.push(order.clientId);
    orders.end(order, asOf);
  }
  return { gone, revived, surplus, forgiven, young, foreign };

  /** Whether the absence of an order proves nothing yet, or its fills are still waited for. */
  function mayStand(order: Order): boolean {
    if (order.overAt !== undefined) return true;
    if (order.acceptedAt === undefined) return Math.min(now, asOf) - order.placedAt <= graceMs;
    const rests = order.tif === "gtc" || order.tif === "gtx";
    return order.acceptedAt > (rests ? asOf - patienceMs : asOf);
  }
}
