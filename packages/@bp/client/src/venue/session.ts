// What runs while the venue is open beside what every venue has: marks, funding, balances and what is lent.
import {
  background,
  createFundingWatch,
  createMarkFeed,
  guarded,
  type SessionAsk,
  startSession,
  type VenueSession,
  venueClock,
  zero,
} from "@bp/adapter";
import { type BpError, type Clock, isBpError } from "@bp/core";
import type { Backpack } from "../client.ts";
import { fromMicros } from "../wire/time.ts";
import { balancesOf, createAccountReader } from "./account.ts";
import { fundingRows } from "./funding.ts";
import { type Fees, instrumentOf as toInstrument } from "./instruments.ts";
import { createLendWatch } from "./lend.ts";
import { markOf } from "./marks.ts";
import { createOrderApi } from "./orderApi.ts";
import { orderFrameOf } from "./orderFrame.ts";
import { bookSource, tradeSource } from "./sources.ts";

/** Fees are read again in each round of comparing filters of so many: once an hour. */
const feesEveryRounds = 60;
/** Where a stream of the session is read. */
const sideOf = { market: "public", account: "private" } as const;

/** What is opened, for whom, and who hears of it. */
export interface BackpackSessionOptions extends SessionAsk {
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
export function startBackpack(options: BackpackSessionOptions): VenueSession {
  const { client, clock, id, redeem, trouble, asked, account, signal } = options;
  const { streams, skew } = client;
  const venueNow = venueClock({ skew, clock });
  const instrumentOf = (symbol: string) => asked.get(symbol);

  const session = startSession({
    ...options,
    skew,
    warm: () => client.warm(),
    streams: {
      watch: (stream, watcher) => streams.watch(sideOf[stream], watcher),
      state: (stream) => streams.state(sideOf[stream]),
    },
    api: createOrderApi(client, instrumentOf, redeem),
    reader: createAccountReader(client, instrumentOf, redeem, trouble),
    book: (symbol) => bookSource(client, symbol),
    trades: (symbol) => tradeSource(client, symbol),
    fresh: async (symbol, until) =>
      toInstrument(await client.rest.markets.market({ symbol }, { signal: until }), id, options.fees()),
    beforeRound: async (round, until) => {
      if (account && round % feesEveryRounds === 0) await options.readFees(until);
    },
    // A refused signature: the socket stands and tells nothing. It is renewed by the client.
    silences: (error) => isBpError(error, "venue/refused") && error.context.code === "4003",
    accountUp: () => background(() => guarded(() => funding.read(), trouble)),
  });
  const { tell } = session;

  const funding = createFundingWatch({
    rows: (until) => fundingRows(client, instrumentOf, until),
    clock,
    since: venueNow(),
    tell,
    trouble,
    signal,
  });
  for (const [symbol, { kind }] of asked) {
    if (kind !== "perp") continue;
    const stamped = () => (account ? background(() => funding.look()) : undefined);
    const hearMark = createMarkFeed({ instrument: () => instrumentOf(symbol), tell, stamped });
    streams.markPrice(symbol).on((update, at) => hearMark(markOf(update), at), { signal });
  }

  if (account) {
    streams
      .orderUpdates()
      .on((update) => session.heard(update.s, (market) => orderFrameOf(update, market)), { signal });
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
    if (streams.state("private") === "up") session.account?.set("up", "connected");
  }
  return session;
}
