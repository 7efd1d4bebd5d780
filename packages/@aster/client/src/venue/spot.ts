// Aster's spot market as a place to trade: the `Venue` port over REST and streams.
import { type ClosableVenue, type SessionAsk, sum, type VenueSession, venueOver } from "@bp/adapter";
import { type BpError, type Clock, type Instrument, type InstrumentId, millis, type VenueId } from "@bp/core";
import type { AsterConnection } from "../createCore.ts";
import { commissionRate } from "../rest/spot/account/commissionRate.ts";
import { depth } from "../rest/spot/market/depth.ts";
import { exchangeInfo } from "../rest/spot/market/exchangeInfo.ts";
import { cancel } from "../rest/spot/trade/cancel.ts";
import { get } from "../rest/spot/trade/get.ts";
import { place } from "../rest/spot/trade/place.ts";
import type { SpotStreams } from "../streams/streams.ts";
import { tradeUpdate } from "../streams/trade.ts";
import { tradeReader } from "../wire/tradeBytes.ts";
import { createCatalogue } from "./catalogue.ts";
import { spotPlaceOf } from "./encode.ts";
import { assumedFees, instrumentOf, isRealSpot, readable } from "./instruments.ts";
import { laneOf } from "./lane.ts";
import { createLatest } from "./latest.ts";
import { createOrderApi } from "./orderApi.ts";
import { startService } from "./session.ts";
import { skippedError } from "./skipped.ts";
import { bookSource, tradeSource } from "./sources.ts";
import { createSpotAccount } from "./spotAccount.ts";

/** Fees are read again in each round of comparing filters of so many: once in six hours. */
const feesEveryRounds = 360;

/** Whose account it is, and who hears of trouble. */
export interface AsterSpotVenueOptions {
  /** `createAster(…).spot`. */
  readonly client: AsterConnection & { readonly streams: SpotStreams };
  /** Default `aster-spot`. Two accounts are two venues with two clients. */
  readonly id?: VenueId;
  /** Default: the client's. */
  readonly clock?: Clock;
  /** V1 keys: the client's `recvWindowMs` where it is not 5,000. So long, and a little, an order may still arrive. */
  readonly recvWindowMs?: number;
  /** Hears what went wrong and was survived: bad frames, failed reads, markets that cannot be read. */
  readonly onTrouble?: (error: BpError) => void;
}

/**
 * The spot market of one account (or public data alone, with a client that has no key). The venue has no countdown here: what rests
 * stays if we go silent, so a watchdog must stand beside the bot.
 *
 * @example
 * const venue = asterSpotVenue({ client: createAster({ key }).spot });
 * await venue.open({ instruments: ["aster-spot:ASTERUSDT"], account: true }, handle, signal);
 */
export function asterSpotVenue(options: AsterSpotVenueOptions): ClosableVenue {
  const { client, id = "aster-spot", recvWindowMs = 5_000 } = options;
  const { call, signs } = client;
  const clock = options.clock ?? client.clock;
  const trouble = (error: BpError) => options.onTrouble?.(error);
  const fees = new Map<string, Instrument["fees"]>();

  const catalogue = createCatalogue(clock, async (signal) => {
    const info = await call(exchangeInfo, undefined, signal === undefined ? {} : { signal });
    client.applyLimits(info);
    return info;
  });
  const make = (market: Parameters<typeof isRealSpot>[0]) =>
    instrumentOf(market, "spot", id, {
      fees: fees.get(market.symbol) ?? assumedFees.spot,
      fundingIntervalMs: undefined,
      margin: undefined,
    });
  const readFees = async (symbols: Iterable<string>, signal: AbortSignal) => {
    if (signs === undefined) return;
    for (const symbol of symbols) {
      const rate = await call(commissionRate, { symbol }, { signal });
      fees.set(symbol, { maker: rate.makerCommissionRate, taker: rate.takerCommissionRate });
    }
  };

  const start = (ask: SessionAsk): VenueSession => {
    const { asked, account, signal } = ask;
    const reader = createSpotAccount(call, asked, trouble);
    const api = createOrderApi(
      {
        place: (command, instrument, mayLeave) =>
          call(place, spotPlaceOf(command, instrument), { ...laneOf(command), mayLeave }),
        cancel: (which) => call(cancel, which),
        get: (which, until) => call(get, which, { signal: until }),
        fillsOf: reader.fillsOf,
      },
      signs,
      recvWindowMs,
    );
    const session = startService({
      ...ask,
      client,
      clock,
      id,
      trouble,
      api,
      reader,
      book: (symbol) =>
        bookSource("spot", client.streams.depth(symbol, "100ms"), (limit, until) =>
          call(depth, { symbol, limit }, { signal: until }),
        ),
      trades: (symbol) => tradeSource(symbol, client.streams.trade(symbol), tradeReader, tradeUpdate, ({ t }) => t),
      fresh: async (symbol, until) => {
        const market = (await catalogue.recent(until)).symbols.find((each) => each.symbol === symbol);
        return market === undefined ? undefined : make(market);
      },
      beforeRound: async (round, until) => {
        if (round % feesEveryRounds === 0) await readFees(asked.keys(), until);
      },
      accountMayBeUp: () => true,
      accountUp: () => undefined,
    });
    if (account) {
      const latest = createLatest();
      client.streams.user().on(
        (event, at) => {
          if (event.e === "executionReport") session.heard(event);
          if (event.e !== "outboundAccountPosition") return;
          for (const { a: asset, f: free, l: locked } of event.B) {
            if (!latest.take(asset, event.E, event.T ?? event.u ?? event.E)) continue;
            const total = sum(free, locked);
            session.tell({ type: "balance.changed", venue: id, asset, total, free }, millis(event.T ?? event.E), at);
          }
        },
        { signal },
      );
      if (client.streams.state("user") === "up") session.account?.set("up", "connected");
    }
    return session;
  };

  return venueOver({
    id,
    signs: signs !== undefined,
    load: async (signal) => {
      const { symbols, skipped } = await catalogue.read(signal);
      for (const row of skipped) trouble(skippedError(row));
      const known = readable(symbols.filter(isRealSpot), make, trouble);
      return new Map<InstrumentId, Instrument>(
        [...known.values()].filter(({ state }) => state === "open").map((each) => [each.id, each]),
      );
    },
    prepare: async (asked, account, signal) => {
      if (!account) return;
      await readFees(asked.keys(), signal);
      for (const [symbol, instrument] of asked)
        asked.set(symbol, { ...instrument, fees: fees.get(symbol) ?? instrument.fees });
    },
    start,
    close: async () => {
      client.streams.close();
      await client.close();
    },
  });
}
