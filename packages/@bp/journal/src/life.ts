// The life of each order of a run, as its entries tell it.
import type { ClientId, Entry, Event, Instrument, InstrumentId, PlaceOrder } from "@bp/core";

/** How long an order that no snapshot shows may still be on the wire, in ms; the engine's own default. */
const graceMs = 10_000;

/** An order as the table shows it. */
export interface Order {
  readonly command: PlaceOrder;
  /** As it was when the order was placed: its grid is the one of price and size. */
  readonly instrument: Instrument | undefined;
  readonly seq: number;
  readonly placedAt: number;
  state: string;
  live: boolean;
  filled: number;
  venueOrderId: string | undefined;
  acceptedAt: number | undefined;
  endedAt: number | undefined;
  text: string;
}

/** A command of ours. */
export function foldCommand(
  orders: Map<ClientId, Order>,
  entry: Extract<Entry, { dir: "out" }>,
  seq: number,
  at: number,
  instruments: ReadonlyMap<InstrumentId, Instrument>,
): void {
  const { command } = entry;
  if (command.type === "order.place")
    orders.set(command.clientId, {
      command,
      instrument: instruments.get(command.instrument),
      seq,
      placedAt: at,
      state: "placing",
      live: true,
      filled: 0,
      venueOrderId: undefined,
      acceptedAt: undefined,
      endedAt: undefined,
      text: "",
    });
  if (command.type === "order.cancel") {
    const order = orders.get(command.clientId);
    if (order?.live === true) order.state = "cancelling";
  }
}

/** A fact about the life of one order, fills excepted. */
export function foldOrder(orders: Map<ClientId, Order>, event: Event): void {
  if (!("clientId" in event) || event.type === "order.filled" || event.clientId === undefined) return;
  const order = orders.get(event.clientId);
  if (order === undefined || !order.live) return;
  switch (event.type) {
    case "order.accepted":
      order.venueOrderId = event.venueOrderId;
      order.acceptedAt ??= event.venueAt;
      if (order.state !== "cancelling") order.state = "open";
      return;
    case "order.cancelled":
      end(order, "cancelled", event.venueAt, "");
      return;
    case "order.expired":
      end(order, "expired", event.venueAt, event.text);
      return;
    case "order.rejected":
      if (order.state !== "open") end(order, "rejected", event.venueAt, event.text);
      return;
    case "order.doubted":
      if (order.state !== "open") order.state = "unknown";
      order.text = event.text;
      return;
  }
}

/** The venue's list of open orders: what it lacks is gone, unless it may still be on the wire. */
export function foldSnapshot(
  orders: Map<ClientId, Order>,
  snapshot: Extract<Event, { type: "account.snapshot" }>,
): void {
  const standing = new Map(
    snapshot.orders.flatMap((each) => (each.clientId === undefined ? [] : [[each.clientId, each]])),
  );
  for (const order of orders.values()) {
    const { instrument, clientId } = order.command;
    if (!order.live || !instrument.startsWith(`${snapshot.venue}:`)) continue;
    const open = standing.get(clientId);
    if (open !== undefined) {
      order.acceptedAt ??= snapshot.asOf;
      if (order.state !== "cancelling") order.state = "open";
      filledTo(order, open.filled, snapshot.asOf, open.venueOrderId);
    } else if (
      order.acceptedAt === undefined ? snapshot.at - order.placedAt > graceMs : order.acceptedAt <= snapshot.asOf
    )
      end(order, "gone", snapshot.asOf, "not in the venue's list of open orders");
  }
}

/** Raises what an order has filled; never lowers it. */
export function filledTo(order: Order, total: number, at: number, venueOrderId: string): void {
  order.venueOrderId ??= venueOrderId;
  order.acceptedAt ??= at;
  order.filled = Math.max(order.filled, Math.min(total, order.command.size));
  if (order.filled === order.command.size) {
    order.state = "filled"; // also if its end was told before its last fill
    order.live = false;
    order.endedAt ??= at;
  } else if (order.state === "placing" || order.state === "unknown") order.state = "open";
}

function end(order: Order, state: string, at: number, text: string): void {
  order.state = state;
  order.live = false;
  order.endedAt = at;
  order.text = text;
}
