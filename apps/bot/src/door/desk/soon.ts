// What has just happened is shown before it is written: without an order, a run's journal has it within about two seconds.
import { setTimeout as sleep } from "node:timers/promises";

/** Between looks, ms. */
const againMs = 750;
/** So many looks. */
const looks = 4;

/**
 * Looks for something in the journal of a run.
 *
 * @param mayCome - where it may not, one look is enough
 * @throws what the last look throws
 */
export async function foundSoon<T>(find: () => T, mayCome: boolean): Promise<T> {
  for (let look = 1; ; look++)
    try {
      return find();
    } catch (error) {
      if (!mayCome || look === looks) throw error;
      await sleep(againMs);
    }
}
