// How old what a venue tells is when it reaches us: a backlog is not news, however fast it comes in.
import { type Event, type Millis, millis, type VenueId } from "@bp/core";

/** How late the market's facts are, venue by venue. */
export interface Lags {
  /**
   * When a fact was true, by our clock: its arrival, less what it took longer than the quickest of the last half minute.
   * That is what tells a backlog (a process that stood still, a full buffer on the way) from news, without trusting that
   * the venue's clock and ours agree.
   */
  trueAt(venue: VenueId, event: Event): Millis;
  /** A clock was set: what was dated before means nothing any more. */
  forget(venue: VenueId): void;
}

/** How long the quickest way counts, in ms: clocks drift, and when one was set it takes so long to notice. */
const windowMs = 30_000;

/** The smallest difference of arrival and the venue's date, since `from` and in the window before it. */
interface Ways {
  from: Millis;
  least: number;
  before: number;
}

/** Nothing has arrived yet. */
export function createLags(): Lags {
  const ways = new Map<VenueId, Ways>();
  return {
    forget: (venue) => void ways.delete(venue),
    trueAt: (venue, { at, venueAt }) => {
      const took = at - venueAt;
      const way = ways.get(venue);
      if (way === undefined) {
        ways.set(venue, { from: at, least: took, before: took });
        return at;
      }
      if (at - way.from >= windowMs || at < way.from) {
        way.before = way.least;
        way.least = took;
        way.from = at;
      } else if (took < way.least) way.least = took;
      return millis(at - Math.max(0, took - Math.min(way.least, way.before)));
    },
  };
}
