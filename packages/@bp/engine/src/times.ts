// One timeline: the run's own time never goes back, a leap is noticed, and a venue whose clock is far off is read in our time.
import { type Event, type EventOf, type Fill, type Millis, millis, type VenueId } from "@bp/core";
import type { World } from "./world.ts";

/** What an event says about clocks, beside what it says. */
export interface Heard {
  /** The event with all its dates in our time; the same object where nothing is to be changed. */
  readonly event: Event;
  /** How far the run's time has leapt, ms; 0 as long as time only passes. */
  readonly leaptMs: number;
  /** The venue whose clock turned out to be another than before, and by how much, ms. */
  readonly set: { readonly venue: VenueId; readonly byMs: number } | undefined;
}

/** The clocks of a run. */
export interface Times {
  /** @param now - the run's time before it */
  hear(event: Event, now: Millis): Heard;
}

/**
 * Clocks as they show in the facts. A venue's clock is read by its snapshots: one that is dated far in our future, or two in a
 * row far in our past, tell how far it is off, and from then on all dates of the venue are moved by that. Clocks that are less
 * than `farMs` apart are left as they are.
 *
 * @param world - knows whose order an event is about
 * @param leapMs - beats come each second: time that goes on by more than this at once has leapt
 * @param farMs - longer than any snapshot is on its way
 */
export function createTimes(world: Pick<World, "venue" | "orders">, leapMs: number, farMs: number): Times {
  const clocks = new Map<VenueId, { by: number; late: number | undefined }>();
  let shifted = false;

  /** Compares the clock of a snapshot with ours. Returns by how much it was set. */
  const compare = ({ venue, asOf }: EventOf<"account.snapshot">, at: number): number => {
    const known = clocks.get(venue);
    const clock = known ?? { by: 0, late: undefined };
    if (known === undefined) clocks.set(venue, clock);
    const lag = at - (asOf + clock.by);
    const late = clock.late;
    clock.late = lag > farMs ? lag : undefined;
    let by = 0;
    if (lag < -farMs || (lag < 0 && clock.by > 0)) by = lag;
    else if (lag > farMs && (known === undefined || late !== undefined)) by = Math.min(lag, late ?? lag);
    if (by === 0) return 0;
    clock.by += by;
    clock.late = undefined;
    shifted = true;
    return known === undefined || Math.abs(by) <= farMs ? 0 : by;
  };

  return {
    hear: (raw, now) => {
      let event = raw;
      const leaptMs = now > 0 && raw.at - now > leapMs && !isReturn(raw) ? raw.at - now : 0;
      if (raw.at < now) event = { ...event, at: now }; // out of order; the runner has put right what is more than that
      let set: Heard["set"];
      if (event.type === "account.snapshot") {
        const byMs = compare(event, event.at);
        if (byMs !== 0) set = { venue: event.venue, byMs: -byMs };
      }
      const venue = venueIn(event, world);
      if (venue === undefined) return { event, leaptMs, set };
      const by = shifted ? (clocks.get(venue)?.by ?? 0) : 0;
      return { event: dated(event, by, event.at + farMs), leaptMs, set };
    },
  };
}

/** The bot itself was away, and whoever started it again has said so. */
function isReturn(event: Event): boolean {
  return event.type === "link.lost" && event.resumed === true;
}

/** Whose clock dated a fact that is compared with others by its date. Those of books and prints are not. */
function venueIn(event: Event, { venue, orders }: Pick<World, "venue" | "orders">): VenueId | undefined {
  switch (event.type) {
    case "account.snapshot":
    case "balance.changed":
      return event.venue;
    case "order.filled":
    case "funding.paid":
    case "mark.changed":
      return venue(event.instrument);
    case "order.accepted":
    case "order.cancelled":
    case "order.expired":
    case "order.rejected":
    case "order.doubted": {
      const order = orders.find(event.clientId);
      return order === undefined ? undefined : venue(order.instrument);
    }
    case "book.reset":
    case "book.changed":
    case "book.lost":
    case "trade.printed":
    case "instrument.changed":
    case "link.lost":
    case "link.restored":
    case "timer.fired":
    case "operator.asked":
    case "params.changed":
      return undefined;
  }
}

/** In our time; nothing that has happened is later than `latest`. */
function dated(event: Event, by: number, latest: number): Event {
  const moved = (date: number): Millis => millis(date + by > latest ? event.at : date + by);
  if (event.type === "account.snapshot") {
    if (by === 0 && !event.fills.some(({ venueAt }) => venueAt > latest)) return event;
    const fills = event.fills.map((fill): Fill => ({ ...fill, venueAt: moved(fill.venueAt) }));
    return { ...event, venueAt: moved(event.venueAt), asOf: moved(event.asOf), fills };
  }
  if (event.type === "mark.changed") return by === 0 ? event : { ...event, fundingAt: millis(event.fundingAt + by) };
  const venueAt = moved(event.venueAt);
  return venueAt === event.venueAt ? event : { ...event, venueAt };
}
