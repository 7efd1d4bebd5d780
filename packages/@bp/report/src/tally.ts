// The one fold over a log that every figure comes from: live while the bot runs, and afterwards over its journal.
import { Big, type Command, type Entry, type Event, type Fill, type Instrument, millis } from "@bp/core";
import { type Carry, fromCarry, toCarry } from "./carry.ts";
import type { DayFigures, Figures } from "./figures.ts";
import { type Glance, glanceOf } from "./glance.ts";
import { createLedger } from "./ledger.ts";
import { type CountedFill, createMarket, type Market } from "./market.ts";
import { checkQuotes, feeRateOf, ratesOf } from "./rates.ts";
import { totalOf } from "./total.ts";

/** How a tally is set up. */
export interface TallyOptions {
  /** The markets as they were at the start of the run. */
  readonly instruments: readonly Instrument[];
  /** The asset of sums over several markets; default: the quote of the first instrument. */
  readonly quote?: string;
  /** What one unit of an asset is worth in `quote`, for fees and quotes in other assets. USD, USDC, USDT … count as equal. */
  readonly rates?: Readonly<Record<string, string>>;
  /** What `carry()` of the run before gave: start values for the cumulative figures, and its open lots. */
  readonly carry?: Carry;
  /** As the engine's `existing`: whether a position of the first snapshot is taken over, at the venue's entry cost. Default `ignore`. */
  readonly existing?: "ignore" | "adopt";
  /** As the engine's: how long a request may stay on the wire, in ms. Default 10,000. */
  readonly graceMs?: number;
  /** Nobody else trades on the accounts, as in a simulation: a trade that nobody ordered is a liquidation, and counts. Default false. */
  readonly sole?: boolean;
}

/** A fold over events and commands. Feed it everything, in the order of the log. */
export interface Tally {
  /** @returns the fills that it brought: ours, each once; usually none */
  event(event: Event): readonly CountedFill[];
  command(command: Command): void;
  /** A line of a journal. */
  entry(entry: Entry): readonly CountedFill[];
  /** What everything so far comes to. Asking changes nothing. */
  figures(): Figures;
  /** `session.profit.net` of the figures, without the work of all others: for curves. */
  net(): Big;
  /** Of the figures what costs little: for faces. */
  glance(): Glance;
  /** `causes.equityChange` of the figures, without the work of all others: what the accounts have gained, and what is watched fall. */
  equityChange(): Big;
  /** What a later run needs to go on counting; plain JSON. */
  carry(): Carry;
}

/** Trades whose ids a later run is given, so that it does not count them again. */
const carriedTrades = 5_000;

/**
 * Starts a tally.
 *
 * A fill counts once (by instrument, trade id and side) and only if its order was placed in the log (or `sole` says so); others are
 * `externalFills`. Orders are counted as the engine counts them.
 *
 * @throws BpError `config/invalid` if a quote has no rate
 * @example
 * const tally = createTally({ instruments });
 * for (const { entry } of journal.read(run)) tally.entry(entry);
 * console.log(tally.figures().session.profit.net.toFixed());
 */
export function createTally(options: TallyOptions): Tally {
  const { instruments, graceMs = 10_000, existing = "ignore", sole = false } = options;
  const quote = options.quote ?? instruments[0]?.quote ?? "USDC";
  const rateOf = ratesOf(quote, options.rates ?? {});
  checkQuotes(instruments, rateOf, quote);
  const carried = options.carry === undefined ? undefined : fromCarry(options.carry);
  const days = new Map<string, DayFigures>(carried?.days.map((each) => [each.day, each]));
  const unconverted = new Set<string>();

  const feeRate = (fill: Fill, instrument: Instrument): Big | undefined => {
    const rate = feeRateOf(fill.feeAsset, instrument, rateOf);
    if (rate === undefined && !new Big(fill.fee).eq(0)) unconverted.add(fill.feeAsset);
    return rate;
  };
  const addDay = ({ fill, instrument, realized, fee }: CountedFill) => {
    const day = new Date(fill.venueAt).toISOString().slice(0, 10);
    const rate = rateOf(instrument.quote) ?? new Big(1);
    const volume = new Big(fill.price).times(fill.size).times(instrument.tickSize).times(instrument.lotSize);
    const sum = days.get(day);
    days.set(day, {
      day,
      fills: (sum?.fills ?? 0) + 1,
      volume: volume.times(rate).plus(sum?.volume ?? 0),
      fees: fee.times(rate).plus(sum?.fees ?? 0),
      realized: realized.times(rate).plus(sum?.realized ?? 0),
    });
  };
  const ledger = createLedger<CountedFill, Market>({
    instruments,
    open: (instrument) => createMarket(instrument, carried?.markets.get(instrument.id), { feeRate, counted: addDay }),
    existing,
    graceMs,
    sole,
    ...(carried === undefined ? {} : { orders: carried.orders, trades: carried.trades }),
  });

  const inCommon = (of: (market: Market) => Big): Big => {
    let sum = new Big(0);
    for (const market of ledger.markets.values())
      sum = sum.plus(of(market).times(rateOf(market.instrument().quote) ?? new Big(1)));
    return sum;
  };

  return {
    event: (event) => ledger.event(event),
    command: (command) => ledger.command(command),
    entry: (entry) => ledger.entry(entry),
    figures: () => {
      const { from, now } = ledger;
      const each = [...ledger.markets].map(([id, market]) => market.figures(ledger.stopwatch(id), from ?? now, now));
      return {
        quote,
        from: from ?? millis(0),
        to: now,
        seconds: from === undefined ? 0 : (now - from) / 1_000,
        orders: ledger.orders.counts(),
        ...totalOf(each, (asset) => rateOf(asset) ?? new Big(1)),
        instruments: each,
        days: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)),
        externalFills: ledger.external,
        unconverted: [...unconverted],
      };
    },
    net: () => inCommon((market) => market.net()),
    equityChange: () => inCommon((market) => market.equityChange()),
    glance: () => {
      const { from, now } = ledger;
      const markets = [...ledger.markets].map(
        ([id, market]) => [id, { quote: market.instrument().quote, now: market.glance() }] as const,
      );
      const passed = from === undefined ? 0 : now - from;
      const both = [...ledger.markets.keys()].map((id) => ledger.stopwatch(id).quoting(now).bothMs / passed);
      return {
        quote,
        ...glanceOf(new Map(markets), (asset) => rateOf(asset) ?? new Big(1)),
        orders: ledger.orders.counts(),
        quotedBoth: passed === 0 || both.length === 0 ? undefined : Math.min(...both),
      };
    },
    carry: () =>
      toCarry({
        markets: new Map([
          ...(carried?.markets ?? []), // markets that this run does not trade are handed on as they came
          ...[...ledger.markets].map(([id, market]) => [id, market.carry()] as const),
        ]),
        orders: [...ledger.orders.live.values()],
        trades: ledger.trades().slice(-carriedTrades),
        days: [...days.values()],
      }),
  };
}
