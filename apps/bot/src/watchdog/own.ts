// Which orders of an account are ours: by their numbers, which have the run in the upper byte and count up below it.
import { runOf } from "@bp/core";

/** A run whose orders are ours. */
export interface OwnRun {
  /** 0 to 255. */
  readonly clientRun: number;
  /** The number given out last: later ones are of a bot that has gone on since. Left out: any of the run. */
  readonly last?: number | undefined;
}

/** Our runs on an account, as far as they are known. */
export interface KnownRuns {
  readonly runs: readonly OwnRun[];
  /**
   * Why there may be more, and what to do about it; `undefined`: these are all, unless there are none. An order with a number of no
   * known run may be ours then: it is not touched, and nothing is clean while it rests.
   */
  readonly doubt: string | undefined;
}

/** Whether an order has a number such as bots give; `undefined`: the user's own hand has placed it. */
export const isNumbered = (clientId: number | undefined): clientId is number => clientId !== undefined && clientId > 0;

/** Numbers count up to this and begin again. */
const span = 0x100_0000;

/**
 * Whether an order is one of these runs'.
 *
 * @param clientId - as the venue has it; `undefined` for the user's own
 */
export function isOwn(runs: readonly OwnRun[], clientId: number | undefined): boolean {
  if (!isNumbered(clientId)) return false;
  return runs.some(({ clientRun, last }) => {
    if (runOf(clientId) !== clientRun) return false;
    // Half of the circle lies before the last number: a run of more than 16 million orders has begun again.
    return last === undefined || (((last - clientId) % span) + span) % span < span / 2;
  });
}
