// The streams of each account: up or down, since when, and how often they were lost.
import type { Event, VenueId } from "@bp/core";
import type { LinkNow } from "dashboard/contract";

/** Follows the streams of a run. */
export interface Links {
  step(event: Event): void;
  of(venue: VenueId): { readonly market: LinkNow; readonly account: LinkNow };
}

/** @param began - when the run began with them, ms: until they are whole they are opening */
export function createLinks(began: number): Links {
  const links = new Map<string, LinkNow>();
  const opening: LinkNow = { state: "opening", since: began, lost: 0 };
  return {
    step: (event) => {
      if (event.type !== "link.lost" && event.type !== "link.restored") return;
      const key = `${event.venue} ${event.stream}`;
      const before = links.get(key) ?? opening;
      const isUp = event.type === "link.restored";
      if ((before.state === "up") === isUp && before.state !== "opening") return;
      const lost = before.lost + (isUp || before.state === "opening" ? 0 : 1);
      links.set(key, { state: isUp ? "up" : "down", since: event.at, lost, ...(isUp ? {} : { why: event.why }) });
    },
    of: (venue) => ({
      market: links.get(`${venue} market`) ?? opening,
      account: links.get(`${venue} account`) ?? opening,
    }),
  };
}
