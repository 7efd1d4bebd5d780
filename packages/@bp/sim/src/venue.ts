// The exchange as a Venue in memory: commands travel there, facts travel back, both take their time.
import {
  BpError,
  type CancelOrder,
  type Command,
  type InstrumentId,
  type Millis,
  millis,
  type PlaceOrder,
  symbolOf,
  type Unnumbered,
  type Venue,
  type VenueId,
} from "@bp/core";
import type { Exchange, OrderRequest, PlaceResult, SimFact } from "./contract.ts";
import { drawFaults, type Fate, type Faults } from "./faults.ts";
import { type BookFeed, createBookFeed } from "./feed.ts";
import type { RecordedFeed } from "./markets/tape.ts";
import { constantLatency, type Latency } from "./models/latency.ts";
import type { Timeline } from "./timeline.ts";
import {
  accountNews,
  accountOf,
  createShrunk,
  instrumentsOf,
  marketNews,
  marketOf,
  namesOf,
  reasons,
  snapshotOf,
  type Told,
} from "./translate.ts";

/** Which account of which exchange it is, how long the ways to it are, and what goes wrong on them. */
export interface SimVenueOptions {
  readonly exchange: Exchange;
  /** Whose orders, balances and fills these are. */
  readonly account: string;
  /** Default `backpack`. Instruments are named `id:symbol`. */
  readonly id?: VenueId;
  readonly timeline: Timeline;
  /** Default 5 ms each way. The way up takes 1 ms at least: a snapshot is then never older than a fill it does not have. */
  readonly latency?: Latency;
  /** Default: none. */
  readonly faults?: Faults;
  /**
   * Of a market that is played from a recording: its gaps are told as lost books, a silent book is proven, and market facts reach us
   * as late as they reached the recorder; without `delayMs` by `latency`.
   */
  readonly recorded?: Pick<RecordedFeed, "onGap"> & Partial<RecordedFeed>;
  /** How long an answer is waited for before the order is doubted; default 5,000 ms. */
  readonly answerMs?: number;
}

type Stream = "market" | "account";

/** As often as the adapters ask for a book that is silent. */
const proveMs = 2_000;

/**
 * A Venue over an exchange in memory. It lives in the timeline's time and does nothing between two moments of it.
 *
 * Facts of a stream arrive in order; market, account and answers are three ways of their own. Refusals and doubts come as
 * answers. An order that was taken and a cancel that was done are told by the account stream; with `faults` the answer tells
 * it too, so that it may come twice, or at all.
 */
export function simVenue(options: SimVenueOptions): Venue {
  const { exchange, account, timeline, id = "backpack", latency = constantLatency(5), answerMs = 5_000 } = options;
  const names = namesOf(exchange, id);
  const faults = drawFaults(options.faults);
  const echo = options.faults !== undefined;
  let emit: ((fact: Unnumbered) => void) | undefined;
  timeline.follow(exchange);

  const later = (ms: number, fn: () => void) => timeline.at(millis(timeline.now() + Math.ceil(ms)), fn);
  const arrive = (news: Told) => emit?.({ ...news, at: timeline.now() });
  /** A fact of a market, made when it arrives: each time it does, a fact of its own. */
  const tellMarket = (fact: SimFact) => {
    const news = marketNews(fact, names, timeline.now());
    if (news !== undefined) emit?.(news);
  };

  /** One way from the venue to us: in order, except for what a fault lets loose. Returns whether anything will arrive. */
  const way = (draw: (now: Millis) => Fate, downMs = (now: Millis): number => latency.down(now)) => {
    let last = 0;
    return (deliver: () => void): boolean => {
      const base = timeline.now() + Math.ceil(downMs(timeline.now()));
      const { arrivals } = draw(timeline.now());
      for (const { afterMs, loose } of arrivals) {
        const at = loose ? base + afterMs : Math.max(last, base + afterMs);
        if (!loose) last = at;
        timeline.at(millis(at), deliver);
      }
      return arrivals.length > 0;
    };
  };
  const { recorded } = options;
  const links = { market: createLink(way(faults.market, recorded?.delayMs)), account: createLink(way(faults.account)) };
  const answers = way(faults.answers);

  const door = options.faults?.door ?? (() => undefined);
  /**
   * Lets a request arrive, and its answer come back or be missed.
   *
   * @param turnedAway - the answer where the venue does not let it in
   */
  const ask = (
    command: PlaceOrder | CancelOrder,
    request: () => (() => void) | undefined,
    { missed, turnedAway }: { readonly missed: () => void; readonly turnedAway: () => void },
  ) => {
    later(Math.max(1, latency.up(timeline.now())), () => {
      const verdict = door(timeline.now(), command);
      if (verdict === "limited") return void answers(turnedAway);
      const answer = verdict === "swallowed" ? undefined : request();
      const told = verdict === undefined ? (answer ?? (() => undefined)) : missed;
      if (!answers(told)) later(answerMs, missed);
    });
  };
  const doubt = (command: PlaceOrder | CancelOrder, text: string) => () =>
    arrive({
      type: "order.doubted",
      venueAt: timeline.now(),
      clientId: command.clientId,
      request: command.type === "order.place" ? "place" : "cancel",
      text,
    });

  const requestSnapshot = () => later(Math.max(1, latency.up(timeline.now())), snapshot);
  const snapshot = () => {
    if (door(timeline.now(), { type: "account.ask", venue: id, why: "" }) !== undefined) {
      later(answerMs, requestSnapshot);
      return;
    }
    // at the end of its millisecond, so that "up to asOf" is true to the last fact
    timeline.at(
      timeline.now(),
      () => {
        const taken = snapshotOf(exchange, account, names, id);
        if (!answers(() => arrive({ ...taken, venueAt: taken.asOf }))) later(answerMs, requestSnapshot);
      },
      "last",
    );
  };

  const shrunk = createShrunk();
  const marketFor = (outer: InstrumentId): InstrumentId => {
    const inner = names.inner(outer);
    if (inner !== undefined) return inner;
    const near = exchange.instruments.map((each) => symbolOf(each.id)).slice(0, 5);
    throw new BpError("venue/unknown-symbol", { venue: id, symbol: symbolOf(outer), near });
  };
  const place = (command: PlaceOrder) => {
    const instrument = marketFor(command.instrument);
    shrunk.sent(command);
    const { clientId } = command;
    const text = "429: too many requests";
    ask(
      command,
      () => {
        const result = exchange.place(account, requestOf(command, instrument));
        const venueAt = exchange.now();
        if (!result.ok) return () => arrive(rejected(command, result, venueAt));
        return echo
          ? () => arrive({ type: "order.accepted", venueAt, clientId, venueOrderId: result.order.id })
          : undefined;
      },
      {
        missed: doubt(command, "no answer to the order"),
        turnedAway: () =>
          arrive({ type: "order.rejected", venueAt: timeline.now(), clientId, reason: "rate-limited", text }),
      },
    );
  };
  const cancel = (command: CancelOrder) => {
    const instrument = marketFor(command.instrument);
    const { clientId } = command;
    ask(
      command,
      () => {
        const result = exchange.cancel(account, { instrument, clientId });
        const venueAt = exchange.now();
        if (!result.ok) return doubt(command, result.text);
        const { id: venueOrderId, filled } = result.order;
        return echo ? () => arrive({ type: "order.cancelled", venueAt, clientId, venueOrderId, filled }) : undefined;
      },
      {
        missed: doubt(command, "no answer to the cancel"),
        turnedAway: doubt(command, "429: too many requests"),
      },
    );
  };

  /** Hears the exchange for a list of markets, and for the account if asked to. */
  const listen = (feeds: ReadonlyMap<InstrumentId, BookFeed>, withAccount: boolean) => {
    const hear = (fact: SimFact) => {
      const where = marketOf(fact);
      if (where !== undefined) {
        const feed = feeds.get(where);
        if (feed === undefined) return;
        if (fact.type === "depth") links.market.send(() => feed.hear(fact));
        else links.market.send(() => tellMarket(fact));
      } else if (withAccount && accountOf(fact) === account)
        for (const news of shrunk.told(accountNews(fact, names, id, quoteOf), fact))
          links.account.send(() => arrive(news));
    };
    return exchange.listen(hear, { positions: false });
  };
  const quoteOf = (which: InstrumentId) => exchange.instruments.find((each) => each.id === which)?.quote ?? "";
  const tellLink = (type: "link.lost" | "link.restored", stream: Stream, why: string) =>
    arrive({ type, venueAt: timeline.now(), venue: id, stream, why });

  /** Recordings are silent for long: their books are what they were, and that is proven as often as on the wire. */
  const proveBooks = (feeds: Iterable<BookFeed>, signal: AbortSignal) => {
    const all = [...feeds];
    const again = () => {
      if (signal.aborted) return;
      if (links.market.up) for (const feed of all) feed.prove(proveMs);
      later(proveMs, again);
    };
    later(proveMs, again);
  };

  /** Brings a stream up: what it tells from now on joins a fresh picture. */
  const restore = (stream: Stream, feeds: ReadonlyMap<InstrumentId, BookFeed>, why: string) => {
    links[stream].up = true;
    tellLink("link.restored", stream, why);
    if (stream === "account") return void requestSnapshot();
    for (const [inner, feed] of feeds) {
      feed.fetch();
      const mark = exchange.mark(inner);
      if (mark !== undefined) tellMarket(mark);
    }
  };
  const lose = (stream: Stream, feeds: ReadonlyMap<InstrumentId, BookFeed>) => {
    links[stream].cut();
    tellLink("link.lost", stream, "cut");
    if (stream === "market") for (const feed of feeds.values()) feed.lose("the market stream is gone");
  };

  return {
    id,
    instruments: async () => instrumentsOf(exchange, account, names),
    open: (asked, tell, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        emit = tell;
        const feeds = new Map<InstrumentId, BookFeed>();
        for (const outer of asked.instruments) {
          const market = marketFor(outer);
          feeds.set(market, createBookFeed({ exchange, market, names, timeline, latency, arrive, tellMarket }));
        }
        recorded?.onGap((market, what) => {
          const feed = feeds.get(market);
          if (feed === undefined || emit !== tell) return;
          links.market.send(() => (what === "lost" ? feed.lose("gap in the recording") : feed.fetch()));
        });
        const stop = listen(feeds, asked.account);
        if (recorded !== undefined) proveBooks(feeds.values(), signal);
        const streams: readonly Stream[] = asked.account ? ["market", "account"] : ["market"];
        const planned = [
          later(latency.down(timeline.now()), () => {
            for (const stream of streams) restore(stream, feeds, "opened");
          }),
        ];
        for (const { stream, afterMs, forMs } of options.faults?.cuts ?? []) {
          if (!streams.includes(stream)) continue;
          planned.push(later(afterMs, () => lose(stream, feeds)));
          planned.push(later(afterMs + forMs, () => restore(stream, feeds, "back again")));
        }
        signal.addEventListener("abort", () => {
          stop();
          for (const forget of planned) forget();
          emit = undefined;
          resolve();
        });
      }),
    send: (command: Command) => {
      if (command.type === "order.place") place(command);
      else if (command.type === "order.cancel") cancel(command);
      else requestSnapshot();
    },
  };
}

/** A stream that can be cut: what was on the way then never arrives. */
function createLink(send: (deliver: () => void) => boolean) {
  let connection = 0;
  const link = {
    /** What is told while a stream is down is told to nobody. */
    up: false,
    send: (deliver: () => void): void => {
      if (!link.up) return;
      const mine = connection;
      send(() => {
        if (mine === connection) deliver();
      });
    },
    cut: (): void => {
      connection += 1;
      link.up = false;
    },
  };
  return link;
}

/** A command as the exchange reads it. */
export function requestOf(command: PlaceOrder, instrument: InstrumentId): OrderRequest {
  const { side, price, size, tif, reduceOnly, clientId } = command;
  return {
    instrument,
    side,
    type: "limit",
    price,
    size,
    tif: tif === "gtx" ? "gtc" : tif,
    postOnly: tif === "gtx",
    reduceOnly,
    selfTradePrevention: "reject-taker",
    clientId,
  };
}

/** A refusal in core's words. */
export function rejected(
  command: PlaceOrder,
  result: Extract<PlaceResult, { readonly ok: false }>,
  venueAt: Millis,
): Told {
  const { clientId } = command;
  return { type: "order.rejected", venueAt, clientId, reason: reasons[result.refusal], text: result.text };
}
