// Our orders by slot: which may be at the venue, in which state, and what each is for.
import {
  type ClientId,
  type EventOf,
  type InstrumentId,
  type Lots,
  lots,
  type Millis,
  millis,
  type OrderState,
  type OrderView,
  orderAfter,
  type PlaceOrder,
  type Side,
} from "@bp/core";

/** An order of ours, from the moment it is commanded. */
export interface Order extends OrderView {
  readonly strategy: string;
  readonly tif: PlaceOrder["tif"];
  /** When it was sent. */
  placedAt: Millis;
  /** The largest total that anybody has told of it. */
  filled: Lots;
  /** What of `filled` was counted in the account, trade by trade; less while a fill is missing. */
  counted: Lots;
  /** Venue time of the fact that raised `filled`. */
  filledAt: Millis;
  state: OrderState;
  since: Millis;
  /** Venue time of the acceptance, once we know it. */
  acceptedAt: Millis | undefined;
  /** Venue time of its end, once we know it. It keeps its slot until its fills are counted. */
  overAt: Millis | undefined;
  /** Venue time from which it was no longer there; set when its slot is free. */
  endedAt: Millis | undefined;
}

/** How many ended orders are remembered, so that a late fill still finds its strategy. */
const remembered = 5_000;

/** All orders of ours, with the two sums that rules ask for on every event. */
export interface Orders {
  /** Orders that may be at the venue, oldest first. */
  readonly live: ReadonlyMap<ClientId, Order>;
  /** The live order of a slot. */
  inSlot(slot: string): Order | undefined;
  /** Any order that is still remembered, live or ended. */
  find(clientId: ClientId): Order | undefined;
  /** What is left to fill of the live orders of a side, in lots. */
  working(instrument: InstrumentId, side: Side): Lots;
  /** Whether an order of the instrument is in doubt, or a fill of one is missing. */
  doubtful(instrument: InstrumentId): boolean;
  placed(command: PlaceOrder, strategy: string, now: Millis): void;
  cancelling(order: Order, now: Millis): void;
  /** The state that a fact about its life leaves the order in. */
  told(order: Order, fact: OrderFact["type"], now: Millis, venueAt: Millis): void;
  /** Raises the filled total; never lowers it. The order is over when nothing is left. */
  filledTo(order: Order, total: number, now: Millis, venueAt: Millis): void;
  /** A trade of the order was counted in the account. */
  counted(order: Order, size: number): void;
  /** What is not counted yet will not be: the venue has told the whole, and the trades are not in it. */
  forgive(order: Order): void;
  /** It is gone, whatever is missing. */
  end(order: Order, venueAt: Millis): void;
  doubt(order: Order, now: Millis): void;
  /** The venue has shown that it stands: a cancel that was sent has not come about and may be sent again. */
  stands(order: Order, now: Millis): void;
  /** Time has leapt: what is waited for is given its time anew. */
  waited(ms: number): void;
  /** An ended order that turns out to stand after all. */
  revive(order: Order, now: Millis): void;
}

type OrderFact = EventOf<
  "order.accepted" | "order.cancelled" | "order.expired" | "order.rejected" | "order.doubted" | "order.filled"
>;

/** Whether fills are known of that the account has not counted. */
export function owing(order: Order): boolean {
  return order.counted < order.filled;
}

/**
 * A set of orders.
 *
 * @param from - copies of these are in it: what becomes of them does not touch the originals. Left out: it is empty
 */
export function createOrders(from: Iterable<Order> = []): Orders {
  const live = new Map<ClientId, Order>();
  const slots = new Map<string, Order>();
  const ended = new Map<ClientId, Order>();
  const sums = new Map<InstrumentId, { buy: number; sell: number }>();

  const add = (order: Order, size: number) => {
    let sum = sums.get(order.instrument);
    if (sum === undefined) {
      sum = { buy: 0, sell: 0 };
      sums.set(order.instrument, sum);
    }
    sum[order.side] += size;
  };
  const enter = (order: Order) => {
    live.set(order.clientId, order);
    slots.set(order.slot, order);
    add(order, order.size - order.filled);
  };
  const leave = (order: Order, venueAt: Millis) => {
    if (!live.delete(order.clientId)) return;
    if (slots.get(order.slot) === order) slots.delete(order.slot);
    add(order, order.filled - order.size);
    order.endedAt = venueAt;
    ended.set(order.clientId, order);
    if (ended.size > remembered) for (const oldest of ended.keys()) return void ended.delete(oldest);
  };
  const turn = (order: Order, state: OrderState, now: Millis) => {
    if (order.state === state) return;
    order.state = state;
    order.since = now;
  };
  /** The venue has let go of it. While a fill is missing its slot stays busy: who frees it early trades twice. */
  const over = (order: Order, now: Millis, venueAt: Millis) => {
    order.overAt ??= venueAt;
    if (owing(order)) turn(order, "unknown", now);
    else leave(order, order.overAt);
  };

  for (const order of from) enter({ ...order });
  return {
    live,
    inSlot: (slot) => slots.get(slot),
    find: (clientId) => live.get(clientId) ?? ended.get(clientId),
    working: (instrument, side) => lots(sums.get(instrument)?.[side] ?? 0),
    doubtful: (instrument) => {
      for (const order of live.values())
        if (order.instrument === instrument && (order.state === "unknown" || owing(order))) return true;
      return false;
    },
    placed: (command, strategy, now) =>
      enter({
        clientId: command.clientId,
        instrument: command.instrument,
        slot: command.slot,
        strategy,
        side: command.side,
        price: command.price,
        size: command.size,
        filled: lots(0),
        counted: lots(0),
        filledAt: now,
        tif: command.tif,
        postOnly: command.tif === "gtx",
        reduceOnly: command.reduceOnly,
        state: "placing",
        since: now,
        placedAt: now,
        acceptedAt: undefined,
        overAt: undefined,
        endedAt: undefined,
      }),
    cancelling: (order, now) => turn(order, "cancelling", now),
    told: (order, fact, now, venueAt) => {
      if (order.overAt !== undefined || order.endedAt !== undefined) return; // what comes later is older
      const next = orderAfter(order.state, fact);
      if (next === "gone") over(order, now, venueAt);
      else turn(order, next, now);
    },
    filledTo: (order, total, now, venueAt) => {
      const reached = Math.min(total, order.size);
      if (reached <= order.filled) return;
      if (live.has(order.clientId)) add(order, order.filled - reached);
      order.filled = lots(reached);
      order.filledAt = venueAt;
      if (reached === order.size && order.endedAt === undefined) over(order, now, venueAt);
    },
    counted: (order, size) => {
      order.counted = lots(Math.min(order.filled, order.counted + size));
      if (order.overAt !== undefined && !owing(order)) leave(order, order.overAt);
    },
    forgive: (order) => {
      order.counted = order.filled;
      if (order.overAt !== undefined) leave(order, order.overAt);
    },
    end: leave,
    doubt: (order, now) => turn(order, "unknown", now),
    stands: (order, now) => turn(order, "open", now),
    waited: (ms) => {
      for (const order of live.values()) {
        order.since = millis(order.since + ms);
        if (order.acceptedAt === undefined) order.placedAt = millis(order.placedAt + ms);
      }
    },
    revive: (order, now) => {
      ended.delete(order.clientId);
      order.overAt = undefined;
      order.endedAt = undefined;
      order.state = "open";
      order.since = now;
      if (!live.has(order.clientId)) enter(order);
    },
  };
}
