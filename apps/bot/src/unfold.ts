// The first orders of strategies that leave time between them: what they come to if nothing happens meanwhile.
import { type ClientId, type Instrument, millis, type News, type PlaceOrder } from "@bp/core";
import { beat, type Engine } from "@bp/engine";

/** One beat of the driver, in ms. */
const beatMs = 1_000;
/** After so much time without a new order there are no more first ones, in ms. */
const quietMs = 10_000;
/** No strategy takes longer for its first orders, in ms: 200 cells, three seconds each. */
const mostMs = 600_000;
/** Levels of each side that stand still. */
const depth = 50;

/**
 * Lets time pass for an engine alone, on a market that stands still and takes every order without a trade, until nothing
 * new is placed. The engine is of no use afterwards: it has lived through what never was.
 *
 * @param placed - what it has placed so far
 * @param seq - of the last event that it knows
 * @returns what would rest then, in the order in which it was placed
 */
export function unfold(
  engine: Engine,
  instruments: readonly Instrument[],
  placed: readonly PlaceOrder[],
  seq: number,
): readonly PlaceOrder[] {
  const { view } = engine;
  const books = instruments.flatMap(({ id }) => {
    const book = view.book(id);
    if (!book.valid) return [];
    return [{ instrument: id, bids: book.levels("bid", depth), asks: book.levels("ask", depth) }];
  });
  const standing = new Map(placed.map((each) => [each.clientId, each]));
  let fresh: PlaceOrder[] = [...placed];
  let gone: ClientId[] = [];
  let last = seq;
  let now = view.now;
  const tell = (fact: News) => {
    last += 1;
    for (const command of engine.step({ ...fact, at: now, venueAt: now, seq: last }))
      if (command.type === "order.place") {
        fresh.push(command);
        standing.set(command.clientId, command);
      } else if (command.type === "order.cancel") gone.push(command.clientId);
  };
  const end = now + mostMs;
  for (let quiet = 0; now < end && quiet < quietMs; quiet += beatMs) {
    const [accepted, cancelled] = [fresh, gone];
    [fresh, gone] = [[], []];
    if (accepted.length > 0) quiet = 0;
    now = millis(now + beatMs);
    for (const { clientId } of accepted)
      tell({ type: "order.accepted", clientId, venueOrderId: `preview-${clientId}` });
    for (const clientId of cancelled) {
      standing.delete(clientId);
      tell({ type: "order.cancelled", clientId, venueOrderId: `preview-${clientId}` });
    }
    for (const book of books) tell({ type: "book.reset", ...book });
    tell({ type: "timer.fired", name: beat });
  }
  return [...standing.values()];
}
