// What the endpoints and the streams of one Aster service share beside the exchange.
import { type Instrument, type InstrumentId, type Millis, priceToBig, sizeToBig, symbolOf, type Ticks } from "@bp/core";
import type { MarginBracket, MarketSource } from "@bp/sim";
import { Big } from "big.js";
import type { House } from "../house.ts";
import type { Member } from "./accounts.ts";
import { type Alarms, createAlarms } from "./alarms.ts";
import { createDesk, type Desk } from "./desk.ts";
import { createJournal, type Journal } from "./journal.ts";
import type { AsterLimits } from "./limits.ts";
import { createPrints, type Prints } from "./prints.ts";
import { createKeys, type ListenKeys } from "./streams/keys.ts";

export type Service = "futures" | "spot";

/** How a service behaves where the real one may do this or that. */
export interface AsterSettings {
  readonly limits: AsterLimits;
  /** A post-only order that would take: taken and expired (default of the venue), or refused with -5022. */
  readonly gtxRefusal: "expire" | "error";
  /** How old a REST book may be, ms. */
  readonly depthLagMs: number;
  /** Life of a listen key, ms. */
  readonly listenKeyMs: number;
  /** Messages a second that a socket may send. */
  readonly messagesPerSecond: number;
  /** Streams per connection. */
  readonly mostStreams: number;
}

/** One step of the leverage table of a market. */
export interface Bracket extends MarginBracket {
  readonly leverage: number;
}

/** Why money moves, in the words of the user stream. */
export type Reason =
  | "ORDER"
  | "FUNDING_FEE"
  | "DEPOSIT"
  | "WITHDRAW"
  | "ASSET_TRANSFER"
  | "MARGIN_TRANSFER"
  | "MARGIN_TYPE_CHANGE";

/** What changed about an account without the exchange telling it. */
export type Notice =
  | { readonly kind: "leverage"; readonly account: string; readonly market: Instrument; readonly leverage: number }
  | { readonly kind: "modes"; readonly account: string }
  | { readonly kind: "margin-type"; readonly account: string; readonly market: Instrument };

/** Isolated margin that was added or taken back. */
interface MarginMove {
  readonly account: string;
  readonly market: Instrument;
  /** Above 0. */
  readonly amount: string;
  readonly type: 1 | 2;
  readonly positionSide: string;
  readonly at: Millis;
}

export interface AsterHouse extends House {
  readonly service: Service;
  readonly settings: AsterSettings;
  readonly members: readonly Member[];
  readonly desk: Desk;
  readonly prints: Prints;
  readonly journal: Journal;
  readonly alarms: Alarms;
  readonly keys: ListenKeys;
  /** Allowed price as a multiple of the mark (futures) or index price (spot). */
  bandOf(market: Instrument): { readonly min: number; readonly max: number } | undefined;
  bracketsOf(market: Instrument): readonly Bracket[];
  /** Mark in quote per base; where there is none the last print, else the middle of the book. */
  markOf(market: Instrument): Big;
  /** Why money moves while `act` runs; outside of it, by what happened. */
  because<T>(reason: Reason, act: () => T): T;
  readonly reason: Reason | undefined;
  /** When an asset or a market of an account changed last. */
  changedAt(account: string, what: string): Millis | undefined;
  /** Moves of isolated margin that were asked for, oldest first. */
  readonly marginMoves: MarginMove[];
  /** Tells the user streams. */
  notify(notice: Notice): void;
  onNotice(listener: (notice: Notice) => void): () => void;
  /** The market of a stream's name, in small letters. */
  marketOfStream(name: string): Instrument | undefined;
  /** The other service, for transfers. */
  sibling: AsterHouse | undefined;
  stop(): void;
}

/** The market source without the bands, which the venue itself checks: above for purchases and below for sales alone. */
export function withoutBands(source: MarketSource): MarketSource {
  return {
    instruments: source.instruments.map((market) => ({ ...market, band: undefined })),
    attach: (hands) => source.attach(hands),
    nextAt: () => source.nextAt(),
    act: () => source.act(),
  };
}

/**
 * @param markets - as their source describes them, with their bands
 * @param brackets - by market; futures alone
 */
export function createAsterHouse(
  house: House,
  service: Service,
  markets: readonly Instrument[],
  members: readonly Member[],
  settings: AsterSettings,
  brackets: ReadonlyMap<InstrumentId, readonly Bracket[]>,
): AsterHouse {
  const { exchange } = house;
  const bands = new Map(markets.map(({ id, band }) => [id, band]));
  const desk = createDesk((id) => house.isSystem(id));
  const prints = createPrints();
  const journal = createJournal(
    service,
    (id) => house.marketOf(id),
    (fill) => {
      const market = house.marketOf(fill.instrument);
      const base = sizeToBig(market, fill.size);
      return { base, quote: priceToBig(market, fill.price).times(base) };
    },
  );
  const alarms = createAlarms(house);
  const listeners = new Set<(notice: Notice) => void>();
  const changes = new Map<string, Millis>();
  let reason: Reason | undefined;
  const stopHearing = exchange.listen((fact) => {
    desk.hear(fact);
    prints.hear(fact);
    journal.hear(fact);
    if (fact.type === "balance") changes.set(`${fact.account} ${fact.balance.asset}`, fact.at);
    else if (fact.type === "position") changes.set(`${fact.account} ${fact.position.instrument}`, fact.at);
    else if (fact.type === "instrument" && fact.instrument.band !== undefined)
      bands.set(fact.instrument.id, fact.instrument.band);
  });
  return {
    ...house,
    service,
    settings,
    members,
    desk,
    prints,
    journal,
    alarms,
    keys: createKeys(service, settings.listenKeyMs),
    bandOf: ({ id }) => bands.get(id),
    bracketsOf: ({ id }) => brackets.get(id) ?? [],
    markOf: (market) => {
      const ticks = exchange.mark(market.id)?.mark ?? exchange.trades(market.id)[0]?.price ?? middle(house, market.id);
      return new Big(ticks).times(market.tickSize);
    },
    because: (why, act) => {
      const before = reason;
      reason = why;
      try {
        return act();
      } finally {
        reason = before;
      }
    },
    get reason() {
      return reason;
    },
    changedAt: (account, what) => changes.get(`${account} ${what}`),
    marginMoves: [],
    notify: (notice) => {
      for (const listener of listeners) listener(notice);
    },
    onNotice: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    marketOfStream: (name) => house.markets().find(({ id }) => symbolOf(id).toLowerCase() === name),
    sibling: undefined,
    stop: () => {
      stopHearing();
    },
  };
}

function middle({ exchange }: House, id: InstrumentId): number {
  const { bids, asks } = exchange.book(id, 1);
  const bid: Ticks | undefined = bids[0]?.[0];
  const ask: Ticks | undefined = asks[0]?.[0];
  return bid !== undefined && ask !== undefined ? (bid + ask) / 2 : (bid ?? ask ?? 0);
}
