// Announcements: to one account on its user stream, or to everybody on a stream of their own.
import type { Hub } from "../../hub.ts";
import type { AsterHouse } from "../house.ts";

/** What the venue says. */
export interface Announcement {
  readonly title: string;
  /** HTML. */
  readonly content: string;
  /** Only this account; left out: everybody who hears the stream `announcement`, and every account. */
  readonly account?: string;
}

let numbers = 160;

/** Tells it. The documentation names no stream for what is meant for all: it is `announcement` here. */
export function announce(house: AsterHouse, hub: Hub, { title, content, account }: Announcement): void {
  numbers += 1;
  const text = {
    i: numbers,
    t: title,
    s: "",
    c: account === undefined ? "NEW_LISTING" : "DIRECT",
    d: Math.floor(house.times.now()),
    S: false,
    j: "https://asterdex.com",
    C: content,
  };
  const event = { e: "announcement", en: text, zh: text };
  if (account === undefined) hub.publish("announcement", event);
  for (const { name } of house.members) {
    const key = house.keys.current(name);
    if (key !== undefined && (account ?? name) === name && house.keys.account(key) === name) hub.publish(key, event);
  }
}
