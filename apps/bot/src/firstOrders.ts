// The first orders of a run: what the engine asks for in a market and an account as they are, if nothing happens meanwhile.
import {
  type AccountSnapshot,
  type ClientId,
  type Instrument,
  type Millis,
  millis,
  type News,
  type PlaceOrder,
  type VenueId,
  type View,
} from "@bp/core";
import { beat, type Engine } from "@bp/engine";

/** What is known besides the books. */
export interface Known {
  readonly instruments: readonly Instrument[];
  readonly snapshots: ReadonlyMap<VenueId, AccountSnapshot>;
  /** The last marks, prints and changes of filters. */
  readonly others: readonly News[];
}

/** One beat of the driver, in ms. */
const beatMs = 1_000;
/** After so much time without a new order there are no more first ones, in ms. */
const quietMs = 10_000;
/** No strategy takes longer for its first orders, in ms: 200 cells, three seconds each. */
const mostMs = 600_000;
/** Levels of each side that stand still. */
const depth = 50;

/**
 * Tells a new engine what is known, and lets time pass on a market that stands still and takes every order without a trade,
 * until nothing new is placed: a strategy may leave time between its orders. The engine is of no use afterwards.
 *
 * @param view - the world that was listened to: its books and its time
 * @returns what would rest then, in the order in which it was placed
 */
export function firstOrders(engine: Engine, view: View, known: Known): readonly PlaceOrder[] {
  const books = known.instruments.flatMap(({ id }) => {
    const book = view.book(id);
    if (!book.valid) return [];
    return [{ instrument: id, bids: book.levels("bid", depth), asks: book.levels("ask", depth) }];
  });
  const standing = new Map<ClientId, PlaceOrder>();
  let fresh: ClientId[] = [];
  let gone: ClientId[] = [];
  let seq = 0;
  let now: Millis = view.now;
  const tell = (fact: News) => {
    seq += 1;
    for (const command of engine.step({ ...fact, at: now, venueAt: now, seq }))
      if (command.type === "order.place") {
        fresh.push(command.clientId);
        standing.set(command.clientId, command);
      } else if (command.type === "order.cancel") gone.push(command.clientId);
  };
  for (const [venue, snapshot] of known.snapshots) {
    tell({ type: "link.restored", venue, stream: "account", why: "a plan" });
    tell({ ...snapshot, asOf: now });
  }
  for (const fact of known.others) tell(fact);
  const end = now + mostMs;
  for (let quiet = 0; now < end && quiet < quietMs; quiet += beatMs) {
    for (const book of books) tell({ type: "book.reset", ...book });
    tell({ type: "timer.fired", name: beat });
    const [accepted, cancelled] = [fresh, gone];
    [fresh, gone] = [[], []];
    if (accepted.length > 0) quiet = 0;
    now = millis(now + beatMs);
    for (const clientId of accepted) tell({ type: "order.accepted", clientId, venueOrderId: `plan-${clientId}` });
    for (const clientId of cancelled) {
      standing.delete(clientId);
      tell({ type: "order.cancelled", clientId, venueOrderId: `plan-${clientId}` });
    }
  }
  return [...standing.values()];
}
