// Folds a run into everything that a report shows, beside the ledger that decides what counts.
import {
  Big,
  type Command,
  type Entry,
  type Event,
  type Instrument,
  type InstrumentId,
  venueOf,
  weighs,
} from "@bp/core";
import { fromCarry } from "../carry.ts";
import { createLedger, type Ledger } from "../ledger.ts";
import { checkQuotes, feeRateOf, ratesOf } from "../rates.ts";
import { analyse } from "./analyse.ts";
import type { Analysis } from "./analysis.ts";
import { createCapital } from "./capital.ts";
import { createFall } from "./fall.ts";
import type { AnalystOptions } from "./folded.ts";
import { createHedges } from "./hedges.ts";
import { createMarketFold, type MarketFold } from "./marketFold.ts";
import type { RunMeta } from "./meta.ts";
import type { DayTraded } from "./periods.ts";
import { createSampler, type Sampled } from "./sampler.ts";
import type { Settlement } from "./tables.ts";
import { createTrips } from "./trips.ts";

/** A fold over events and commands, as a tally. Feed it everything, in the order of the log. */
export interface Analyst {
  event(event: Event): void;
  command(command: Command): void;
  /** A line of a journal. */
  entry(entry: Entry): void;
  /** What everything so far comes to; plain JSON. Asking changes nothing. */
  analysis(meta: RunMeta): Analysis;
}

/** Settlements of funding that are listed. */
const listedSettlements = 2_000;
const dayMs = 86_400_000;

/**
 * Starts an analyst. It counts what a tally counts, in whole ticks and lots; a million fills take it some two to three seconds.
 *
 * @throws BpError `config/invalid` if a quote has no rate, for a carry that cannot be read, for a capital that is not above 0
 * @example
 * const analyst = createAnalyst({ instruments, capital: "10000" });
 * for (const { entry } of journal.read(run)) analyst.entry(entry);
 * const { metrics, profit } = analyst.analysis({ run, mode: "live" });
 */
export function createAnalyst(options: AnalystOptions): Analyst {
  const { instruments, graceMs = 10_000, existing = "ignore", sole = false } = options;
  const quote = options.quote ?? instruments[0]?.quote ?? "USDC";
  const rateOf = ratesOf(quote, options.rates ?? {});
  checkQuotes(instruments, rateOf, quote);
  const carried = options.carry === undefined ? undefined : fromCarry(options.carry);
  const capital = createCapital(options.capital, rateOf);
  const sampler = createSampler(instruments.length);
  const fall = createFall();
  const trips = createTrips();
  const days = new Map<number, DayTraded>();
  const settlements: Settlement[] = [];
  const places = new Map<InstrumentId, number>(instruments.map(({ id }, place) => [id, place]));
  const counts = { requests: 0, quoted: 0, settled: 0 };
  const folds: MarketFold[] = [];
  const hedges = createHedges(
    instruments.map(({ base }) => base),
    (market) => folds[market]?.mid() ?? Number.NaN,
  );

  let newest = { number: Number.NaN, day: { fills: 0, volume: 0, fees: 0 } };
  const dayOf = (number: number): DayTraded => {
    if (number === newest.number) return newest.day;
    const day = days.get(number) ?? { fills: 0, volume: 0, fees: 0 };
    days.set(number, day);
    newest = { number, day };
    return day;
  };

  const open = (instrument: Instrument): MarketFold => {
    const place = places.get(instrument.id) ?? 0;
    const rate = rateOf(instrument.quote) ?? new Big(1);
    const venue = venueOf(instrument.id);
    const fold = createMarketFold(instrument, carried?.markets.get(instrument.id), {
      rate,
      feeRate: (asset) => feeRateOf(asset, instrument, rateOf),
      now: () => ledger.now,
      trip: (trip) => trips.add(trip),
      filled: (fill, signed, price, fee) => {
        const day = dayOf(Math.floor(fill.venueAt / dayMs));
        day.fills += 1;
        day.volume += Math.abs(signed) * price;
        day.fees += fee;
        hedges.fill(place, signed, price, fill.venueAt, ledger.now);
        let gross = 0;
        for (const each of folds) {
          const held = each.held();
          if (held !== 0) gross += Math.abs(held * (each.worth() || 0));
        }
        capital.exposed(gross);
      },
      wroteOff: (signed, price) => hedges.gone(place, signed, price, ledger.now, ledger.now),
      funded: (_, amount, at) => {
        const text = new Big(amount).times(rate).toFixed();
        settlements[counts.settled % listedSettlements] = { at, venue, market: instrument.id, amount: text };
        counts.settled += 1;
      },
    });
    folds[place] = fold;
    return fold;
  };
  const ledger: Ledger<undefined, MarketFold> = createLedger<undefined, MarketFold>({
    instruments,
    open,
    existing,
    graceMs,
    sole,
    ...(carried === undefined ? {} : { orders: carried.orders, trades: carried.trades }),
  });
  const earned = () => folds.reduce((sum, fold) => sum + fold.earned(), 0);
  const sampled = () => folds.map((fold): Sampled => ({ held: fold.held(), price: fold.worth() }));

  /** A leg that was not taken: its order must be known before it is told. */
  const refusal = (event: Event) => {
    if (event.type !== "order.rejected" && event.type !== "order.expired") return;
    const order = ledger.orders.live.get(event.clientId);
    if (order !== undefined && order.filled === 0) hedges.refused(places.get(order.instrument) ?? -1);
  };
  const onEvent = (event: Event): void => {
    if (ledger.from === undefined) for (const fold of folds) fold.begin(event.at);
    if (event.at > sampler.due) sampler.take(event.at, earned(), sampled());
    refusal(event);
    ledger.event(event);
    if (weighs(event)) fall.step(event.at, earned());
    if (event.type === "account.snapshot") capital.snapshot(event);
  };
  const onCommand = (command: Command): void => {
    if (command.type === "order.place") {
      counts.requests += 1;
      const market = ledger.markets.get(command.instrument);
      if (market !== undefined && (command.tif === "gtx" || command.tif === "gtc"))
        counts.quoted += command.price * command.size * market.unit();
    } else if (command.type === "order.cancel") counts.requests += 1;
    ledger.command(command);
  };

  return {
    event: onEvent,
    command: onCommand,
    entry: (entry) => {
      if (entry.dir === "in") onEvent(entry.event);
      else if (entry.dir === "out") onCommand(entry.command);
    },
    analysis: (meta) =>
      analyse(
        {
          options,
          quote,
          rateOf,
          ledger,
          sampler,
          fall,
          trips,
          hedges,
          capital,
          days,
          settlements,
          counts,
          earned,
          sampled,
        },
        meta,
      ),
  };
}
