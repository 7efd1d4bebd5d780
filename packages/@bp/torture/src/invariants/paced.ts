// 7: never more requests than are allowed.
import { type PlaceOrder, type VenueId, venueOf } from "@bp/core";
import type { Engine } from "@bp/engine";
import type { Invariant } from "../scene.ts";

/** Questions for the whole account: at most so many in a minute, whatever goes wrong. */
const mostAsks = 70;
/**
 * Cancels in ten seconds of one order that the venue does not let go: one for each answer to a question. Questions are a beat
 * or a tenth of the grace time apart, both ends are among them, and one more comes when a stream is back.
 */
const mostCancels = (graceMs: number) => Math.max(11, Math.floor(10_000 / (graceMs / 10)) + 2);

export const paced: Invariant = {
  number: 7,
  says: "rate limits are never exceeded",
  watch: ({ subject, process, now, broken }) => {
    const { orders, windowMs } = subject.bounds.rate;
    const most = mostCancels(subject.bounds.graceMs);
    const placed: number[] = [];
    const asks = new Map<VenueId, number[]>();
    const cancels = new Map<number, number[]>();
    return {
      command: (command) => {
        if (command.type === "order.place" && !command.reduceOnly && command.tif !== "ioc") {
          const many = within(placed, now(), windowMs);
          if (many > orders && !brings(process.engine, command))
            broken(`${many} new orders in ${windowMs} ms, at most ${orders}`);
        }
        if (command.type === "account.ask") {
          const times = asks.get(command.venue) ?? [];
          asks.set(command.venue, times);
          if (within(times, now(), 60_000) > mostAsks)
            broken(`${times.length} questions to ${command.venue} in a minute`);
        }
        if (command.type === "order.cancel") {
          const times = cancels.get(command.clientId) ?? [];
          cancels.set(command.clientId, times);
          if (within(times, now(), 10_000) > most)
            broken(
              `${times.length} cancels of order ${command.clientId} at ${venueOf(command.instrument)} in ten seconds`,
            );
        }
      },
    };
  },
};

/** Whether an order brings its owner nearer to flat: those are always let through. */
function brings(engine: Engine | undefined, { slot, instrument, side, size }: PlaceOrder): boolean {
  const held = engine?.viewOf(slot.slice(0, slot.indexOf("/"))).position(instrument) ?? 0;
  return Math.sign(held) === (side === "buy" ? -1 : 1) && size <= Math.abs(held);
}

/** Adds a moment and counts those of the window. */
function within(times: number[], now: number, windowMs: number): number {
  times.push(now);
  while (times[0] !== undefined && times[0] <= now - windowMs) times.shift();
  return times.length;
}
