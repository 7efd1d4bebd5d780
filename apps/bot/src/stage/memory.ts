// The sandbox exchange without sockets, on virtual time: as fast as it computes, the same seed gives the same fills.
import { millis, priceToBig, ticks } from "@bp/core";
import { beat } from "@bp/engine";
import { constantLatency, createExchange, createTimeline, generatedMarket, simVenue } from "@bp/sim";
import { ledgerOf } from "./ledger.ts";
import type { Stage } from "./stage.ts";

/** Virtual time begins here, so that nothing in a run depends on the day. */
const start = millis(Date.UTC(2026, 0, 1));

/**
 * Sets the stage.
 *
 * @param options - seed of the market; the account's name and starting balances
 */
export function memoryStage(options: {
  readonly seed: number;
  readonly account: string;
  readonly balances: Readonly<Record<string, string>>;
}): Stage {
  const { seed, account, balances } = options;
  const exchange = createExchange({
    start,
    market: generatedMarket({ seed, start }),
    accounts: [{ name: account, balances }],
  });
  const timeline = createTimeline(start);
  const venue = simVenue({ exchange, account, id: "backpack", timeline, latency: constantLatency(20) });
  return {
    place: "memory",
    venue,
    clock: timeline.clock,
    speed: 1,
    seed,
    account: `memory/${account}`,
    lasts: false,
    about: `sandbox exchange in memory, seed ${seed}, virtual time`,
    drive: async (instruments, handle, signal, seconds) => {
      const end = start + (seconds ?? 3_600) * 1_000;
      const opened = venue.open({ instruments, account: true }, handle, signal);
      for (let at = millis(start + 1_000); at <= end && !signal.aborted; at = millis(at + 1_000)) {
        timeline.runUntil(at);
        handle({ type: "timer.fired", name: beat, at, venueAt: at });
        if (at % 60_000 === 0) await new Promise((resolve) => setImmediate(resolve)); // Ctrl+C wants to be heard
      }
      await Promise.race([opened, Promise.resolve()]); // what the venue has thrown, if it has: it stays open
      return undefined;
    },
    now: () => timeline.now(),
    pause: async (ms) => {
      timeline.runUntil(millis(timeline.now() + ms));
      await Promise.resolve();
    },
    mid: (instrument) => {
      const { bids, asks } = exchange.book(instrument.id, 1);
      const [bid] = bids;
      const [ask] = asks;
      return Promise.resolve(
        bid === undefined || ask === undefined
          ? undefined
          : priceToBig(instrument, ticks(bid[0] + ask[0]))
              .div(2)
              .toFixed(),
      );
    },
    ledger: (instrument) => ledgerOf(exchange, account, instrument),
    close: () => Promise.resolve(),
  };
}
