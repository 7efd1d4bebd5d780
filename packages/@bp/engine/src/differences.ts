// What the venue's truth and ours had apart, each with its class, counted and told.
import type { Millis, VenueId } from "@bp/core";

/**
 * Why a difference was there: `late`, a fact came later than the snapshot or the snapshot was older; `external`, the user's own
 * hand, another program, a liquidation; `unexplained`, neither.
 */
export type DifferenceClass = "late" | "external" | "unexplained";

/** What differed. */
export type DifferenceKind = "order" | "fill" | "position" | "balance";

/** One difference. */
export interface Difference {
  readonly venue: VenueId;
  readonly kind: DifferenceKind;
  readonly is: DifferenceClass;
  readonly at: Millis;
  /** In plain words. */
  readonly why: string;
}

/** How many there were of each class. */
export type ClassCounts = Readonly<Record<DifferenceClass, number>>;

/** All differences of a run, for programs. */
export interface Differences {
  readonly total: ClassCounts;
  /** By venue, then by kind; what never differed is left out. */
  readonly venues: Readonly<Record<VenueId, Readonly<Partial<Record<DifferenceKind, ClassCounts>>>>>;
  /** The newest ones, oldest first. */
  readonly last: readonly Difference[];
}

/** Counts and remembers. */
export interface DifferenceBook {
  add(difference: Difference): void;
  all(): Differences;
}

/** How many examples are kept. */
const remembered = 20;
const none: ClassCounts = { late: 0, external: 0, unexplained: 0 };
const plusOne = (counts: ClassCounts, is: DifferenceClass): ClassCounts => ({ ...counts, [is]: counts[is] + 1 });

/** Nothing has differed yet. */
export function createDifferences(): DifferenceBook {
  let total = none;
  const venues = new Map<VenueId, Map<DifferenceKind, ClassCounts>>();
  const last: Difference[] = [];
  return {
    add: (difference) => {
      const { venue, kind, is } = difference;
      total = plusOne(total, is);
      let kinds = venues.get(venue);
      if (kinds === undefined) {
        kinds = new Map();
        venues.set(venue, kinds);
      }
      kinds.set(kind, plusOne(kinds.get(kind) ?? none, is));
      last.push(difference);
      if (last.length > remembered) last.shift();
    },
    all: () => ({
      total,
      venues: Object.fromEntries([...venues].map(([venue, kinds]) => [venue, Object.fromEntries(kinds)])),
      last: [...last],
    }),
  };
}
