// What runs while the venue is open: links, books, prints, marks, the account's orders, balances, funding and snapshots.

import { background, guarded, zero } from "@bp/adapter";
import {
  type BpError,
  type Clock,
  type Instrument,
  isBpError,
  type Millis,
  millis,
  type News,
  type Unnumbered,
} from "@bp/core";
import type { Backpack } from "../client.ts";
import { fromMicros, fromMillisOrMicros } from "../wire/time.ts";
import { type BookFeed, createBookFeed } from "./book.ts";
import { ticksWithFraction } from "./decode.ts";
import { createFundingWatch } from "./funding.ts";
import { type Fees, instrumentOf as toInstrument } from "./instruments.ts";
import { createLendWatch } from "./lend.ts";
import { createOrderDesk, type OrderDesk } from "./orders.ts";
import { balancesOf, createSnapshots } from "./snapshot.ts";
import { createTradeFeed } from "./trades.ts";

/** How often filters and states of the open markets are compared, ms. */
const filtersEveryMs = 60_000;
/** Fees are read again in each round of so many: once an hour. */
const feesEveryRounds = 60;
/** How often the venue's clock is compared with ours, ms. */
const clockEveryMs = 600_000;
/** The private stream confirms no subscription: what happened before it took effect is found by a second look after this, ms. */
const secondLookMs = 2_000;

/** An open venue. */
export interface Session {
  readonly desk: OrderDesk;
  askSnapshot(why: string): void;
  stop(): void;
}

/** What is opened, for whom, and who hears of it. */
export interface SessionOptions {
  readonly client: Backpack;
  readonly clock: Clock;
  readonly id: string;
  /** As `autoLendRedeem` of the venue. */
  readonly redeem: boolean;
  readonly trouble: (error: BpError) => void;
  readonly fees: () => Fees;
  readonly readFees: (signal: AbortSignal) => Promise<Fees>;
  /** By symbol; kept up to date here. */
  readonly asked: Map<string, Instrument>;
  readonly account: boolean;
  readonly emit: (fact: Unnumbered) => void;
  readonly signal: AbortSignal;
}

/** Opens every stream asked for, and tells what comes. */
export function startSession(options: SessionOptions): Session {
  const { client, clock, id, redeem, trouble, asked, account, emit, signal } = options;
  const { streams } = client;
  const venueNow = (): Millis => millis(Math.round(clock.now() + (client.skew.offsetMs ?? 0)));
  const tell = (news: News, venueAt: Millis, at: Millis = clock.now()) => {
    if (!signal.aborted) emit({ ...news, venueAt, at });
  };
  const stops: (() => void)[] = [];
  const books = new Map<string, BookFeed>();
  const desk = createOrderDesk({
    client,
    clock,
    instrumentOf: (symbol) => asked.get(symbol),
    redeem,
    emit: (fact) => emit(fact),
    trouble,
    askSnapshot: (why) => askSnapshot(why),
    run: background,
    signal,
  });

  // One reading at a time, and one more if it was asked for meanwhile.
  const readSnapshot = createSnapshots({
    client,
    clock,
    venue: id,
    instrumentOf: (symbol) => asked.get(symbol),
    desk,
    redeem,
    trouble,
    signal,
  });
  let reading = false;
  let again = false;
  const askSnapshot = (_why: string) => {
    if (!account) return;
    again = true;
    if (reading) return;
    reading = true;
    background(async () => {
      try {
        while (again && !signal.aborted) {
          again = false;
          const snapshot = await readSnapshot();
          if (snapshot === undefined) return;
          tell(snapshot, snapshot.asOf);
          desk.told(snapshot.fills, snapshot.orders);
        }
      } finally {
        reading = false;
      }
    });
  };

  const watchLink = (
    stream: "market" | "account",
    side: "public" | "private",
    changed: (up: boolean, why: string) => void,
  ) => {
    let up = false;
    const set = (state: "up" | "down", why: string) => {
      if (signal.aborted || up === (state === "up")) return;
      up = !up;
      tell({ type: up ? "link.restored" : "link.lost", venue: id, stream, why }, venueNow());
      changed(up, why);
    };
    const hear = (error: BpError) => {
      trouble(error);
      // A refused signature: the socket stands and tells nothing. It is renewed by the client.
      if (side === "private" && isBpError(error, "venue/refused") && error.context.code === "4003")
        set("down", error.message);
    };
    stops.push(streams.watch(side, { state: set, trouble: hear }));
    return set;
  };

  const refresh = async (symbol: string) => {
    const instrument = asked.get(symbol);
    if (instrument === undefined) return;
    const found = toInstrument(await client.rest.markets.market({ symbol }, { signal }), id, options.fees());
    if (found === undefined || signal.aborted || JSON.stringify(found) === JSON.stringify(instrument)) return;
    asked.set(symbol, found);
    tell({ type: "instrument.changed", instrument: found }, venueNow());
    if (found.tickSize !== instrument.tickSize || found.lotSize !== instrument.lotSize) {
      books.get(symbol)?.replace(found);
      trades.get(symbol)?.replace(found);
      askSnapshot("sizes are counted in other steps");
    }
  };
  const trades = new Map<string, { readonly replace: (instrument: Instrument) => void }>();
  const marketState = watchLink("market", "public", (up, why) => {
    for (const book of books.values()) {
      if (up) book.up();
      else book.down(why);
    }
  });
  for (const [symbol, instrument] of asked) {
    books.set(
      symbol,
      createBookFeed({
        client,
        clock,
        instrument,
        emit: (fact) => {
          if (!signal.aborted) emit(fact);
        },
        trouble,
        suspect: () => guarded(() => refresh(symbol), trouble),
        run: background,
        signal,
      }),
    );
    trades.set(symbol, createTradeFeed({ client, instrument, tell, trouble, signal }));
    if (instrument.kind === "perp") followMark(symbol);
  }
  if (streams.state("public") === "up") marketState("up", "connected");

  function followMark(symbol: string): void {
    let fundingAt = 0;
    streams.markPrice(symbol).on(
      (update, at) => {
        const instrument = asked.get(symbol);
        if (instrument === undefined) return;
        const next = update.n === null || update.n === undefined ? 0 : fromMillisOrMicros(update.n);
        tell(
          {
            type: "mark.changed",
            instrument: instrument.id,
            mark: ticksWithFraction(update.p, instrument),
            index: ticksWithFraction(update.i ?? update.p, instrument),
            fundingRate: Number(update.f ?? 0),
            fundingAt: millis(next),
          },
          fromMicros(update.T),
          at,
        );
        if (account && fundingAt > 0 && next > fundingAt) background(() => funding.look());
        fundingAt = next;
      },
      { signal },
    );
  }

  const funding = createFundingWatch({
    client,
    clock,
    instrumentOf: (symbol) => asked.get(symbol),
    since: venueNow(),
    tell,
    trouble,
    signal,
  });

  if (account) {
    const accountState = watchLink("account", "private", (up) => {
      if (!up) return;
      askSnapshot("connected");
      background(() => guarded(() => funding.read(), trouble));
      background(async () => {
        await clock.sleep(secondLookMs, signal);
        if (!signal.aborted) askSnapshot("a second look after connecting");
      });
    });
    streams.orderUpdates().on(
      (update, at) => {
        try {
          desk.heard(update, at);
        } catch (error) {
          if (!isBpError(error) || !/^(?:grid|wire)\//.test(error.code)) throw error;
          trouble(error); // a frame whose figures make no sense here: the venue's lists must tell instead
          askSnapshot("an order event could not be read");
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
    if (streams.state("private") === "up") accountState("up", "connected");
    background(() => client.warm());
    background(() =>
      client.skew.keep(clockEveryMs, signal, (error) => {
        if (isBpError(error)) trouble(error);
      }),
    );
  }

  background(async () => {
    for (let round = 1; !signal.aborted; round++) {
      await clock.sleep(filtersEveryMs, signal);
      if (signal.aborted) return;
      if (account && round % feesEveryRounds === 0)
        await guarded(async () => void (await options.readFees(signal)), trouble);
      for (const symbol of asked.keys()) if (!signal.aborted) await guarded(() => refresh(symbol), trouble);
    }
  });

  return {
    desk,
    askSnapshot,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
