// What a liquidation or another hand took out of our own position. No fill of ours tells it, only the venue's word.

/** A perpetual's position as the venue sees it, signed, in lots. */
export interface Parts {
  /** Of all of ours together, by our fills. */
  readonly own: number;
  /** What the venue's account holds beyond ours; `undefined` before the venue has told. */
  readonly external: number | undefined;
  /** The same when nothing of ours was held yet: the user's own. */
  readonly before: number | undefined;
}

/**
 * How much of our position is gone by the venue's word. What the user held against us before does not count; what the
 * user held on our side goes before ours does.
 *
 * @returns lots, from 0 to the size of our position
 */
export function taken({ own, external, before }: Parts): number {
  if (own === 0 || external === undefined || before === undefined) return 0;
  const side = Math.sign(own);
  const theirs = Math.min(0, before * side);
  return Math.min(Math.abs(own), Math.max(0, theirs - external * side));
}
