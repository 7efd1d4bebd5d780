// One order in its queue: what the facts about its price make of its place.
import type { OrderView } from "@bp/core";

/** A fact about the price: how much stands there now, or how much of it was traded. Lots; `at` is the venue's time. */
export type Told = { readonly at: number; readonly size: number } | { readonly at: number; readonly traded: number };

/** An order's place. */
export interface Place {
  readonly order: OrderView;
  /** All own orders at this price, the oldest first. */
  beside: readonly Place[];
  /** Venue time; `undefined`: it is on its way. */
  acceptedAt: number | undefined;
  /** Lots before it; `undefined`: not known. */
  ahead: number | undefined;
  /** What stood at the price when it was last told, and when that was true. */
  level: number | undefined;
  levelAt: number;
  /** Whether what stood there then had the order in it. */
  isIn: boolean;
  /** What will be before it if no more is told of the millisecond in which it was taken. */
  tied: number | undefined;
  /** What was told while it was on its way. */
  waiting: Told[];
  /** The venue took it. */
  accept(at: number): void;
  /** It was traded with as the one that rested: nothing is before it. */
  reached(): void;
}

/** So much is kept of what is told while an order is on its way: one that is never answered must not fill the memory. */
const mostWaiting = 1_000;

/** An order that has just been sent, or is seen for the first time. @param level - lots at its price, `undefined`: not known */
export function placeOf(order: OrderView, level: number | undefined, at: number): Place {
  const place: Place = {
    order,
    beside: [],
    acceptedAt: undefined,
    ahead: undefined,
    level: undefined,
    levelAt: 0,
    isIn: false,
    tied: undefined,
    waiting: level === undefined ? [] : [{ at, size: level }],
    accept: (acceptedAt) => {
      place.acceptedAt = acceptedAt;
      const { waiting } = place;
      place.waiting = [];
      for (const told of waiting) tell(place, told);
    },
    reached: () => {
      place.ahead = 0;
      place.tied = undefined;
    },
  };
  return place;
}

/**
 * Takes a fact in. Before the venue has the order everything at its price is before it. The first level told after that has
 * the order in it, and who came meanwhile counts as before it; of the same millisecond that is the last level that grew by as
 * much as the order is. From then on prints take from the front; what the level loses otherwise is taken to leave from
 * behind, until no more can be behind than is there.
 */
export function tell(place: Place, told: Told): void {
  const { acceptedAt } = place;
  if (acceptedAt === undefined) {
    if (place.waiting.length < mostWaiting) place.waiting.push(told);
    return;
  }
  if ("traded" in told) {
    const isCounted = told.at <= acceptedAt || (place.isIn && told.at <= place.levelAt);
    if (!isCounted && place.ahead !== undefined) place.ahead = Math.max(0, place.ahead - told.traded);
    return;
  }
  const { at, size } = told;
  const own = place.order.size - place.order.filled;
  const grew = place.level !== undefined && size - place.level >= own;
  place.level = size;
  place.levelAt = at;
  if (at < acceptedAt || (at === acceptedAt && !place.isIn && !grew)) {
    place.ahead = size;
    return;
  }
  const others = Math.max(0, size - own - younger(place));
  if (at === acceptedAt && grew) {
    place.ahead = size; // who else came in this millisecond may have come before it
    place.tied = others;
  } else place.ahead = place.isIn && place.ahead !== undefined ? Math.min(place.ahead, others) : others;
  place.isIn = true;
}

/** The market has told something later than a moment: what was told of it was all. */
export function pass(place: Place, at: number): void {
  if (place.tied === undefined || place.acceptedAt === undefined || at <= place.acceptedAt) return;
  place.ahead = Math.min(place.ahead ?? place.tied, place.tied);
  place.tied = undefined;
}

/**
 * The book was told of a later moment, and no more of this price than in the millisecond in which the order was taken: then the
 * last level of that millisecond had the order in it, also where nobody knows what stood there before.
 */
export function settle(place: Place, at: number): void {
  const { acceptedAt, level, levelAt, order } = place;
  if (place.isIn || acceptedAt === undefined || at <= acceptedAt || levelAt !== acceptedAt || level === undefined)
    return;
  const others = level - (order.size - order.filled) - younger(place);
  if (others < 0) return; // it cannot have been in it
  place.ahead = Math.min(place.ahead ?? others, others);
  place.isIn = true;
}

/** Lots of own orders that are behind it and in the level. */
function younger({ order, beside }: Place): number {
  let sum = 0;
  let isBehind = false;
  for (const each of beside) {
    if (each.order.clientId === order.clientId) isBehind = true;
    else if (isBehind && each.isIn) sum += each.order.size - each.order.filled;
  }
  return sum;
}
