// An own order that rests in a recorded book: which steps its level took, and which prints reached it.
import type { OwnOrder } from "./orders.ts";

/** A trade that reached an order: all that traded at its price at that moment, and what of it was ours. */
export interface Reached {
  readonly printed: number;
  readonly ours: number;
  /** Nothing of the order was left. */
  readonly whole: boolean;
}

/** An order, and what has happened at its price since it came. */
export interface Watched {
  readonly order: OwnOrder;
  readonly from: number;
  readonly to: number;
  readonly front: number;
  readonly steps: { kind: "level" | "print"; size: number }[];
  spoilt: "shared" | "gap" | undefined;
  /** Prints of the moment that is not over yet. */
  moment: number;
  traded: number;
  fill: Reached | undefined;
  over: boolean;
}

/** One side of a recorded book, and the orders that are watched in it, by price. */
export interface BookSide {
  readonly sizes: Map<number, number>;
  readonly watched: Map<number, Watched[]>;
}

/** A side that is empty. */
export const newSide = (): BookSide => ({ sizes: new Map(), watched: new Map() });

/** An order that took when it came tells nothing of a queue. */
export const takes = ({ trades }: OwnOrder) => trades[0]?.liquidity === "taker";

/** What is left of an order at a moment of the venue. */
export function restOf({ size, trades }: OwnOrder, at: number): number {
  let rest: number = size;
  for (const trade of trades) if (trade.venueAt <= at) rest -= trade.size;
  return Math.max(0, rest);
}

/** A level has a new size. */
export function change(
  side: BookSide,
  price: number,
  size: number,
  now: number,
  ownInBook: boolean,
  finish: (watched: Watched) => void,
): void {
  if (size === 0) side.sizes.delete(price);
  else side.sizes.set(price, size);
  for (const watched of side.watched.get(price) ?? []) {
    settle(watched);
    if (watched.fill !== undefined || now >= watched.to) {
      finish(watched);
      continue;
    }
    const own = ownInBook ? restOf(watched.order, now) : 0;
    watched.steps.push({ kind: "level", size: Math.max(0, size - own) });
  }
}

/** Something traded at a price. */
export function print(
  side: BookSide,
  price: number,
  size: number,
  now: number,
  finish: (watched: Watched) => void,
): void {
  for (const watched of side.watched.get(price) ?? []) {
    const moment = Math.floor(now);
    if (watched.moment !== moment) settle(watched);
    if (watched.fill !== undefined || moment > watched.to) {
      finish(watched);
      continue;
    }
    watched.moment = moment;
    watched.traded += size;
  }
}

/** The prints of a moment are all there: did they reach us? */
export function settle(watched: Watched): void {
  const { moment, traded, order } = watched;
  if (traded === 0) return;
  watched.traded = 0;
  watched.moment = -1;
  let ours = 0;
  for (const trade of order.trades) if (Math.floor(trade.venueAt) === moment) ours += trade.size;
  if (ours === 0) watched.steps.push({ kind: "print", size: traded });
  else if (ours <= traded) watched.fill = { printed: traded, ours, whole: restOf(order, moment) === 0 };
}
