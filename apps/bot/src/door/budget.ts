// When a frame is drawn: thirty a second where they are quick, and fewer where they take long: of the time they have their share, and more
// only where one frame in two seconds is more than that.

/**
 * Between looks whether one is due, and between frames while somebody watches, ms: thirty a second. Node's timers come about a
 * millisecond later than they are asked for: with 33 there are 29.3 a second, with 32 a few more than thirty.
 */
export const quickMs = 32;
/** Between frames otherwise: for metrics, and for who comes, ms. */
export const calmMs = 1_000;
/** This share of the time is spent on frames at most, unless `mostMs` says otherwise. */
const share = 0.05;
/** What a moment with little to draw leaves for the next, ms: now and then one frame is made of much. */
const savedMs = 10;
/** However long a frame takes, the next one is not further from its end than so, ms: after 3 s a page says that nothing comes. */
const mostMs = 2_000;

/** What may be spent on frames. Times are monotonic, ms. */
export interface Budget {
  /** Called at each look; a frame that is due is drawn at once. @param isWanted - somebody watches, and something has changed */
  isDue(now: number, isWanted: boolean): boolean;
  /** It has been drawn. */
  drawn(now: number): void;
}

/** Of which nothing is spent yet. */
export function createBudget(): Budget {
  /** Below 0 it is waited for. */
  let leftMs = savedMs;
  let [countedAt, frameAt] = [0, Number.NEGATIVE_INFINITY];
  const earn = (now: number) => {
    leftMs = Math.min(savedMs, leftMs + (now - countedAt) * share);
    countedAt = now;
  };
  return {
    isDue: (now, isWanted) => {
      earn(now);
      const dueMs = isWanted ? quickMs : calmMs;
      if (leftMs < 0 || now - frameAt < dueMs - quickMs / 2) return false; // a look that comes late makes the next one no later
      frameAt = now;
      return true;
    },
    drawn: (now) => {
      earn(now);
      leftMs = Math.max(-mostMs * share, leftMs - (now - frameAt));
    },
  };
}
