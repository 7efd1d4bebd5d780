// The sandbox exchanges without sockets, on virtual time: as fast as they compute, the same seed gives the same fills.
import {
  exchangeOf,
  type Instrument,
  type InstrumentId,
  millis,
  priceToBig,
  symbolOf,
  ticks,
  type VenueId,
  venueOf,
} from "@bp/core";
import { beat } from "@bp/engine";
import {
  asterFuturesMarkets,
  asterOnBackpack,
  asterSpotMarkets,
  constantLatency,
  createExchange,
  createTimeline,
  defaultMarkets,
  type Exchange,
  generatedMarket,
  simVenue,
} from "@bp/sim";
import { handsOf } from "./hands.ts";
import { createLedgers, type Ledgers } from "./ledger.ts";
import { routeTo, type Stage } from "./stage.ts";

/** Virtual time begins here, so that nothing in a run depends on the day. */
const start = millis(Date.UTC(2026, 0, 1));

/**
 * Sets the stage: one exchange for Backpack, one for each of Aster's services, on one timeline.
 *
 * @param options - seed of the markets; the accounts' names by venue, and what they start with
 */
export function memoryStage(options: {
  readonly seed: number;
  readonly accounts: ReadonlyMap<VenueId, string>;
  readonly balances: Readonly<Record<string, string>>;
  /** Whether Backpack's market has the coin ASTER although Aster is not there. */
  readonly asterCoin?: boolean;
}): Stage {
  const { seed, accounts, balances, asterCoin = false } = options;
  const timeline = createTimeline(start);
  const exchanges = new Map<string, { readonly exchange: Exchange; readonly ledgers: Ledgers }>();
  const names = new Set([...accounts.keys()].map(exchangeOf));
  for (const name of names) {
    const theirs = [...accounts].filter(([id]) => exchangeOf(id) === name).map(([, account]) => account);
    const instruments = listed(name, asterCoin || names.size > 1);
    const market = generatedMarket({ seed, start, instruments });
    const exchange = createExchange({
      start,
      market,
      accounts: [...new Set(theirs)].map((account) => ({ name: account, balances })),
      remembers: { fills: 5_000, orders: 1_000 }, // far more than a venue here tells; a day of them is much memory
    });
    exchanges.set(name, { exchange, ledgers: createLedgers(exchange) });
  }
  const at = (venue: VenueId) => {
    const found = exchanges.get(exchangeOf(venue));
    const account = accounts.get(venue);
    return found === undefined || account === undefined ? undefined : { ...found, account };
  };
  const inner = (id: InstrumentId): InstrumentId => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;
  const venues = [...accounts.keys()].flatMap((id) => {
    const found = at(id);
    if (found === undefined) return [];
    const { exchange, account } = found;
    return [simVenue({ exchange, account, id, timeline, latency: constantLatency(20) })];
  });
  return {
    place: "memory",
    venues,
    clock: timeline.clock,
    speed: 1,
    seed,
    accounts: [...accounts.values()].map((name) => `memory/${name}`),
    lasts: false,
    about: `sandbox exchange in memory, seed ${seed}, virtual time`,
    drive: async (instruments, handle, signal, seconds) => {
      const end = start + (seconds ?? 3_600) * 1_000;
      const opened = Promise.all(
        venues.map((venue) =>
          venue.open(
            { instruments: instruments.filter((id) => venueOf(id) === venue.id), account: true },
            handle,
            signal,
          ),
        ),
      );
      await Promise.resolve(); // what was asked before it began comes first
      for (let now = millis(start + 1_000); now <= end && !signal.aborted; now = millis(now + 1_000)) {
        timeline.runUntil(now);
        handle({ type: "timer.fired", name: beat, at: now, venueAt: now });
        if (now % 60_000 === 0) await new Promise((resolve) => setImmediate(resolve)); // Ctrl+C wants to be heard
      }
      await Promise.race([opened, Promise.resolve()]); // what a venue has thrown, if it has: they stay open
      return undefined;
    },
    send: routeTo(venues),
    now: () => timeline.now(),
    pause: async (ms) => {
      timeline.runUntil(millis(timeline.now() + ms));
      await Promise.resolve();
    },
    mid: (instrument) => {
      const { bids = [], asks = [] } = at(venueOf(instrument.id))?.exchange.book(inner(instrument.id), 1) ?? {};
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
    hands: (venue) => {
      const found = at(venue);
      return found === undefined ? undefined : handsOf(found.exchange, found.account, venue);
    },
    ledger: (id) => {
      const found = at(venueOf(id));
      return found === undefined ? undefined : found.ledgers(found.account, inner(id));
    },
    close: () => Promise.resolve(),
  };
}

/** The markets of an exchange. The coin that two of them have in common is there only where two are, or it is traded. */
export function listed(exchange: string, asterCoin: boolean): readonly Instrument[] {
  if (exchange === "aster-futures") return asterFuturesMarkets();
  if (exchange === "aster-spot") return asterSpotMarkets();
  return asterCoin ? [...defaultMarkets(), ...asterOnBackpack()] : defaultMarkets();
}
