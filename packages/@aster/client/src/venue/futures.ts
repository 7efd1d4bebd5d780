// Aster's perpetuals as a place to trade: the `Venue` port over REST and streams.
import { type ClosableVenue, venueOver } from "@bp/adapter";
import type { BpError, Clock, VenueId } from "@bp/core";
import type { AsterConnection } from "../createCore.ts";
import type { FuturesStreams } from "../streams/streams.ts";
import type { PositionMode } from "./encode.ts";
import { createFuturesMarkets } from "./futuresMarkets.ts";
import { type FuturesSession, startFutures } from "./futuresSession.ts";
import { type Modes, readModes, wrongMode } from "./modes.ts";

/** The venue's countdown: after `ms` without a word from us it takes back all orders of a market; begun anew every `everyMs`. */
export interface CountdownTimes {
  readonly ms: number;
  readonly everyMs: number;
}

/** Whose account it is, and who hears of trouble. */
export interface AsterFuturesVenueOptions {
  /** `createAster(…).futures`. */
  readonly client: AsterConnection & { readonly streams: FuturesStreams };
  /** Default `aster-futures`. Two accounts are two venues with two clients. */
  readonly id?: VenueId;
  /** Default: the client's. */
  readonly clock?: Clock;
  /**
   * How the account keeps its positions; default `one-way`. It is compared before anything opens and never changed. In `hedge` a purchase
   * opens a long and a sale a short, what is reduce-only closes the other one, and positions are told net.
   */
  readonly positionMode?: PositionMode;
  /** Default 60 s, begun anew every 20 s, in each market where an order of ours rests. `off`: what rests stays if we go silent. */
  readonly countdown?: CountdownTimes | "off";
  /** V1 keys: the client's `recvWindowMs` where it is not 5,000. So long, and a little, an order may still arrive. */
  readonly recvWindowMs?: number;
  /** Hears what went wrong and was survived: bad frames, failed reads, markets that cannot be read. */
  readonly onTrouble?: (error: BpError) => void;
}

/** The `Venue` port over Aster's perpetuals. */
export interface AsterFuturesVenue extends ClosableVenue {
  /**
   * Call it before the venue is closed for good, if what rests is to stay: stops the countdowns, which else take it back.
   *
   * @throws BpError if one may still run
   */
  letStay(): Promise<void>;
}

/** Fees and leverage are read again in each round of comparing filters of so many: once in six hours. */
const termsEveryRounds = 360;

/**
 * The perpetuals of one account (or public data alone, with a client that has no key). `open` with an account throws
 * `config/conflict` when the account's position mode is not the one asked for.
 *
 * @example
 * const venue = asterFuturesVenue({ client: createAster({ key }).futures });
 * await venue.open({ instruments: ["aster-futures:BTCUSDT"], account: true }, handle, signal);
 */
export function asterFuturesVenue(options: AsterFuturesVenueOptions): AsterFuturesVenue {
  const { client, id = "aster-futures", positionMode = "one-way", recvWindowMs = 5_000 } = options;
  const { countdown = { ms: 60_000, everyMs: 20_000 } } = options;
  const clock = options.clock ?? client.clock;
  const trouble = (error: BpError) => options.onTrouble?.(error);
  const markets = createFuturesMarkets(client, id, clock, trouble);
  let modes: Modes = { positions: positionMode, multiAssets: false };
  let session: FuturesSession | undefined; // the latest

  const venue = venueOver({
    id,
    signs: client.signs !== undefined,
    load: markets.load,
    prepare: async (asked, account, signal) => {
      if (!account) return;
      modes = await readModes(client.call, signal);
      if (modes.positions !== positionMode) throw wrongMode(id, modes.positions, positionMode);
      await markets.readTerms(asked.keys(), signal);
      for (const symbol of asked.keys()) {
        const known = await markets.fresh(symbol, signal);
        if (known !== undefined) asked.set(symbol, known);
      }
    },
    start: (ask) => {
      session = startFutures({
        ...ask,
        client,
        clock,
        id,
        trouble,
        positionMode,
        multiAssets: modes.multiAssets,
        countdown: countdown === "off" ? undefined : countdown,
        recvWindowMs,
        fresh: markets.fresh,
        leverageChanged: (symbol, signal) => markets.readTerms([symbol], signal),
        beforeRound: async (round, signal) => {
          if (ask.account && round % termsEveryRounds === 0) await markets.readTerms(ask.asked.keys(), signal);
        },
      });
      return session;
    },
    close: async () => {
      client.streams.close();
      await client.close();
    },
  });
  return { ...venue, letStay: async () => session?.letStay() };
}
