// The one fold over a log that every figure comes from: live while the bot runs, and afterwards over its journal.
import {
  Big,
  BpError,
  type Command,
  createParts,
  type Entry,
  type Event,
  type Fill,
  type Instrument,
  type InstrumentId,
  lots,
  type Millis,
  millis,
  type Parts,
  type VenueId,
  venueOf,
} from "@bp/core";
import { type Carry, fromCarry, toCarry } from "./carry.ts";
import type { DayFigures, Figures } from "./figures.ts";
import { type CountedFill, createMarket, type Market } from "./market.ts";
import { createOrders } from "./orders.ts";
import { createStopwatch, type Stopwatch } from "./quoting.ts";
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
  /** What a later run needs to go on counting; plain JSON. */
  carry(): Carry;
}

/** Trades whose ids a later run is given, so that it does not count them again. */
const carriedTrades = 5_000;
/** Trades whose ids are remembered, so that one that is told again counts once: far more than any list of a venue is long. */
const rememberedTrades = 20_000;
const dollars: ReadonlySet<string> = new Set(["USD", "USDC", "USDT", "FDUSD", "USD1", "USDF"]);
const nothing: readonly CountedFill[] = [];

/**
 * Starts a tally.
 *
 * A fill counts once (by instrument, trade id and side) and only if its order was placed in the log; others are
 * `externalFills`. Orders are counted as the engine counts them.
 *
 * @throws BpError `config/invalid` if a quote has no rate
 * @example
 * const tally = createTally({ instruments });
 * for (const { entry } of journal.read(run)) tally.entry(entry);
 * console.log(tally.figures().session.profit.net.toFixed());
 */
export function createTally(options: TallyOptions): Tally {
  const { instruments, graceMs = 10_000, existing = "ignore" } = options;
  const quote = options.quote ?? instruments[0]?.quote ?? "USDC";
  const rateOf = ratesOf(quote, options.rates ?? {});
  const carried = options.carry === undefined ? undefined : fromCarry(options.carry);
  const markets = new Map<InstrumentId, Market>();
  const watches = new Map<InstrumentId, Stopwatch>();
  const trades = new Set<string>(carried?.trades);
  const days = new Map<string, DayFigures>(carried?.days.map((each) => [each.day, each]));
  const unconverted = new Set<string>();
  const seen = new Set<VenueId>();
  /** Of perpetuals: what is ours, and what another hand took of it. */
  const parts = new Map<InstrumentId, Parts>();
  const laid = new Set<string>();
  const newest = new Map<VenueId, Millis>();
  let external = 0;
  let from: Millis | undefined;
  let now = millis(0);

  const touched = new Set<InstrumentId>();
  const orders = createOrders(graceMs, (id) => touched.add(id));
  /** The time until now belongs to the orders as they were. */
  const settle = () => {
    for (const id of touched) watches.get(id)?.changed(now);
    touched.clear();
  };

  const add = (instrument: Instrument) => {
    if (rateOf(instrument.quote) === undefined)
      throw new BpError("config/invalid", {
        path: `rates.${instrument.quote}`,
        found: "nothing",
        expected: `what one ${instrument.quote} is worth in ${quote}`,
      });
    markets.set(instrument.id, createMarket(instrument, carried?.markets.get(instrument.id)));
    watches.set(instrument.id, createStopwatch(instrument.id, orders.live));
    if (instrument.kind === "perp") parts.set(instrument.id, createParts());
  };
  for (const each of instruments) add(each);
  for (const each of carried?.orders ?? []) orders.adopt(each);

  const countFill = (fill: Fill): CountedFill | undefined => {
    const market = markets.get(fill.instrument);
    const key = keyOf(fill);
    if (market === undefined || trades.has(key)) return undefined;
    const order = fill.clientId === undefined ? undefined : orders.find(fill.clientId);
    trades.add(key);
    if (trades.size > rememberedTrades) forgetOldest(trades);
    lay(fill, key, order === undefined ? "another" : "ours");
    if (order === undefined) {
      external += 1;
      return undefined;
    }
    orders.filledTo(order, Math.max(fill.total, order.filled), fill.venueAt);
    const counted = market.fill(fill, feeRate(fill, market.instrument));
    addDay(fill, counted);
    return counted;
  };
  /** Lays a trade beside the venue's position, once. */
  const lay = (fill: Fill, key: string, whose: "ours" | "another") => {
    const part = parts.get(fill.instrument);
    if (part === undefined || laid.has(key)) return;
    laid.add(key);
    if (laid.size > rememberedTrades) forgetOldest(laid);
    const signed = fill.side === "buy" ? fill.size : -fill.size;
    part.traded({ key, signed, price: fill.price, venueAt: fill.venueAt }, whose);
    if (whose === "ours") part.own += signed;
    else part.concede();
  };
  /** A person has seen what is gone and goes on: as the engine does. */
  const writeOff = () => {
    for (const [id, part] of parts) {
      const gone = part.gone();
      const market = markets.get(id);
      if (gone === 0 || market === undefined) continue;
      const size = lots(Math.sign(part.own) * gone);
      const { price } = market;
      market.writeOff(size, part.gonePrice() ?? (price === undefined ? undefined : Math.round(price)), now);
      part.own -= size;
      part.concede();
    }
  };
  /** What one unit of the fee asset is worth in the market's quote. */
  const feeRate = (fill: Fill, { base, quote: own }: Instrument): Big | undefined => {
    if (fill.feeAsset === own || fill.feeAsset === base) return new Big(1); // base counts at the price of the fill
    const asset = rateOf(fill.feeAsset);
    if (asset === undefined) {
      if (!new Big(fill.fee).eq(0)) unconverted.add(fill.feeAsset);
      return undefined;
    }
    return asset.div(rateOf(own) ?? 1);
  };
  const addDay = (fill: Fill, { instrument, realized, fee }: CountedFill) => {
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

  const layPositions = ({ venue, asOf, positions, fills }: Extract<Event, { type: "account.snapshot" }>) => {
    if (asOf < (newest.get(venue) ?? 0)) return; // an older answer that came late
    newest.set(venue, asOf);
    const sizes = new Map(positions.map(({ instrument, size }) => [instrument, size]));
    const inside = new Set(fills.map(keyOf));
    for (const [id, part] of parts) {
      if (venueOf(id) !== venue) continue;
      part.told(sizes.get(id) ?? 0, asOf, inside);
      part.concede();
    }
  };
  const foldSnapshot = (event: Extract<Event, { type: "account.snapshot" }>): readonly CountedFill[] => {
    const counted = event.fills.flatMap((fill) => {
      // a list of recent fills reaches back before the run: those are not ours to count, and not external news
      if (fill.clientId === undefined || orders.find(fill.clientId) === undefined) {
        lay(fill, keyOf(fill), "another");
        return [];
      }
      return countFill(fill) ?? [];
    });
    orders.snapshot(event, event.at);
    layPositions(event);
    if (existing === "adopt" && !seen.has(event.venue))
      for (const { instrument, size, cost } of event.positions) {
        const market = markets.get(instrument);
        if (market?.instrument.kind !== "perp") continue;
        market.adopt(size, new Big(cost));
        parts.get(instrument)?.adopt();
      }
    seen.add(event.venue);
    return counted;
  };

  const fold = (event: Event): readonly CountedFill[] => {
    switch (event.type) {
      case "book.reset":
        markets.get(event.instrument)?.bookReset(event);
        return nothing;
      case "book.changed":
        markets.get(event.instrument)?.bookChanged(event);
        return nothing;
      case "book.lost":
        markets.get(event.instrument)?.bookLost(event.venueAt);
        return nothing;
      case "trade.printed":
        markets.get(event.instrument)?.printed(event.price);
        return nothing;
      case "mark.changed":
        markets.get(event.instrument)?.marked(event.mark);
        return nothing;
      case "order.filled": {
        const counted = countFill(event);
        return counted === undefined ? nothing : [counted];
      }
      case "order.accepted":
      case "order.cancelled":
      case "order.expired":
      case "order.rejected":
      case "order.doubted":
        orders.told(event);
        return nothing;
      case "account.snapshot":
        return foldSnapshot(event);
      case "funding.paid":
        markets.get(event.instrument)?.funding(new Big(event.amount));
        return nothing;
      case "instrument.changed": {
        const market = markets.get(event.instrument.id);
        if (market !== undefined) market.instrument = event.instrument;
        return nothing;
      }
      case "timer.fired":
        for (const market of markets.values()) market.pass(now);
        return nothing;
      case "link.lost":
        if (event.stream === "market")
          for (const [id, market] of markets) if (venueOf(id) === event.venue) market.bookLost(event.venueAt);
        return nothing;
      case "operator.asked":
        if (event.ask === "resume") writeOff();
        return nothing;
      case "link.restored":
      case "balance.changed":
        return nothing;
    }
  };

  const onEvent = (event: Event): readonly CountedFill[] => {
    from ??= event.at;
    if (event.at > now) now = event.at;
    const counted = fold(event);
    if (touched.size > 0) settle();
    return counted;
  };
  const onCommand = (command: Command): void => {
    if (command.type === "order.place") orders.placed(command, now);
    if (command.type === "order.cancel") orders.cancelling(command.clientId);
    if (touched.size > 0) settle();
  };

  return {
    event: onEvent,
    command: onCommand,
    entry: (entry) => {
      if (entry.dir === "in") return onEvent(entry.event);
      if (entry.dir === "out") onCommand(entry.command);
      return nothing;
    },
    figures: () => {
      const each = [...markets.entries()].map(([id, market]) =>
        market.figures(watches.get(id) ?? createStopwatch(id, orders.live), from ?? now, now),
      );
      return {
        quote,
        from: from ?? millis(0),
        to: now,
        seconds: from === undefined ? 0 : (now - from) / 1_000,
        orders: orders.counts(),
        ...totalOf(each, (asset) => rateOf(asset) ?? new Big(1)),
        instruments: each,
        days: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)),
        externalFills: external,
        unconverted: [...unconverted],
      };
    },
    carry: () =>
      toCarry({
        markets: new Map([
          ...(carried?.markets ?? []), // markets that this run does not trade are handed on as they came
          ...[...markets].map(([id, market]) => [id, market.carry()] as const),
        ]),
        orders: [...orders.live.values()],
        trades: [...trades].slice(-carriedTrades),
        days: [...days.values()],
      }),
  };
}

/** A trade of two orders of ours is told twice, once for each side. */
function keyOf({ instrument, tradeId, side }: Fill): string {
  return `${instrument}/${tradeId}/${side}`;
}

function forgetOldest(trades: Set<string>): void {
  const [oldest] = trades;
  if (oldest !== undefined) trades.delete(oldest);
}

/** What one unit of an asset is worth in `quote`; `undefined` where nobody has said. */
function ratesOf(quote: string, rates: Readonly<Record<string, string>>): (asset: string) => Big | undefined {
  const one = new Big(1);
  const told = new Map(Object.entries(rates).map(([asset, rate]) => [asset, new Big(rate)]));
  return (asset) => {
    if (asset === quote) return one;
    return told.get(asset) ?? (dollars.has(asset) && dollars.has(quote) ? one : undefined);
  };
}
