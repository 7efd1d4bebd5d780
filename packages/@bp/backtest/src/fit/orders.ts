// Own orders as a journal tells them: when they were sent, stood, traded and ended, by both clocks.
import type { Entry, Event, Fill, Lots, Millis, OrderFilled, PlaceOrder, Ticks } from "@bp/core";

/** A trade of an own order. */
export interface OwnTrade {
  readonly tradeId: string;
  readonly price: Ticks;
  readonly size: Lots;
  /** By the venue's clock. */
  readonly venueAt: Millis;
  /** When we heard of it; by our clock. */
  readonly at: Millis;
  readonly liquidity: "maker" | "taker";
}

/** An own order from its command to its end. Times of the venue are `undefined` where it never told them. */
export interface OwnOrder extends Omit<PlaceOrder, "type"> {
  /** When it was decided, by our clock. */
  readonly sentAt: Millis;
  /** When the venue took it, by its clock; where nobody told, its first trade. */
  readonly acceptedAt: Millis | undefined;
  /** When we heard that. */
  readonly heardAt: Millis | undefined;
  readonly cancelSentAt: Millis | undefined;
  /** When it was gone, by the venue's clock. */
  readonly endedAt: Millis | undefined;
  readonly endHeardAt: Millis | undefined;
  readonly end: "filled" | "cancelled" | "expired" | "rejected" | undefined;
  /** Why it was rejected or expired. */
  readonly reason: string | undefined;
  /** Each once, oldest first. */
  readonly trades: readonly OwnTrade[];
}

type Draft = { -readonly [Key in keyof OwnOrder]: OwnOrder[Key] } & { trades: OwnTrade[] };

/** A line of a journal. @see `Line` of `@bp/journal` */
export interface DatedEntry {
  /** Of a command: the time of the event that led to it. */
  readonly at: Millis;
  readonly entry: Entry;
}

/**
 * The orders of a journal, oldest first. Facts that came twice count once; a trade that only a snapshot told counts too.
 *
 * @param lines - of one run, in their order
 */
export function ownOrdersOf(lines: Iterable<DatedEntry>): readonly OwnOrder[] {
  const orders = new Map<number, Draft>();
  for (const { at, entry } of lines) {
    if (entry.dir === "in") hear(orders, entry.event);
    else if (entry.dir === "out" && entry.command.type === "order.place")
      orders.set(entry.command.clientId, drafted(entry.command, at));
    else if (entry.dir === "out" && entry.command.type === "order.cancel") {
      const order = orders.get(entry.command.clientId);
      if (order !== undefined) order.cancelSentAt ??= at;
    }
  }
  for (const order of orders.values()) {
    order.trades.sort((a, b) => a.venueAt - b.venueAt);
    const [first] = order.trades;
    if (order.acceptedAt === undefined && order.end !== "rejected") order.acceptedAt = first?.venueAt;
    const traded = order.trades.reduce((sum, { size }) => sum + size, 0);
    if (traded < order.size) continue;
    order.end = "filled";
    order.endedAt = order.trades.at(-1)?.venueAt;
  }
  return [...orders.values()];
}

function drafted(place: PlaceOrder, sentAt: Millis): Draft {
  const { type: _, ...order } = place;
  const times = { acceptedAt: undefined, heardAt: undefined, cancelSentAt: undefined, endedAt: undefined };
  return { ...order, sentAt, ...times, endHeardAt: undefined, end: undefined, reason: undefined, trades: [] };
}

function hear(orders: ReadonlyMap<number, Draft>, event: Event): void {
  if (event.type === "account.snapshot") {
    for (const fill of event.fills) trade(orders, fill, event.at);
    return;
  }
  if (event.type === "order.filled") {
    trade(orders, event, event.at);
    return;
  }
  if (!("clientId" in event) || event.clientId === undefined) return;
  const order = orders.get(event.clientId);
  if (order === undefined) return;
  if (event.type === "order.accepted") {
    if (order.acceptedAt !== undefined) return;
    order.acceptedAt = event.venueAt;
    order.heardAt = event.at;
  } else if (event.type === "order.cancelled" || event.type === "order.expired" || event.type === "order.rejected") {
    if (order.end !== undefined) return;
    order.end =
      event.type === "order.cancelled" ? "cancelled" : event.type === "order.expired" ? "expired" : "rejected";
    order.endedAt = event.venueAt;
    order.endHeardAt = event.at;
    if (event.type !== "order.cancelled") order.reason = event.reason;
  }
}

function trade(orders: ReadonlyMap<number, Draft>, fill: (OrderFilled & { venueAt: Millis }) | Fill, at: Millis): void {
  const order = fill.clientId === undefined ? undefined : orders.get(fill.clientId);
  if (order === undefined || order.trades.some(({ tradeId }) => tradeId === fill.tradeId)) return;
  const { tradeId, price, size, venueAt, liquidity } = fill;
  order.trades.push({ tradeId, price, size, venueAt, at, liquidity });
}
