// A live venue's market with fills of our own: real books and prints, simulated orders and money.
import {
  BpError,
  type Clock,
  type Command,
  decimal,
  type Instrument,
  type InstrumentId,
  type Level,
  lots,
  type Millis,
  type PlaceOrder,
  ticks,
  type Unnumbered,
  type Venue,
  type VenueId,
} from "@bp/core";
import type { AccountSketch, Exchange, MarketHands, MarketSource, QueueModel, SimFact } from "./contract.ts";
import { createExchange } from "./exchange.ts";
import { drawnLatency, type Latency } from "./models/latency.ts";
import { printsOnly } from "./models/queue.ts";
import { accountNews, accountOf, createShrunk, namesOf, snapshotOf, type Told } from "./translate.ts";
import { rejected, requestOf } from "./venue.ts";

/** Whose market it is, and the account that trades on it. */
export interface PaperOptions {
  /** Its market facts are passed on; no command ever reaches it. */
  readonly live: Venue;
  readonly clock: Clock;
  /** What the simulated account begins with, by asset. */
  readonly balances: Readonly<Record<string, string>>;
  /** Default: the fees that the live venue tells. */
  readonly fees?: AccountSketch["fees"];
  readonly leverage?: number;
  /** Of the default latency; default 1. */
  readonly seed?: number;
  /** Default: drawn, 20 ms and an exponential 15 ms more, each way. */
  readonly latency?: Latency;
  /** Our place in the real queues; default: it moves by prints only. */
  readonly queue?: QueueModel;
}

const me = "paper";

/**
 * A Venue that trades on paper: market facts are the live venue's, untouched; orders, fills, fees, funding and balances are
 * simulated against them. Resting orders wait behind the size that was there when they arrived and fill by prints and by
 * prices that go through them; taking orders find the book as it is.
 *
 * What it cannot show: that our orders move the market. Size that we took is back with the next change of its level.
 */
export function paperVenue(options: PaperOptions): Venue {
  const { live, latency = drawnLatency({ seed: options.seed ?? 1, floorMs: 20, meanMs: 15 }) } = options;
  const id = live.id;
  let stage: Stage | undefined;

  const send = (command: Command) => {
    if (stage === undefined) throw new BpError("venue/unavailable", { venue: id, why: "the paper venue is not open" });
    stage.send(command);
  };
  const instruments = async (signal?: AbortSignal) => {
    const known = await live.instruments(signal);
    const { fees } = options;
    return fees === undefined ? known : known.map((each) => ({ ...each, fees: decimalFees(fees) }));
  };

  return {
    id,
    instruments,
    open: async (ask, emit, signal) => {
      const known = await instruments(signal);
      const wanted = known.filter((each) => ask.instruments.includes(each.id));
      let fail: (reason: unknown) => void = () => undefined;
      const failure = new Promise<never>((_, reject) => {
        fail = reject;
      });
      const tell = (fact: Unnumbered) => {
        if (!signal.aborted) emit(fact); // what is on its way back at the end arrives nowhere
      };
      const opened = createStage({ ...options, latency }, id, wanted, ask.account ? tell : () => undefined, fail);
      stage = opened;
      try {
        const running = live.open(
          { instruments: ask.instruments, account: false },
          (fact) => opened.hear(fact, tell),
          signal,
        );
        await Promise.race([running, failure]);
      } finally {
        stage = undefined;
      }
    },
    send,
  };
}

function decimalFees(fees: NonNullable<AccountSketch["fees"]>): Instrument["fees"] {
  return { maker: decimal(fees.maker), taker: decimal(fees.taker) };
}

interface Stage {
  hear(fact: Unnumbered, emit: (fact: Unnumbered) => void): void;
  send(command: Command): void;
}

/** The simulated side: an exchange whose market is the live one. */
function createStage(
  options: PaperOptions & { readonly latency: Latency },
  id: VenueId,
  instruments: readonly Instrument[],
  emit: (fact: Unnumbered) => void,
  fail: (reason: unknown) => void,
): Stage {
  const { clock, latency, balances, fees, leverage, queue = printsOnly } = options;
  const source = mirrorMarket(instruments);
  const exchange = createExchange({
    start: clock.now(),
    market: source,
    queue,
    accounts: [
      { name: me, balances, ...(fees === undefined ? {} : { fees }), ...(leverage === undefined ? {} : { leverage }) },
    ],
  });
  const names = namesOf(exchange, id);
  const catchUp = () => {
    const now = clock.now();
    if (now > exchange.now()) exchange.advance(now);
  };

  const line: Told[] = [];
  let last = 0;
  const deliver = () => {
    const next = line.shift();
    if (next !== undefined) emit({ ...next, at: clock.now() });
  };
  /** The way back: late, in order. */
  const tell = (news: Told) => {
    const now = clock.now();
    last = Math.max(last, now + latency.down(now));
    line.push(news);
    clock
      .sleep(last - now)
      .then(deliver)
      .catch(fail);
  };
  const shrunk = createShrunk();
  const quoteOf = (which: InstrumentId) => instruments.find((each) => each.id === which)?.quote ?? "";
  const hear = (fact: SimFact) => {
    if (accountOf(fact) === me) for (const news of shrunk.told(accountNews(fact, names, id, quoteOf), fact)) tell(news);
  };
  exchange.listen(hear, { positions: false });

  const place = (command: PlaceOrder) => {
    shrunk.sent(command);
    const result = exchange.place(me, requestOf(command, command.instrument));
    if (!result.ok) tell(rejected(command, result, exchange.now()));
  };
  const run = (command: Command) => {
    catchUp();
    if (command.type === "order.place") return place(command);
    if (command.type === "account.ask") {
      const taken = snapshotOf(exchange, me, names, id);
      return tell({ ...taken, venueAt: taken.asOf });
    }
    const { clientId, instrument } = command;
    const result = exchange.cancel(me, { clientId, instrument });
    if (!result.ok)
      tell({ type: "order.doubted", venueAt: exchange.now(), clientId, request: "cancel", text: result.text });
  };
  const send = (command: Command) => {
    clock
      .sleep(latency.up(clock.now()))
      .then(() => run(command))
      .catch(fail);
  };

  return {
    send,
    hear: (fact, pass) => {
      catchUp();
      pass(fact);
      if (fact.type === "link.restored" && fact.stream === "market") {
        tell({ type: "link.restored", venueAt: exchange.now(), venue: id, stream: "account", why: "on paper" });
        send({ type: "account.ask", venue: id, why: "opened" });
      } else mirror(fact, exchange, source);
    },
  };
}

interface Mirror extends MarketSource {
  readonly hands: MarketHands | undefined;
  /** Recorded prices a side that have size. */
  readonly known: ReadonlyMap<InstrumentId, { readonly bid: Set<number>; readonly ask: Set<number> }>;
}

function mirrorMarket(instruments: readonly Instrument[]): Mirror {
  let hands: MarketHands | undefined;
  return {
    instruments,
    known: new Map(instruments.map((each) => [each.id, { bid: new Set(), ask: new Set() }])),
    get hands() {
      return hands;
    },
    attach: (mine) => {
      hands = mine;
    },
    nextAt: (): Millis | undefined => undefined,
    act: () => undefined,
  };
}

/** Brings a live fact into the simulated market. */
function mirror(fact: Unnumbered, exchange: Exchange, source: Mirror): void {
  const { hands } = source;
  if (hands === undefined) return;
  if (fact.type === "book.reset" || fact.type === "book.changed")
    setLevels(fact.instrument, fact.bids, fact.asks, source, hands, fact.type === "book.reset");
  else if (fact.type === "trade.printed") hands.print(fact.instrument, fact.price, fact.size, fact.taker);
  else if (fact.type === "mark.changed")
    hands.mark(fact.instrument, fact.mark, fact.index, { rate: fact.fundingRate, at: fact.fundingAt });
  else if (fact.type === "instrument.changed" && source.known.has(fact.instrument.id))
    exchange.setInstrument(fact.instrument);
}

function setLevels(
  id: InstrumentId,
  bids: readonly Level[],
  asks: readonly Level[],
  source: Mirror,
  hands: MarketHands,
  whole: boolean,
): void {
  const known = source.known.get(id);
  if (known === undefined) return;
  const set = (side: "bid" | "ask", [price, size]: Level) => {
    hands.level(id, side, price, size);
    if (size > 0) known[side].add(price);
    else known[side].delete(price);
  };
  const sides = [
    ["bid", bids],
    ["ask", asks],
  ] as const;
  for (const [side, levels] of sides) {
    const kept = new Set<number>(levels.map(([price]) => price));
    if (whole) for (const price of known[side]) if (!kept.has(price)) set(side, [ticks(price), lots(0)]);
    for (const level of levels) if (level[1] <= 0) set(side, level);
  }
  for (const [side, levels] of sides) for (const level of levels) if (level[1] > 0) set(side, level);
}
