// What is in front of the first order of ours at each price where we wait, to fractions of a lot.
import type { QueueModel } from "../contract.ts";
import { queueAfter } from "../models/queue.ts";

/** An order of ours that is the first to wait at a price. */
export interface Waiting {
  /** Its number: later orders have higher ones. */
  readonly tag: number;
  /** Whole lots in front of it now. */
  readonly front: number;
}

/** Places in queues. */
export interface Fronts {
  /**
   * A level's recorded size changes from `before` to `size`.
   *
   * @returns whole lots in front of the order after it. What the model says to a fraction is carried on: many small decreases
   *   count as one large one does
   */
  after(price: number, order: Waiting, before: number, size: number): number;
  /**
   * So much of recorded size traded at a price; it explains that much of the level's next decrease.
   *
   * @param newest - tag of the last order of ours there: one that comes later has nothing of it in front
   * @param reached - the print went on to the order itself: nothing is in front of it
   */
  printed(price: number, order: Waiting, newest: number, size: number, reached: boolean): void;
}

interface Place {
  /** Whose place it is. */
  tag: number;
  /** Lots in front, with a fraction. */
  front: number;
  /** Lots traded since the level last changed. */
  printed: number;
  /** Tag of the last order that was there when they traded. */
  newest: number;
}

const most = 1_000;

/**
 * Places by a model.
 *
 * @param isWaited - whether an order of ours rests at a price; others are forgotten when there are many
 */
export function createFronts(model: QueueModel, isWaited: (price: number) => boolean): Fronts {
  const places = new Map<number, Place>();
  const placeAt = (price: number, { tag, front }: Waiting): Place => {
    let place = places.get(price);
    if (place === undefined) {
      if (places.size >= most) for (const each of places.keys()) if (!isWaited(each)) places.delete(each);
      place = { tag, front, printed: 0, newest: tag };
      places.set(price, place);
      return place;
    }
    if (tag > place.newest) place.printed = 0; // it came after those prints
    if (place.tag !== tag || Math.abs(place.front - front) > 1) {
      place.tag = tag;
      place.front = front;
    }
    return place;
  };
  return {
    after: (price, order, before, size) => {
      const place = placeAt(price, order);
      place.front = queueAfter(place.front, before, size, place.printed, model);
      place.printed = 0;
      return Math.round(place.front);
    },
    printed: (price, order, newest, size, reached) => {
      const place = placeAt(price, order);
      place.front = reached ? 0 : Math.max(0, place.front - size);
      place.printed += size;
      place.newest = newest;
    },
  };
}
