// What runs while any venue is open: links, books, prints, the order desk and the snapshots.
import {
  type AccountSnapshot,
  type BpError,
  type Clock,
  type Instrument,
  isBpError,
  type Millis,
  millis,
  type News,
  type VenueId,
} from "@bp/core";
import type { Skew } from "@bp/transport";
import { background } from "../background.ts";
import type { Watcher } from "../streams/watchers.ts";
import { createSnapshotAsker } from "./askSnapshots.ts";
import type { BookSource } from "./bookFeed.ts";
import { createLink, type Link } from "./links.ts";
import { createMarkets } from "./markets.ts";
import type { SessionAsk } from "./openVenue.ts";
import type { OrderApi, OrderFrame } from "./orderApi.ts";
import { createOrderDesk, type OrderDesk } from "./orderDesk.ts";
import { type AccountReader, createSnapshots } from "./snapshots.ts";
import type { TradeSource } from "./tradeFeed.ts";

/** How often the venue's clock is compared with ours, ms. */
const clockEveryMs = 600_000;
/** Nothing is replayed after a connection: what happened before it took effect is found by a second look after this, ms. */
const secondLookMs = 2_000;

/** The streams of a venue as a session sees them: only whether they stand. */
export interface WatchedStreams {
  /** Hears of losses and returns. Returns the way to stop. */
  watch(stream: "market" | "account", watcher: Watcher): () => void;
  state(stream: "market" | "account"): "up" | "down";
}

/** What a venue brings to a session. `D`: its answer of a whole book. */
export interface SessionOptions<D> extends SessionAsk {
  readonly id: VenueId;
  readonly clock: Clock;
  readonly skew: Skew;
  /** Opens ahead what the first order would have to wait for. */
  readonly warm: () => Promise<void>;
  readonly streams: WatchedStreams;
  readonly trouble: (error: BpError) => void;
  readonly api: OrderApi;
  readonly reader: AccountReader;
  readonly book: (symbol: string) => BookSource<D>;
  readonly trades: (symbol: string) => TradeSource;
  /** A market as it is now; `undefined` when it is no market any more. */
  readonly fresh: (symbol: string, signal: AbortSignal) => Promise<Instrument | undefined>;
  /** Called before each round of comparing filters, 1, 2, 3 … */
  readonly beforeRound: (round: number, signal: AbortSignal) => Promise<void>;
  /** Whether this trouble means that the account's stream tells nothing although its socket stands. */
  readonly silences?: (error: BpError) => boolean;
  /** A snapshot was told. */
  readonly snapshotTold?: (snapshot: AccountSnapshot) => void;
  /** Whether the account's link may be called up at all; default: yes. */
  readonly accountMayBeUp?: () => boolean;
  /** The account's stream stands: what else there is to do. */
  readonly accountUp: () => void;
}

/** What every venue has while it is open. */
export interface Session {
  readonly desk: OrderDesk;
  readonly tell: (news: News, venueAt: Millis, at?: Millis) => void;
  /** Does nothing without an account. */
  readonly askSnapshot: () => void;
  /** `undefined` without an account. */
  readonly account: Link | undefined;
  /** A frame about an order of this market; `read` may throw `grid/*` and `wire/*`, and answers `undefined` for what says nothing. */
  readonly heard: (symbol: string, read: (instrument: Instrument) => OrderFrame | undefined) => void;
  readonly stop: () => void;
}

/** The venue's time, as far as it is known. */
export function venueClock({ skew, clock }: { readonly skew: Skew; readonly clock: Clock }): () => Millis {
  return () => millis(Math.round(clock.now() + (skew.offsetMs ?? 0)));
}

/** Opens what every venue has. The account's link is not set up by it, even if its stream stands: the venue hears its streams first. */
export function startSession<D>(options: SessionOptions<D>): Session {
  const { id, clock, skew, warm, streams, trouble, asked, account, emit, signal, api, reader } = options;
  const venueNow = venueClock(options);
  const tell = (news: News, venueAt: Millis, at: Millis = clock.now()) => {
    if (!signal.aborted) emit({ ...news, venueAt, at });
  };
  const instrumentOf = (symbol: string) => asked.get(symbol);
  let unread = false; // the link is down because of it, although the stream may stand
  const common = { clock, venueNow, trouble, emit, run: background, signal };
  const desk = createOrderDesk({ ...common, api, instrumentOf, askSnapshot: () => askSnapshot() });
  const asker = createSnapshotAsker({
    read: createSnapshots({ reader, skew, clock, venue: id, desk, trouble, signal }),
    clock,
    late: () => {
      unread = true;
      own?.set("down", "the account cannot be read");
    },
    told: (snapshot) => {
      if (unread && streams.state("account") === "up" && options.accountMayBeUp?.() !== false)
        own?.set("up", "the account can be read again");
      unread = false;
      tell(snapshot, snapshot.asOf);
      desk.told(snapshot.fills, snapshot.orders);
      options.snapshotTold?.(snapshot);
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
  // What was dated by the clock as it was before cannot be told from a backlog: the books are read anew.
  const deaf = skew.onStep((byMs) => {
    if (!market.up) return;
    const why = `the venue's clock and ours moved apart by ${Math.round(byMs)} ms`;
    market.set("down", why, { clockSet: true });
    if (streams.state("market") === "up") market.set("up", why);
  });

  const own = account
    ? createLink({
        ...link,
        stream: "account",
        watch: (watcher) => streams.watch("account", watcher),
        ...(options.silences === undefined ? {} : { silences: options.silences }),
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
    background(warm);
    background(() =>
      skew.keep(clockEveryMs, signal, (error) => {
        if (isBpError(error)) trouble(error);
      }),
    );
  }

  return {
    desk,
    tell,
    askSnapshot,
    account: own,
    heard: (symbol, read) => {
      const instrument = instrumentOf(symbol);
      if (instrument === undefined) return; // a market that nobody here asked for
      try {
        const frame = read(instrument);
        if (frame !== undefined) desk.heard(frame);
      } catch (error) {
        if (!isBpError(error) || !/^(?:grid|wire)\//.test(error.code)) throw error;
        trouble(error); // a frame whose figures make no sense here: the venue's lists must tell instead
        askSnapshot();
      }
    },
    stop: () => {
      deaf();
      market.stop();
      own?.stop();
    },
  };
}
