// One book as an adapter hears it: a sequence that is mended with a fresh book after every gap.
import { createDepthSync, type InstrumentId, millis } from "@bp/core";
import type { Exchange, SimFact } from "./contract.ts";
import type { Latency } from "./models/latency.ts";
import type { Timeline } from "./timeline.ts";
import type { Names, Told } from "./translate.ts";

type DepthFact = Extract<SimFact, { readonly type: "depth" }>;

export interface BookFeed {
  /** A depth fact arrived, in whatever order. */
  hear(fact: DepthFact): void;
  /** Asks for the whole book. */
  fetch(): void;
  /** The connection is gone. */
  lose(why: string): void;
  /** Says that the book is still what it was, where nothing has been heard for `ms`: as adapters do that ask for it. */
  prove(ms: number): void;
}

interface FeedOptions {
  readonly exchange: Exchange;
  /** The exchange's own id of the market. */
  readonly market: InstrumentId;
  readonly names: Names;
  readonly timeline: Timeline;
  readonly latency: Latency;
  readonly arrive: (news: Told) => void;
  readonly tellMarket: (fact: SimFact) => void;
}

const retryMs = 250;

/** A feed that has not heard anything yet. */
export function createBookFeed(options: FeedOptions): BookFeed {
  const { exchange, market, names, timeline, latency, arrive, tellMarket } = options;
  const instrument = names.outer(market);
  const later = (ms: number, fn: () => void) => timeline.at(millis(timeline.now() + Math.ceil(ms)), fn);
  let request = 0; // answers to older requests are void
  let heardAt: number | undefined; // while the book is whole
  const fetch = () => {
    request += 1;
    const mine = request;
    later(Math.max(1, latency.up(timeline.now())), () => {
      const fresh = exchange.book(market);
      const reset = () => {
        const { bids, asks } = fresh;
        heardAt = timeline.now();
        arrive({ type: "book.reset", venueAt: fresh.at, instrument, bids, asks });
      };
      later(latency.down(timeline.now()), () => {
        if (mine === request && !sync.snapshot(fresh.lastUpdateId, reset))
          later(retryMs, () => mine === request && fetch());
      });
    });
  };
  const say = (why: string) => {
    heardAt = undefined;
    arrive({ type: "book.lost", venueAt: exchange.now(), instrument, why });
  };
  const sync = createDepthSync<DepthFact>({
    rule: "backpack",
    ids: (fact) => fact,
    apply: (fact) => {
      heardAt = timeline.now();
      tellMarket(fact);
    },
    lost: () => {
      say("gap in the depth stream");
      fetch();
    },
  });
  return {
    hear: (fact) => void sync.frame(fact),
    fetch,
    lose: (why) => {
      request += 1;
      sync.lose();
      say(why);
    },
    prove: (ms) => {
      const now = timeline.now();
      if (heardAt === undefined || now - heardAt < ms) return;
      heardAt = now;
      arrive({ type: "book.changed", venueAt: now, instrument, bids: [], asks: [] });
    },
  };
}
