// What runs while the futures venue is open beside what both services have: marks, funding, modes, countdowns, what is free.
import {
  background,
  createFundingWatch,
  createMarkFeed,
  guarded,
  type SessionAsk,
  type VenueSession,
  venueClock,
} from "@bp/adapter";
import { type BpError, type Clock, type Instrument, symbolOf, type VenueId } from "@bp/core";
import type { AsterConnection } from "../createCore.ts";
import { depth } from "../rest/futures/market/depth.ts";
import { cancel } from "../rest/futures/trade/cancel.ts";
import { countdownCancelAll } from "../rest/futures/trade/countdownCancelAll.ts";
import { get } from "../rest/futures/trade/get.ts";
import { place } from "../rest/futures/trade/place.ts";
import { aggTradeUpdate } from "../streams/aggTrade.ts";
import type { FuturesStreams } from "../streams/streams.ts";
import type { FuturesUserEvent } from "../streams/user/futures.ts";
import { aggTradeReader } from "../wire/tradeBytes.ts";
import { createBalanceWatch } from "./balances.ts";
import { clientIdOf } from "./clientIds.ts";
import { createCountdown } from "./countdown.ts";
import { futuresPlaceOf, type PositionMode } from "./encode.ts";
import { fundingRows } from "./funding.ts";
import { createFuturesAccount } from "./futuresAccount.ts";
import { laneOf } from "./lane.ts";
import { markOf } from "./marks.ts";
import { modeOf, readModes, wrongMode } from "./modes.ts";
import { createOrderApi } from "./orderApi.ts";
import { startService } from "./session.ts";
import { bookSource, tradeSource } from "./sources.ts";

/** What is opened, for whom, and who hears of it. */
export interface FuturesSessionOptions extends SessionAsk {
  readonly client: AsterConnection & { readonly streams: FuturesStreams };
  readonly clock: Clock;
  readonly id: VenueId;
  readonly trouble: (error: BpError) => void;
  readonly positionMode: PositionMode;
  readonly multiAssets: boolean;
  readonly countdown: { readonly ms: number; readonly everyMs: number } | undefined;
  readonly recvWindowMs: number;
  readonly fresh: (symbol: string, signal: AbortSignal) => Promise<Instrument | undefined>;
  readonly leverageChanged: (symbol: string, signal: AbortSignal) => Promise<void>;
  readonly beforeRound: (round: number, signal: AbortSignal) => Promise<void>;
}

/** The futures venue while it is open. */
export interface FuturesSession extends VenueSession {
  /** As that of `AsterFuturesVenue`. */
  letStay(): Promise<void>;
}

/** Opens every stream asked for, and tells what comes. */
export function startFutures(options: FuturesSessionOptions): FuturesSession {
  const { client, clock, id, trouble, asked, account, signal, positionMode } = options;
  const { call, signs, streams } = client;
  const venueNow = venueClock({ skew: client.skew, clock });
  const instrumentOf = (symbol: string) => asked.get(symbol);
  let { multiAssets } = options;
  let modeIsRight = true;

  const reader = createFuturesAccount({ call, asked, multiAssets: () => multiAssets, venueNow, trouble });
  const api = createOrderApi(
    {
      place: (command, instrument, mayLeave) =>
        call(place, futuresPlaceOf(command, instrument, positionMode, signs === "v3"), {
          ...laneOf(command),
          mayLeave,
        }),
      cancel: (which) => call(cancel, which),
      get: (which, until) => call(get, which, { signal: until }),
      fillsOf: reader.fillsOf,
    },
    signs,
    options.recvWindowMs,
  );
  const session = startService({
    ...options,
    api,
    reader,
    book: (symbol) =>
      bookSource("futures", streams.depth(symbol, "100ms"), (limit, until) =>
        call(depth, { symbol, limit }, { signal: until }),
      ),
    trades: (symbol) => tradeSource(symbol, streams.aggTrade(symbol), aggTradeReader, aggTradeUpdate, ({ a }) => a),
    snapshotTold: ({ orders }) => {
      for (const [symbol, { id: instrument }] of asked) {
        const theirs = orders.some((each) => each.instrument === instrument && each.clientId === undefined);
        countdown?.strangers(symbol, theirs);
      }
    },
    accountMayBeUp: () => modeIsRight,
    accountUp: () => {
      background(() => guarded(() => funding.read(), trouble));
      background(() => guarded(checkModes, trouble));
    },
  });
  const { desk, tell } = session;

  const funding = createFundingWatch({
    rows: (until) => fundingRows(call, instrumentOf, venueNow(), until),
    clock,
    since: venueNow(),
    tell,
    trouble,
    signal,
  });
  for (const symbol of asked.keys()) {
    const stamped = () => (account ? background(() => funding.look()) : undefined);
    const hearMark = createMarkFeed({ instrument: () => instrumentOf(symbol), tell, stamped });
    streams.markPrice(symbol, "1s").on((update, at) => hearMark(markOf(update), at), { signal });
  }

  /** Somebody has changed how positions are kept: our orders would mean something else, so the account counts as lost until it is mended. */
  const sawMode = (found: PositionMode) => {
    const right = found === positionMode;
    if (right === modeIsRight) return;
    modeIsRight = right;
    if (right) {
      if (streams.state("user") === "up") session.account?.set("up", `positions are kept in ${found} mode again`);
      return;
    }
    const error = wrongMode(id, found, positionMode);
    trouble(error);
    session.account?.set("down", error.message);
  };
  const checkModes = async () => {
    const modes = await readModes(call, signal);
    multiAssets = modes.multiAssets;
    sawMode(modes.positions);
  };
  const countdown =
    account && options.countdown !== undefined
      ? createCountdown({
          ...options.countdown,
          symbols: () => asked.keys(),
          resting: desk.resting,
          send: (symbol, countdownTime) => call(countdownCancelAll, { symbol, countdownTime }),
          clock,
          run: background,
          trouble,
          signal,
        })
      : undefined;
  const readBalances = createBalanceWatch({
    read: () => reader.balances(signal),
    told: (balance) => tell({ type: "balance.changed", venue: id, ...balance }, venueNow()),
    clock,
    run: background,
    trouble,
    signal,
  });

  const hear = (event: FuturesUserEvent) => {
    switch (event.e) {
      case "ORDER_TRADE_UPDATE":
        if (event.o.x === "NEW" && clientIdOf(event.o.c) === undefined) countdown?.strangers(event.o.s, true);
        return session.heard(event.o);
      case "ACCOUNT_UPDATE":
        readBalances();
        if (event.a.m === "FUNDING_FEE") background(() => funding.look());
        return;
      case "ACCOUNT_CONFIG_UPDATE":
        if (event.ac?.s !== undefined && asked.has(event.ac.s)) {
          const { s: symbol } = event.ac;
          background(() => guarded(() => options.leverageChanged(symbol, signal), trouble));
        }
        if (event.ai?.j !== null && event.ai?.j !== undefined) multiAssets = event.ai.j;
        if (event.ai?.d !== null && event.ai?.d !== undefined) sawMode(modeOf(event.ai.d));
        return;
      case "MARGIN_CALL":
      case "listenKeyExpired": // the connection sees to it
      case "announcement":
      case "unknown":
        return;
    }
  };
  if (account) {
    streams.user().on(hear, { signal });
    if (streams.state("user") === "up") session.account?.set("up", "connected");
  }

  return {
    desk: {
      ...desk,
      place: (command, mayLeave) => {
        desk.place(command, mayLeave);
        if (command.tif === "gtc" || command.tif === "gtx") countdown?.sent(symbolOf(command.instrument));
      },
    },
    askSnapshot: session.askSnapshot,
    letStay: async () => countdown?.letStay(),
    stop: async () => {
      session.stop();
      await countdown?.close();
    },
  };
}
