// What happened at the price of each own order while it rested: all that can be known of its place in the queue.
import { lastOfMessage, type Tape, tapeRow } from "@bp/core";
import type { OwnOrder } from "./orders.ts";
import { byVenueTime } from "./walk.ts";
import { change, newSide, print, type Reached, restOf, settle, takes, type Watched } from "./watched.ts";

/**
 * One order in its queue. Sizes are lots, without our own.
 *
 * `levels` and `prints` alternate in time as `steps` says: the sign of a step tells which it is, its size how much. A step of
 * `level` is the new size of the level; a step of `print` what traded there at one moment without reaching us.
 */
export interface QueueStory {
  readonly clientId: number;
  /** What was there when it came. */
  readonly front: number;
  readonly steps: readonly { readonly kind: "level" | "print"; readonly size: number }[];
  /**
   * The trade that reached us: all that traded at the price at that moment, and what of it was ours. `whole`: nothing of the
   * order was left. Left out: it was cancelled first, or filled by a price that went through it.
   */
  readonly fill?: Reached;
}

/** The stories, and the orders that have none. */
export interface QueueStories {
  readonly stories: readonly QueueStory[];
  /** How many orders were left out, by why. */
  readonly left: Readonly<Record<"notResting" | "shared" | "gap" | "unseen", number>>;
}

/**
 * Follows own orders through a recorded market.
 *
 * @param tape - books and prints of the markets that were traded
 * @param orders - of the same time, by the same venue's clock
 * @param options.ownInBook - whether the recorded levels contain our own orders: true of a live venue's data, false where
 *   they were simulated beside them (paper, another recording)
 */
export function queueStories(
  tape: Tape,
  orders: readonly OwnOrder[],
  { ownInBook }: { readonly ownInBook: boolean },
): QueueStories {
  const left = { notResting: 0, shared: 0, gap: 0, unseen: 0 };
  const stories: QueueStory[] = [];
  const places = new Map(tape.instruments.map(({ id }, place) => [id, place]));
  const books = tape.instruments.map(() => ({ valid: false, fresh: false, buy: newSide(), sell: newSide() }));
  const resting = orders
    .filter((order) => {
      const rests = order.acceptedAt !== undefined && order.tif !== "ioc" && order.tif !== "fok" && !takes(order);
      if (!rests) left.notResting += 1;
      return rests;
    })
    .toSorted((a, b) => (a.acceptedAt ?? 0) - (b.acceptedAt ?? 0));
  let next = 0;
  const live = new Set<Watched>();

  const begin = (order: OwnOrder) => {
    const book = books[places.get(order.instrument) ?? -1];
    if (book === undefined || !book.valid) {
      left.unseen += 1;
      return;
    }
    const side = book[order.side];
    const others = (side.watched.get(order.price) ?? []).filter(({ over }) => !over);
    const own = ownInBook ? others.reduce((sum, each) => sum + restOf(each.order, order.acceptedAt ?? 0), 0) : 0;
    const watched: Watched = {
      order,
      from: order.acceptedAt ?? 0,
      to: order.endedAt ?? Number.POSITIVE_INFINITY,
      front: Math.max(0, (side.sizes.get(order.price) ?? 0) - own),
      steps: [],
      spoilt: others.length > 0 ? "shared" : undefined,
      moment: -1,
      traded: 0,
      fill: undefined,
      over: false,
    };
    for (const other of others) other.spoilt ??= "shared";
    side.watched.set(order.price, [...others, watched]);
    live.add(watched);
  };
  const finish = (watched: Watched) => {
    if (!live.delete(watched)) return;
    settle(watched);
    watched.over = true;
    const book = books[places.get(watched.order.instrument) ?? -1];
    const here = book?.[watched.order.side].watched;
    const rest = here?.get(watched.order.price)?.filter((each) => each !== watched) ?? [];
    if (rest.length === 0) here?.delete(watched.order.price);
    else here?.set(watched.order.price, rest);
    if (watched.spoilt !== undefined) {
      left[watched.spoilt] += 1;
      return;
    }
    const { order, front, steps, fill } = watched;
    stories.push({ clientId: order.clientId, front, steps, ...(fill === undefined ? {} : { fill }) });
  };

  for (const row of byVenueTime(tape)) {
    const now = tape.venueAt[row] ?? 0;
    for (let order = resting[next]; order !== undefined && (order.acceptedAt ?? 0) <= now; order = resting[next]) {
      begin(order);
      next += 1;
    }
    const book = books[tape.markets[row] ?? 0];
    if (book === undefined) continue;
    const [price, size] = [tape.a[row] ?? 0, tape.b[row] ?? 0];
    switch ((tape.kinds[row] ?? 0) & 0x7f) {
      case tapeRow.reset:
        book.valid = true;
        book.fresh = true;
        for (const side of [book.buy, book.sell]) side.sizes.clear();
        break;
      case tapeRow.lost:
        book.valid = false;
        for (const side of [book.buy, book.sell]) {
          side.sizes.clear();
          for (const all of side.watched.values()) for (const each of all) each.spoilt ??= "gap";
        }
        break;
      case tapeRow.bid:
        change(book.buy, price, size, now, ownInBook, finish);
        break;
      case tapeRow.ask:
        change(book.sell, price, size, now, ownInBook, finish);
        break;
      case tapeRow.bought:
        print(book.sell, price, size, now, finish);
        break;
      case tapeRow.sold:
        print(book.buy, price, size, now, finish);
        break;
      default:
        break;
    }
    if (!book.fresh || (tape.kinds[row] ?? 0) < lastOfMessage) continue;
    book.fresh = false; // a whole book: levels that it does not name are empty
    for (const side of [book.buy, book.sell])
      for (const at of side.watched.keys()) if (!side.sizes.has(at)) change(side, at, 0, now, ownInBook, finish);
  }
  for (const each of live) finish(each);
  left.unseen += resting.length - next;
  return { stories, left };
}
