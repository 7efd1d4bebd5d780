// A market in a test's hands and the real engine on it, in memory and on a clock that stands still until it is moved.
import {
  type AnyRule,
  type AnyStrategy,
  type Command,
  type Entry,
  type Event,
  exchangeOf,
  type Instrument,
  type InstrumentId,
  memoryJournal,
  millis,
  priceText,
  type Side,
  sizeText,
  symbolOf,
  ticks,
  toLots,
  toTicks,
  type Unnumbered,
  type VenueId,
  venueOf,
} from "@bp/core";
import { beat, createEngine, createRunner, type Engine, type EngineOptions, type Note } from "@bp/engine";
import {
  constantLatency,
  createExchange,
  createTimeline,
  type Exchange,
  type Faults,
  type Latency,
  type ScriptedMarket,
  scriptedMarket,
  simVenue,
} from "@bp/sim";

/** One account at one venue. */
export interface Seat {
  /** `backpack`, `backpack-2`, `aster-futures`: those that differ by a number only share one exchange and its book. */
  readonly venue: VenueId;
  /** Default: 100,000 of USDC and USDT, 500 SOL, 2 BTC, 30 ETH. */
  readonly balances?: Readonly<Record<string, string>>;
  readonly leverage?: number;
  readonly latency?: Latency;
  readonly faults?: Faults;
}

/** What is laid out. */
export interface BoardOptions {
  readonly instruments: readonly Instrument[];
  /** Default: one seat at the venue of the first instrument. */
  readonly seats?: readonly Seat[];
  readonly strategies: readonly { readonly strategy: AnyStrategy; readonly params: unknown }[];
  /** Default: none but what the engine brings. */
  readonly rules?: readonly AnyRule[];
  readonly existing?: EngineOptions["existing"];
  /** Hears of every event, right after the engine has taken it: as a screen does. */
  readonly watch?: (event: Event, notes: readonly Note[], engine: Engine) => void;
  /** Whether a book that stands still counts as current; default true. Without it, it is stale when it is old. */
  readonly breathes?: boolean;
  /** Default 2026-01-01T14:00:00Z. */
  readonly start?: number;
  /** More of the engine's options. */
  readonly engine?: Partial<Pick<EngineOptions, "graceMs" | "askEveryMs" | "unexplainedLots" | "slippageCap">>;
}

/** Time, market and engine. Prices and sizes are decimal text; instruments go by their id. */
export interface Board {
  readonly engine: Engine;
  readonly events: readonly Event[];
  /** All commands so far, oldest first. */
  readonly commands: readonly Command[];
  /** The journal: events, commands and notes as they were written. */
  readonly entries: readonly Entry[];
  /** All commands so far with the time at which they were given. */
  sent(): readonly { readonly at: number; readonly command: Command }[];
  /** What rules, strategies and engine had to say. */
  readonly notes: readonly Note[];
  now(): number;
  /** Replaces the anonymous book of a market: one level a side unless more are given, best first. Size 10,000 by default. */
  book(id: InstrumentId, bid: BookSide, ask: BookSide): void;
  /** A print away from the book, of the least size: the last price. Rounded to nothing: the price must be on the grid. */
  last(id: InstrumentId, price: string): void;
  mark(id: InstrumentId, price: string, funding?: { readonly rate: number; readonly at: number }): void;
  /** Somebody trades with what rests at or beyond the price, ours and others': `sell` hits bids. */
  take(id: InstrumentId, side: Side, size: string, price: string): void;
  /** Lets time pass; a beat a second. */
  run(ms: number): void;
  /** Plays until the condition holds. @throws Error after `ms` of virtual time, with what stands and what was sent */
  until(what: string, condition: () => boolean, ms?: number): void;
  /** What rests of ours at the exchange, as words, bids first, best first: `buy 0.66 @ 150.25`. */
  open(id: InstrumentId): readonly string[];
  /** Orders placed so far in a market, as words: `buy 0.66 @ 150.25 gtx`, `sell 0.66 @ 149.50 ioc reduce-only`. */
  placed(id?: InstrumentId): readonly string[];
  /** Cancels sent so far. */
  cancels(id?: InstrumentId): number;
  /** What the exchange says that our account holds of a perpetual, as text. */
  position(id: InstrumentId): string;
  /** Total of an asset at a venue. */
  balance(venue: VenueId, asset: string): string;
  exchange(venue: VenueId): Exchange;
  market(venue: VenueId): ScriptedMarket;
  /** Tells the engine a fact that the exchange knows nothing of: an operator's wish, a lost link. */
  tell(fact: Unnumbered): void;
  /** A refusal or a loss for the next command that fits: called with each command before it goes out; `true` swallows it. */
  intercept(swallows: (command: Command) => boolean): void;
  /** Kills the engine and makes a new one from the journal, as a restart does; the exchange goes on. */
  restart(downMs?: number): void;
}

type BookSide = string | readonly (readonly [price: string, size: string])[] | undefined;

const purse = { USDC: "100000", USDT: "100000", SOL: "500", BTC: "2", ETH: "30", ASTER: "0" };
const start2026 = Date.UTC(2026, 0, 1, 14);

/** Lays a board. */
export function layBoard(options: BoardOptions): Board {
  const start = millis(options.start ?? start2026);
  const [first] = options.instruments;
  if (first === undefined) throw new Error("a board needs an instrument");
  const seats = options.seats ?? [{ venue: venueOf(first.id) }];
  const timeline = createTimeline(start);
  const houses = new Map<string, { readonly market: ScriptedMarket; readonly exchange: Exchange }>();
  for (const name of new Set(seats.map(({ venue }) => exchangeOf(venue)))) {
    const theirs = options.instruments.filter(({ id }) => exchangeOf(venueOf(id)) === name);
    const symbols = [...new Set(theirs.map(({ id }) => symbolOf(id)))];
    const listed = symbols.flatMap((symbol) => {
      const found = theirs.find(({ id }) => symbolOf(id) === symbol);
      return found === undefined ? [] : [{ ...found, id: `${name}:${symbol}` as const }];
    });
    const market = scriptedMarket(listed);
    const accounts = seats
      .filter(({ venue }) => exchangeOf(venue) === name)
      .map(({ venue, balances = purse, leverage }) => ({
        name: venue,
        balances,
        ...(leverage === undefined ? {} : { leverage }),
      }));
    const exchange = createExchange({ start, market, accounts });
    houses.set(name, { market, exchange });
  }
  const houseOf = (venue: VenueId) => {
    const found = houses.get(exchangeOf(venue));
    if (found === undefined) throw new Error(`no seat at ${venue}`);
    return found;
  };
  const instruments = seats.flatMap(({ venue }) =>
    options.instruments
      .filter(({ id }) => exchangeOf(venueOf(id)) === exchangeOf(venue))
      .flatMap((each) => {
        const id: InstrumentId = `${venue}:${symbolOf(each.id)}`;
        return options.instruments.some((other) => other.id === id) ? [{ ...each, id }] : [];
      }),
  );
  const byId = new Map(instruments.map((each) => [each.id, each]));
  const instrumentOf = (id: InstrumentId): Instrument => {
    const found = byId.get(id);
    if (found === undefined) throw new Error(`no instrument ${id}`);
    return found;
  };
  const innerOf = (id: InstrumentId): InstrumentId => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;

  const venues = new Map(
    seats.map(({ venue, latency = constantLatency(5), faults }) => [
      venue,
      simVenue({
        exchange: houseOf(venue).exchange,
        account: venue,
        id: venue,
        timeline,
        latency,
        ...(faults === undefined ? {} : { faults }),
      }),
    ]),
  );
  const journal = memoryJournal();
  const events: Event[] = [];
  const commands: Command[] = [];
  const notes: Note[] = [];
  const sent: { readonly at: number; readonly command: Command }[] = [];
  let swallows: (command: Command) => boolean = () => false;

  const makeEngine = () =>
    createEngine({
      run: 1,
      instruments,
      strategies: options.strategies,
      rules: options.rules ?? [],
      ...(options.existing === undefined ? {} : { existing: options.existing }),
      ...options.engine,
    });
  let engine = makeEngine();
  let life = new AbortController();
  let runner: ReturnType<typeof createRunner> | undefined;
  const join = () => {
    life = new AbortController();
    runner = createRunner({
      engine,
      journal,
      after: events.at(-1)?.seq ?? 0,
      send: (command) => {
        if (swallows(command)) return;
        const id = command.type === "account.ask" ? command.venue : venueOf(command.instrument);
        venues.get(id)?.send(command);
      },
      onStep: (event, given, said) => {
        events.push(event);
        commands.push(...given);
        for (const command of given) sent.push({ at: event.at, command });
        notes.push(...said);
        options.watch?.(event, said, engine);
      },
    });
    const { handle } = runner;
    for (const [id, venue] of venues)
      venue
        .open(
          { instruments: instruments.filter((each) => venueOf(each.id) === id).map((each) => each.id), account: true },
          handle,
          life.signal,
        )
        .catch(() => undefined); // a venue in memory does not fail
  };
  join();
  const tell = (fact: Unnumbered) => runner?.handle(fact);

  let nextBeat = start + 1_000;
  const runTo = (to: number) => {
    for (; nextBeat <= to; nextBeat += 1_000) {
      timeline.runUntil(millis(nextBeat));
      const at = timeline.now();
      // What stands still is proven current, as an adapter does it.
      if (options.breathes !== false)
        for (const { id } of instruments)
          if (engine.view.book(id).valid && engine.view.link(venueOf(id)) === "up")
            tell({ type: "book.changed", instrument: id, bids: [], asks: [], at, venueAt: at });
      tell({ type: "timer.fired", name: beat, at, venueAt: at });
    }
    timeline.runUntil(millis(to));
  };

  const levels = new Map<InstrumentId, { readonly side: "bid" | "ask"; readonly price: string }[]>();
  const sideOf = (side: BookSide): readonly (readonly [string, string])[] =>
    side === undefined ? [] : typeof side === "string" ? [[side, "10000"]] : side;
  const board: Board = {
    get engine() {
      return engine;
    },
    events,
    commands,
    entries: journal.entries,
    sent: () => sent,
    notes,
    now: () => timeline.now(),
    book: (id, bid, ask) => {
      const { market, exchange } = houseOf(venueOf(id));
      const inner = innerOf(id);
      const instrument = instrumentOf(id);
      const wanted = [
        ...sideOf(bid).map(([price, size]) => ({ side: "bid" as const, price, size })),
        ...sideOf(ask).map(([price, size]) => ({ side: "ask" as const, price, size })),
      ];
      const before = levels.get(inner) ?? [];
      levels.set(inner, wanted);
      market.at(timeline.now(), () => {
        for (const { side, price } of before)
          if (!wanted.some((each) => each.side === side && each.price === price))
            market.hands.level(inner, side, toTicks(instrument, price), toLots(instrument, "0"));
        for (const { side, price, size } of wanted)
          market.hands.level(inner, side, toTicks(instrument, price), toLots(instrument, size));
      });
      exchange.advance(timeline.now());
    },
    last: (id, price) => {
      const instrument = instrumentOf(id);
      const { market } = houseOf(venueOf(id));
      market.hands.print(innerOf(id), toTicks(instrument, price), instrument.minSize, "buy");
    },
    mark: (id, price, funding) => {
      const at = Number(price) / Number(instrumentOf(id).tickSize); // marks may lie between ticks
      const told = funding === undefined ? undefined : { rate: funding.rate, at: millis(funding.at) };
      houseOf(venueOf(id)).market.hands.mark(innerOf(id), at, at, told);
    },
    take: (id, side, size, price) => {
      const instrument = instrumentOf(id);
      houseOf(venueOf(id)).market.hands.print(innerOf(id), toTicks(instrument, price), toLots(instrument, size), side);
    },
    run: (ms) => runTo(timeline.now() + ms),
    until: (what, condition, ms = 600_000) => {
      const end = timeline.now() + ms;
      while (!condition()) {
        if (timeline.now() >= end)
          throw new Error(`not within ${ms} ms: ${what}\nplaced: ${board.placed().slice(-20).join("\n        ")}`);
        runTo(timeline.now() + 10);
      }
    },
    open: (id) =>
      houseOf(venueOf(id))
        .exchange.openOrders(venueOf(id), innerOf(id))
        .filter((order) => order.clientId !== undefined)
        .toSorted((a, b) => {
          if (a.side !== b.side) return a.side === "buy" ? -1 : 1;
          return (Number(b.price) - Number(a.price)) * (a.side === "buy" ? 1 : -1);
        })
        .map(({ side, price, size, filled }) => {
          const instrument = instrumentOf(id);
          const rest = toLots(instrument, "0") + (size ?? 0) - filled;
          return `${side} ${sizeText(instrument, rest as typeof filled)} @ ${priceText(instrument, ticks(price ?? 0))}`; // lots less lots
        }),
    placed: (id) =>
      commands.flatMap((command) => {
        if (command.type !== "order.place" || (id !== undefined && command.instrument !== id)) return [];
        const instrument = instrumentOf(command.instrument);
        const words = [command.side, sizeText(instrument, command.size), "@", priceText(instrument, command.price)];
        return [[...words, command.tif, ...(command.reduceOnly ? ["reduce-only"] : [])].join(" ")];
      }),
    cancels: (id) =>
      commands.filter((each) => each.type === "order.cancel" && (id === undefined || each.instrument === id)).length,
    position: (id) => {
      const held = houseOf(venueOf(id))
        .exchange.positions(venueOf(id))
        .find((each) => each.instrument === innerOf(id));
      return sizeText(instrumentOf(id), held?.size ?? toLots(instrumentOf(id), "0"));
    },
    balance: (venue, asset) =>
      houseOf(venue)
        .exchange.balances(venue)
        .find((each) => each.asset === asset)?.total ?? "0",
    exchange: (venue) => houseOf(venue).exchange,
    market: (venue) => houseOf(venue).market,
    tell,
    intercept: (with_) => {
      swallows = with_;
    },
    restart: (downMs = 0) => {
      life.abort();
      runner = undefined;
      if (downMs > 0) {
        timeline.runUntil(millis(timeline.now() + downMs));
        nextBeat = timeline.now() + 1_000;
      }
      engine = makeEngine();
      for (const event of events) engine.step(event);
      join();
      const at = timeline.now();
      for (const venue of venues.keys())
        for (const stream of ["account", "market"] as const)
          tell({ type: "link.lost", venue, stream, why: "the bot was restarted", resumed: true, at, venueAt: at });
    },
  };
  return board;
}
