// What runs while a venue of either service is open: links, books, prints, the desk and the snapshots.
import {
  type AccountReader,
  type BookSource,
  background,
  createLink,
  createMarkets,
  createOrderDesk,
  createSnapshotAsker,
  createSnapshots,
  type Link,
  type OrderApi,
  type OrderDesk,
  type SessionAsk,
  type TradeSource,
} from "@bp/adapter";
import {
  type AccountSnapshot,
  type BpError,
  type Clock,
  type Instrument,
  isBpError,
  type Millis,
  millis,
  type News,
} from "@bp/core";
import type { AsterConnection } from "../createCore.ts";
import type { StreamsOf } from "../streams/streams.ts";
import type { Depth } from "../wire/depth.ts";
import { type OrderEvent, orderFrameOf } from "./orderFrame.ts";

/** How often the venue's clock is compared with ours, ms. */
const clockEveryMs = 600_000;
/** Nothing is replayed after a connection: what happened before it took effect is found by a second look after this, ms. */
const secondLookMs = 2_000;

/** What differs between the services. */
export interface ServiceOptions extends SessionAsk {
  readonly client: AsterConnection & { readonly streams: Pick<StreamsOf<unknown>, "watch" | "state"> };
  readonly clock: Clock;
  readonly id: string;
  readonly trouble: (error: BpError) => void;
  readonly api: OrderApi;
  readonly reader: AccountReader;
  readonly book: (symbol: string) => BookSource<Depth>;
  readonly trades: (symbol: string) => TradeSource;
  readonly fresh: (symbol: string, signal: AbortSignal) => Promise<Instrument | undefined>;
  readonly beforeRound: (round: number, signal: AbortSignal) => Promise<void>;
  readonly snapshotTold: (snapshot: AccountSnapshot) => void;
  /** Whether the account's link may be called up at all. */
  readonly accountMayBeUp: () => boolean;
  /** What else there is to do when it is. */
  readonly accountUp: () => void;
}

/** What both services have while they are open. */
export interface ServiceSession {
  readonly desk: OrderDesk;
  readonly venueNow: () => Millis;
  readonly tell: (news: News, venueAt: Millis, at?: Millis) => void;
  readonly askSnapshot: () => void;
  /** `undefined` without an account. */
  readonly account: Link | undefined;
  /** An order event of the account's stream. */
  readonly heard: (event: OrderEvent) => void;
  readonly stop: () => void;
}

/** The venue's time, as far as it is known. */
export function venueClock({ skew }: AsterConnection, clock: Clock): () => Millis {
  return () => millis(Math.round(clock.now() + (skew.offsetMs ?? 0)));
}

/** Opens what both services have. */
export function startService(options: ServiceOptions): ServiceSession {
  const { client, clock, id, trouble, asked, account, emit, signal, api, reader } = options;
  const { streams, skew } = client;
  const venueNow = venueClock(client, clock);
  const tell = (news: News, venueAt: Millis, at: Millis = clock.now()) => {
    if (!signal.aborted) emit({ ...news, venueAt, at });
  };
  const instrumentOf = (symbol: string) => asked.get(symbol);
  const common = { clock, venueNow, trouble, emit, run: background, signal };
  const desk = createOrderDesk({ ...common, api, instrumentOf, askSnapshot: () => askSnapshot() });
  const asker = createSnapshotAsker({
    read: createSnapshots({ reader, skew, clock, venue: id, desk, trouble, signal }),
    told: (snapshot) => {
      tell(snapshot, snapshot.asOf);
      desk.told(snapshot.fills, snapshot.orders);
      options.snapshotTold(snapshot);
    },
    run: background,
    signal,
  });
  const askSnapshot = () => {
    if (account) asker();
  };

  const { book, trades, fresh, beforeRound } = options;
  const markets = createMarkets({ ...common, asked, book, trades, fresh, beforeRound, regridded: askSnapshot });
  const link = { venue: id, venueNow, tell, trouble, signal };
  const market = createLink({
    ...link,
    stream: "market",
    watch: (watcher) => streams.watch("market", watcher),
    changed: markets.link,
  });
  if (streams.state("market") === "up") market.set("up", "connected");

  const own = account
    ? createLink({
        ...link,
        stream: "account",
        watch: ({ state, trouble: hear }) =>
          streams.watch("user", {
            state: (now, why) => (now === "up" && !options.accountMayBeUp() ? undefined : state(now, why)),
            trouble: hear,
          }),
        changed: (up) => {
          if (!up) return;
          askSnapshot();
          options.accountUp();
          background(async () => {
            await clock.sleep(secondLookMs, signal);
            if (!signal.aborted) askSnapshot();
          });
        },
      })
    : undefined;
  if (account) {
    background(() => client.warm());
    background(() =>
      skew.keep(clockEveryMs, signal, (error) => {
        if (isBpError(error)) trouble(error);
      }),
    );
  }

  return {
    desk,
    venueNow,
    tell,
    askSnapshot,
    account: own,
    heard: (event) => {
      const instrument = instrumentOf(event.s);
      if (instrument === undefined) return; // a market that nobody here asked for
      try {
        desk.heard(orderFrameOf(event, instrument));
      } catch (error) {
        if (!isBpError(error) || !/^(?:grid|wire)\//.test(error.code)) throw error;
        trouble(error); // a frame whose figures make no sense here: the venue's lists must tell instead
        askSnapshot();
      }
    },
    stop: () => {
      market.stop();
      own?.stop();
    },
  };
}
