// The ground of a backtest: recorded markets as exchanges with accounts, on one timeline.
import {
  BpError,
  decimal,
  exchangeOf,
  type Instrument,
  type InstrumentId,
  symbolOf,
  type Tape,
  type Venue,
  type VenueId,
  venueOf,
} from "@bp/core";
import {
  createExchange,
  createTimeline,
  type Exchange,
  simVenue,
  type TapeMarket,
  type Timeline,
  tapeMarket,
} from "@bp/sim";
import { latencyOf, type Models, queueOf } from "./models.ts";
import { partOf } from "./part.ts";
import { type Played, playedOf } from "./played.ts";
import { hasReceiptTimes } from "./received.ts";

/** An account: two of one exchange are two venues, `backpack` and `backpack-2`. */
export interface Seat {
  readonly venue: VenueId;
  /** What it begins with, by asset. */
  readonly balances: Readonly<Record<string, string>>;
  /** By market of this venue; left out: the exchange's usual one. */
  readonly leverage?: Readonly<Record<InstrumentId, number>> | undefined;
}

/** Exchanges and accounts, ready to be traded on. Time stands at `from`. */
export interface Ground {
  readonly timeline: Timeline;
  /** One for each seat, in the same order. */
  readonly venues: readonly Venue[];
  /** By name: `backpack`. */
  readonly exchanges: ReadonlyMap<string, Exchange>;
  readonly markets: readonly TapeMarket[];
  /** What of the data is played. */
  readonly played: Played;
  /** First and last moment at which the data hold something to trade, ms. */
  readonly from: number;
  readonly to: number;
}

/**
 * The markets that accounts see on a tape, each under its venue's id and with its fees.
 *
 * @throws BpError `sim/bad-market` for a seat whose exchange has no recorded market
 */
export function marketsOf(tape: Tape, seats: readonly Seat[], models: Models): readonly Instrument[] {
  return seats.flatMap(({ venue }) => {
    const own = tape.instruments.filter(({ id }) => venueOf(id) === exchangeOf(venue));
    if (own.length === 0)
      throw new BpError("sim/bad-market", { why: `the data hold no market of ${exchangeOf(venue)}` });
    return own.map((each) => ({
      ...each,
      id: `${venue}:${symbolOf(each.id)}` as const,
      ...(models.fees === undefined
        ? {}
        : { fees: { maker: decimal(models.fees.maker), taker: decimal(models.fees.taker) } }),
    }));
  });
}

/**
 * Makes it, for the time of the data in which something can be traded: rates and marks before and after it are not played.
 *
 * @throws BpError `sim/bad-market` for an empty tape, a seat without a market and a leverage that cannot be
 */
export function groundOf(data: Tape, seats: readonly Seat[], models: Models, seed: number): Ground {
  const played = playedOf(data);
  const { tape, span } = played;
  if (span === undefined) throw new BpError("sim/bad-market", { why: "the data hold nothing" });
  const start = span.from;
  const timeline = createTimeline(start);
  const exchanges = new Map<string, Exchange>();
  const sources = new Map<string, TapeMarket>();
  const received = new Set<string>(); // exchanges whose data tell when they were received
  for (const name of new Set(seats.map(({ venue }) => exchangeOf(venue)))) {
    const theirs = seats.filter(({ venue }) => exchangeOf(venue) === name);
    if (hasReceiptTimes(tape, name)) received.add(name);
    const market = tapeMarket({ tape: partOf(tape, name), ...models.candles });
    const exchange = createExchange({
      start,
      market,
      queue: queueOf(models),
      accounts: theirs.map(({ venue, balances }) => ({
        name: venue,
        balances,
        ...(models.fees === undefined ? {} : { fees: models.fees }),
      })),
      remembers: { fills: 5_000, orders: 1_000 },
    });
    exchanges.set(name, exchange);
    sources.set(name, market);
  }
  const venues = seats.map(({ venue, leverage }, at) => {
    const exchange = exchanges.get(exchangeOf(venue));
    const market = sources.get(exchangeOf(venue));
    if (exchange === undefined || market === undefined)
      throw new BpError("sim/bad-market", { why: `the data hold no market of ${exchangeOf(venue)}` });
    for (const [id, times] of Object.entries(leverage ?? {}))
      setLeverage(exchange, venue, symbolOf(id as InstrumentId), times); // keys of a record of such ids
    return simVenue({
      exchange,
      account: venue,
      id: venue,
      timeline,
      latency: latencyOf(models, seed + at),
      recorded: models.feed === "recorded" && received.has(exchangeOf(venue)) ? market : { onGap: market.onGap },
    });
  });
  return { timeline, venues, exchanges, markets: [...sources.values()], played, from: start, to: span.to };
}

/** As the venues do: Backpack's is the whole account's, Aster's the market's. */
function setLeverage(exchange: Exchange, venue: VenueId, symbol: string, times: number): void {
  const market = exchange.instruments.find(({ id }) => symbolOf(id) === symbol);
  if (market === undefined) return; // a market that the data do not hold is not traded either
  const changed = venue.startsWith("aster")
    ? exchange.setLeverage(venue, times, market.id)
    : exchange.setLeverage(venue, times);
  if (!changed.ok) throw new BpError("sim/bad-market", { why: `leverage ${times} of ${venue}: ${changed.text}` });
}
