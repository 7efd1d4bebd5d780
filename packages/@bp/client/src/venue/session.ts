// What runs while the venue is open: links, books, prints, marks, the account's orders, balances, funding and snapshots.

import {
  background,
  createFundingWatch,
  createLink,
  createMarkets,
  createOrderDesk,
  createSnapshotAsker,
  createSnapshots,
  guarded,
  type SessionAsk,
  type VenueSession,
  zero,
} from "@bp/adapter";
import { type BpError, type Clock, isBpError, type Millis, millis, type News } from "@bp/core";
import type { Backpack } from "../client.ts";
import { fromMicros } from "../wire/time.ts";
import { balancesOf, createAccountReader } from "./account.ts";
import { fundingRows } from "./funding.ts";
import { type Fees, instrumentOf as toInstrument } from "./instruments.ts";
import { createLendWatch } from "./lend.ts";
import { followMark } from "./marks.ts";
import { createOrderApi } from "./orderApi.ts";
import { orderFrameOf } from "./orderFrame.ts";
import { bookSource, tradeSource } from "./sources.ts";

/** Fees are read again in each round of comparing filters of so many: once an hour. */
const feesEveryRounds = 60;
/** How often the venue's clock is compared with ours, ms. */
const clockEveryMs = 600_000;
/** The private stream confirms no subscription: what happened before it took effect is found by a second look after this, ms. */
const secondLookMs = 2_000;

/** What is opened, for whom, and who hears of it. */
export interface SessionOptions extends SessionAsk {
  readonly client: Backpack;
  readonly clock: Clock;
  readonly id: string;
  /** As `autoLendRedeem` of the venue. */
  readonly redeem: boolean;
  readonly trouble: (error: BpError) => void;
  readonly fees: () => Fees;
  readonly readFees: (signal: AbortSignal) => Promise<Fees>;
}

/** Opens every stream asked for, and tells what comes. */
export function startSession(options: SessionOptions): VenueSession {
  const { client, clock, id, redeem, trouble, asked, account, emit, signal } = options;
  const { streams, skew } = client;
  const venueNow = (): Millis => millis(Math.round(clock.now() + (skew.offsetMs ?? 0)));
  const tell = (news: News, venueAt: Millis, at: Millis = clock.now()) => {
    if (!signal.aborted) emit({ ...news, venueAt, at });
  };
  const instrumentOf = (symbol: string) => asked.get(symbol);
  const common = { clock, venueNow, trouble, emit, run: background, signal };

  const desk = createOrderDesk({
    ...common,
    api: createOrderApi(client, instrumentOf, redeem),
    instrumentOf,
    askSnapshot: () => askSnapshot(),
  });
  const reader = createAccountReader(client, instrumentOf, redeem, trouble);
  const asker = createSnapshotAsker({
    read: createSnapshots({ reader, skew, clock, venue: id, desk, trouble, signal }),
    told: (snapshot) => {
      tell(snapshot, snapshot.asOf);
      desk.told(snapshot.fills, snapshot.orders);
    },
    run: background,
    signal,
  });
  const askSnapshot = () => {
    if (account) asker();
  };
  const funding = createFundingWatch({
    rows: (until) => fundingRows(client, instrumentOf, until),
    clock,
    since: venueNow(),
    tell,
    trouble,
    signal,
  });

  const markets = createMarkets({
    ...common,
    asked,
    book: (symbol) => bookSource(client, symbol),
    trades: (symbol) => tradeSource(client, symbol),
    fresh: async (symbol, until) =>
      toInstrument(await client.rest.markets.market({ symbol }, { signal: until }), id, options.fees()),
    beforeRound: async (round, until) => {
      if (account && round % feesEveryRounds === 0) await options.readFees(until);
    },
    regridded: askSnapshot,
  });
  const link = { venue: id, venueNow, tell, trouble, signal };
  const market = createLink({
    ...link,
    stream: "market",
    watch: (watcher) => streams.watch("public", watcher),
    changed: markets.link,
  });
  for (const [symbol, { kind }] of asked) {
    if (kind !== "perp") continue;
    const stamped = () => (account ? background(() => funding.look()) : undefined);
    followMark({ client, symbol, instrumentOf, tell, stamped, signal });
  }
  if (streams.state("public") === "up") market.set("up", "connected");
  const links = [market];

  if (account) {
    const own = createLink({
      ...link,
      stream: "account",
      watch: (watcher) => streams.watch("private", watcher),
      // A refused signature: the socket stands and tells nothing. It is renewed by the client.
      silences: (error) => isBpError(error, "venue/refused") && error.context.code === "4003",
      changed: (up) => {
        if (!up) return;
        askSnapshot();
        background(() => guarded(() => funding.read(), trouble));
        background(async () => {
          await clock.sleep(secondLookMs, signal);
          if (!signal.aborted) askSnapshot();
        });
      },
    });
    links.push(own);
    streams.orderUpdates().on(
      (update) => {
        const instrument = instrumentOf(update.s);
        if (instrument === undefined) return; // a market that nobody here asked for
        try {
          const frame = orderFrameOf(update, instrument);
          if (frame !== undefined) desk.heard(frame);
        } catch (error) {
          if (!isBpError(error) || !/^(?:grid|wire)\//.test(error.code)) throw error;
          trouble(error); // a frame whose figures make no sense here: the venue's lists must tell instead
          askSnapshot();
        }
      },
      { signal },
    );
    const lend = createLendWatch(client, redeem, clock, signal, (asset, total, free) =>
      tell({ type: "balance.changed", venue: id, asset, total, free }, venueNow()),
    );
    streams.balanceUpdates().on(
      (update, at) => {
        if (lend.concerns(update.a)) return background(() => guarded(() => lend.read(), trouble));
        const [balance] = balancesOf(
          { [update.a]: { available: update.A, locked: update.L, staked: update.S ?? zero } },
          undefined,
          redeem,
        );
        if (balance !== undefined) tell({ type: "balance.changed", venue: id, ...balance }, fromMicros(update.T), at);
      },
      { signal },
    );
    background(() => guarded(() => lend.start(), trouble));
    if (streams.state("private") === "up") own.set("up", "connected");
    background(() => client.warm());
    background(() =>
      skew.keep(clockEveryMs, signal, (error) => {
        if (isBpError(error)) trouble(error);
      }),
    );
  }

  return {
    desk,
    askSnapshot,
    stop: () => {
      for (const each of links) each.stop();
    },
  };
}
