// A recorded market without our own orders in it, so that they can be put in again.
import { type Tape, tapeRow } from "@bp/core";
import type { OwnOrder } from "./orders.ts";

/**
 * The tape with what rested of own orders taken out of each level that a live venue told while they stood. Prints stay: who
 * traded with us would have traded with whoever is in our place.
 *
 * Levels are right to the millisecond of the venue's clock. One that would be below nothing becomes 0.
 */
export function withoutOwn(tape: Tape, orders: readonly OwnOrder[]): Tape {
  const places = new Map(tape.instruments.map(({ id }, place) => [id, place]));
  const byLevel = new Map<string, OwnOrder[]>();
  for (const order of orders) {
    const place = places.get(order.instrument);
    if (place === undefined || order.acceptedAt === undefined || order.tif === "ioc" || order.tif === "fok") continue;
    const key = levelKey(place, order.side === "buy" ? tapeRow.bid : tapeRow.ask, order.price);
    const there = byLevel.get(key);
    if (there === undefined) byLevel.set(key, [order]);
    else there.push(order);
  }
  const b = tape.b.slice(0, tape.rows);
  for (let row = 0; row < tape.rows; row++) {
    const kind = (tape.kinds[row] ?? 0) & 0x7f;
    if (kind !== tapeRow.bid && kind !== tapeRow.ask) continue;
    const there = byLevel.get(levelKey(tape.markets[row] ?? 0, kind, tape.a[row] ?? 0));
    if (there === undefined) continue;
    const now = tape.venueAt[row] ?? 0;
    while (isLong(there[0]?.endedAt, now)) there.shift();
    let own = 0;
    for (const each of there) {
      if (each.sentAt > now + apartMs) break;
      own += restingAt(each, now);
    }
    if (own > 0) b[row] = Math.max(0, (b[row] ?? 0) - own);
  }
  return { ...tape, b, digest: `${tape.digest}, without own orders` };
}

/** More than clocks are apart, and than anything is late; ms. */
const apartMs = 3_600_000;
const isLong = (endedAt: number | undefined, now: number) => endedAt !== undefined && endedAt < now - apartMs;

const levelKey = (place: number, kind: number, price: number) => `${place}/${kind}/${price}`;

function restingAt({ acceptedAt, endedAt, size, trades }: OwnOrder, now: number): number {
  if (acceptedAt === undefined || now < acceptedAt || (endedAt !== undefined && now >= endedAt)) return 0;
  let rest: number = size;
  for (const trade of trades) if (trade.venueAt <= now) rest -= trade.size;
  return Math.max(0, rest);
}
