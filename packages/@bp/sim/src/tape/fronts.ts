// What is in front of the first order of ours at each price where we wait, to fractions of a lot.
import type { QueueModel } from "../contract.ts";
import { queueAfter } from "../models/queue.ts";

/** Places in queues. Prices at which nobody waits are unknown to it. */
export interface Fronts {
  /** Whether anything is remembered. */
  readonly some: boolean;
  /**
   * A level's recorded size changes from `before` to `size`.
   *
   * @param tag - of the first order that waits there
   * @param front - whole lots in front of it now
   * @returns whole lots in front of it after the change. What the model says to a fraction is carried on: many small decreases
   *   count as one large one does
   */
  after(price: number, tag: number, front: number, before: number, size: number): number;
  /**
   * So much traded in front of the order; it explains that much of the level's next decrease.
   *
   * @param front - whole lots in front of it before that
   * @param reached - the print went on to the order itself: nothing is in front of it
   */
  printed(price: number, tag: number, front: number, size: number, reached: boolean): void;
  /** Nobody waits there, or the level is new. */
  forget(price: number): void;
}

interface Place {
  /** Whose place it is. */
  tag: number;
  /** Lots in front, with a fraction. */
  front: number;
  /** Lots traded since the level last changed. */
  printed: number;
}

/** Places by a model. */
export function createFronts(model: QueueModel): Fronts {
  const places = new Map<number, Place>();
  const placeAt = (price: number, tag: number, front: number): Place => {
    let place = places.get(price);
    if (place === undefined) {
      place = { tag, front, printed: 0 };
      places.set(price, place);
    } else if (place.tag !== tag || Math.abs(place.front - front) > 1) {
      place.tag = tag;
      place.front = front;
    }
    return place;
  };
  return {
    get some() {
      return places.size > 0;
    },
    after: (price, tag, front, before, size) => {
      const place = placeAt(price, tag, front);
      place.front = queueAfter(place.front, before, size, place.printed, model);
      place.printed = 0;
      return Math.round(place.front);
    },
    printed: (price, tag, front, size, reached) => {
      const place = placeAt(price, tag, front);
      place.front = reached ? 0 : Math.max(0, place.front - size);
      place.printed += size;
    },
    forget: (price) => void places.delete(price),
  };
}
