// What counts and whose it is: the fold over a log that a tally and an analyst share. What a market makes of it is theirs.
import {
  Big,
  type Command,
  createParts,
  type Entry,
  type Event,
  type EventOf,
  type Fill,
  type Instrument,
  type InstrumentId,
  type LinkChanged,
  type Lots,
  lots,
  type Millis,
  millis,
  type Parts,
  type VenueId,
  venueOf,
} from "@bp/core";
import { createHeard } from "./heard.ts";
import { createMemory, type Memory } from "./oldest.ts";
import { createOrders, type Orders, type TalliedOrder } from "./orders.ts";
import { createStopwatch, type Stopwatch } from "./quoting.ts";
import { createToldTrades, keyOf } from "./told.ts";

/** A market within a ledger. `C` is what it makes of a fill that counts. */
export interface LedgerMarket<C> {
  instrument(): Instrument;
  /** Its rules are others from now on. */
  ruled(instrument: Instrument): void;
  bookReset(event: EventOf<"book.reset">): void;
  bookChanged(event: EventOf<"book.changed">): void;
  /** @param at - until when it held; by the venue where that has told it @param told - the same by our clock */
  bookLost(at: Millis, told: Millis): void;
  printed(event: EventOf<"trade.printed">): void;
  /** @param price - ticks */
  marked(price: number): void;
  /** The mark or the mid now, in ticks; `undefined` while neither is known. */
  price(): number | undefined;
  pass(at: Millis): void;
  /** @param slot - `strategy/slot` of its order; empty of a liquidation */
  fill(fill: Fill, slot: string): C;
  funding(event: EventOf<"funding.paid">): void;
  /** Takes over what the venue's account held before; ignored once there is something of ours. `cost` in quote, signed like the size. */
  adopt(size: Lots, cost: Big): void;
  /**
   * What a liquidation or another hand took is not held any more.
   *
   * @param size - signed as the position was
   * @param price - ticks, at which it went; `undefined`: at its average cost
   */
  writeOff(size: Lots, price: number | undefined, at: Millis): void;
  /** Our resting orders are others than before. */
  requoted?(stopwatch: Stopwatch, at: Millis): void;
}

/** How a ledger is set up. */
export interface LedgerOptions<M> {
  readonly instruments: readonly Instrument[];
  readonly open: (instrument: Instrument) => M;
  /** Orders and trades of an earlier run. */
  readonly orders?: readonly TalliedOrder[];
  readonly trades?: readonly string[];
  readonly existing: "ignore" | "adopt";
  readonly graceMs: number;
  readonly sole: boolean;
}

/** The fold. */
export interface Ledger<C, M extends LedgerMarket<C>> {
  event(event: Event): readonly C[];
  command(command: Command): void;
  entry(entry: Entry): readonly C[];
  readonly markets: ReadonlyMap<InstrumentId, M>;
  readonly orders: Orders;
  /** The keys of the newest trades, oldest first. */
  trades(): readonly string[];
  stopwatch(instrument: InstrumentId): Stopwatch;
  /** Trades of the account that nobody here ordered. */
  readonly external: number;
  /** Of the first event; `undefined` before it. */
  readonly from: Millis | undefined;
  readonly now: Millis;
}

/** Trades whose ids are remembered, so that one that is told again counts once: far more than any list of a venue is long. */
const rememberedTrades = 20_000;
/** Stamps of a market's funding that are remembered: streams and lists tell the same payment. */
const rememberedStamps = 1_000;
const nothing: readonly never[] = [];

/**
 * Starts a ledger. A fill counts once (by instrument, trade id and side) and only if its order was placed in the log, or nobody else
 * trades. Funding counts once by instrument and the venue's stamp, as the engine counts it.
 */
export function createLedger<C, M extends LedgerMarket<C>>(options: LedgerOptions<M>): Ledger<C, M> {
  const markets = new Map<InstrumentId, M>();
  const watches = new Map<InstrumentId, Stopwatch>();
  const trades = createToldTrades(rememberedTrades, options.trades);
  const seen = new Set<VenueId>();
  /** Of perpetuals: what is ours, and what another hand took of it. */
  const parts = new Map<InstrumentId, Parts>();
  const newest = new Map<VenueId, Millis>();
  const stamps = new Map<InstrumentId, Memory<Millis, true>>();
  const heard = createHeard();

  const touched: InstrumentId[] = [];
  const orders = createOrders(options.graceMs, (id) => {
    if (!touched.includes(id)) touched.push(id);
  });
  /** The time until now belongs to the orders as they were. */
  const settle = () => {
    for (const id of touched) {
      const watch = watches.get(id);
      if (watch === undefined) continue;
      watch.changed(ledger.now);
      markets.get(id)?.requoted?.(watch, ledger.now);
    }
    touched.length = 0;
  };

  for (const each of options.instruments) {
    markets.set(each.id, options.open(each));
    stamps.set(each.id, createMemory(rememberedStamps));
    watches.set(each.id, createStopwatch(each.id, orders.live));
    if (each.kind === "perp") parts.set(each.id, createParts());
  }
  for (const each of options.orders ?? []) orders.adopt(each);

  const countFill = (fill: Fill): C | undefined => {
    const market = markets.get(fill.instrument);
    if (market === undefined) return undefined;
    const before = trades.tell(fill, "counted");
    if (before === "counted") return undefined;
    const order = fill.clientId === undefined ? undefined : orders.find(fill.clientId);
    const isOurs = order !== undefined || options.sole;
    if (before === undefined) lay(fill, isOurs ? "ours" : "another");
    if (!isOurs) {
      ledger.external += 1;
      return undefined;
    }
    if (order !== undefined) orders.filledTo(order, Math.max(fill.total, order.filled), fill.venueAt);
    return market.fill(fill, order?.slot ?? "");
  };
  /** Lays a trade beside the venue's position: once, before it was told. */
  const lay = (fill: Fill, whose: "ours" | "another") => {
    const part = parts.get(fill.instrument);
    if (part === undefined) return;
    const signed = fill.side === "buy" ? fill.size : -fill.size;
    part.traded(new LaidTrade(fill, signed), whose);
    if (whose === "ours") part.own += signed;
    else part.concede();
  };
  /** A person has seen what is gone and goes on: as the engine does. */
  const writeOff = () => {
    for (const [id, part] of parts) {
      const gone = part.gone();
      const market = markets.get(id);
      if (gone === 0 || market === undefined) continue;
      const size = lots(Math.sign(part.own) * gone);
      const price = market.price();
      market.writeOff(size, part.gonePrice() ?? (price === undefined ? undefined : Math.round(price)), ledger.now);
      part.own -= size;
      part.concede();
    }
  };

  const layPositions = ({ venue, asOf, positions, fills }: EventOf<"account.snapshot">) => {
    if (asOf < (newest.get(venue) ?? 0)) return; // an older answer that came late
    newest.set(venue, asOf);
    const sizes = new Map(positions.map(({ instrument, size }) => [instrument, size]));
    const inside = new Set(fills.map(keyOf));
    for (const [id, part] of parts) {
      if (venueOf(id) !== venue) continue;
      part.told(sizes.get(id) ?? 0, asOf, inside);
      part.concede();
    }
  };
  const foldSnapshot = (event: EventOf<"account.snapshot">): readonly C[] => {
    const counted = event.fills.flatMap((fill) => {
      // a list of recent fills reaches back before the run: those are not ours to count, and not external news
      if (!options.sole && (fill.clientId === undefined || orders.find(fill.clientId) === undefined)) {
        if (trades.tell(fill, "laid") === undefined) lay(fill, "another");
        return [];
      }
      return countFill(fill) ?? [];
    });
    orders.snapshot(event, event.at);
    find(event);
    layPositions(event);
    if (options.existing === "adopt" && !seen.has(event.venue))
      for (const { instrument, size, cost } of event.positions) {
        const market = markets.get(instrument);
        if (market?.instrument().kind !== "perp") continue;
        market.adopt(size, new Big(cost));
        parts.get(instrument)?.adopt();
      }
    seen.add(event.venue);
    return counted;
  };

  const foldFunding = (event: EventOf<"funding.paid">) => {
    const paid = stamps.get(event.instrument);
    if (paid === undefined || paid.get(event.venueAt) === true) return;
    paid.set(event.venueAt, true);
    markets.get(event.instrument)?.funding(event);
  };

  /** @param until - when the last thing was heard */
  const lose = ({ venue, stream }: LinkChanged, until: Millis) => {
    for (const [id, market] of markets) {
      if (venueOf(id) !== venue) continue;
      const watch = watches.get(id);
      if (stream === "market") market.bookLost(until, until);
      else if (watch !== undefined) {
        watch.lost(until);
        market.requoted?.(watch, until);
      }
    }
  };
  /** The venue has told what rests. */
  const find = ({ venue }: EventOf<"account.snapshot">) => {
    for (const [id, watch] of watches) {
      if (venueOf(id) !== venue) continue;
      watch.found(ledger.now);
      markets.get(id)?.requoted?.(watch, ledger.now);
    }
  };

  const fold = (event: Event, until: Millis): readonly C[] => {
    switch (event.type) {
      case "book.reset":
        markets.get(event.instrument)?.bookReset(event);
        return nothing;
      case "book.changed":
        markets.get(event.instrument)?.bookChanged(event);
        return nothing;
      case "book.lost":
        markets.get(event.instrument)?.bookLost(event.venueAt, event.at);
        return nothing;
      case "trade.printed":
        markets.get(event.instrument)?.printed(event);
        return nothing;
      case "mark.changed":
        markets.get(event.instrument)?.marked(event.mark);
        return nothing;
      case "order.filled": {
        const counted = countFill(event);
        return counted === undefined ? nothing : [counted];
      }
      case "order.accepted":
      case "order.cancelled":
      case "order.expired":
      case "order.rejected":
      case "order.doubted":
        orders.told(event);
        return nothing;
      case "account.snapshot":
        return foldSnapshot(event);
      case "funding.paid":
        foldFunding(event);
        return nothing;
      case "instrument.changed": {
        markets.get(event.instrument.id)?.ruled(event.instrument);
        return nothing;
      }
      case "timer.fired":
        for (const market of markets.values()) market.pass(ledger.now);
        return nothing;
      case "link.lost":
        lose(event, until);
        return nothing;
      case "operator.asked":
        if (event.ask === "resume") writeOff();
        return nothing;
      case "link.restored":
      case "balance.changed":
      case "params.changed":
        return nothing;
    }
  };

  const ledger: Ledger<C, M> & { external: number; from: Millis | undefined; now: Millis } = {
    markets,
    orders,
    trades: () => trades.keys(),
    stopwatch: (id) => watches.get(id) ?? createStopwatch(id, orders.live),
    external: 0,
    from: undefined,
    now: millis(0),
    event: (event) => {
      ledger.from ??= event.at;
      if (event.at > ledger.now) ledger.now = event.at;
      const counted = fold(event, heard(event));
      if (touched.length > 0) settle();
      return counted;
    },
    command: (command) => {
      if (command.type === "order.place") orders.placed(command, ledger.now);
      if (command.type === "order.cancel") orders.cancelling(command.clientId);
      if (touched.length > 0) settle();
    },
    entry: (entry) => {
      if (entry.dir === "in") return ledger.event(entry.event);
      if (entry.dir === "out") ledger.command(entry.command);
      return nothing;
    },
  };
  return ledger;
}

/** A trade beside a position. Its key is put together when it is asked for, which is seldom. */
class LaidTrade {
  readonly #fill: Fill;
  readonly signed: number;

  constructor(fill: Fill, signed: number) {
    this.#fill = fill;
    this.signed = signed;
  }

  get key(): string {
    return keyOf(this.#fill);
  }

  get price(): number {
    return this.#fill.price;
  }

  get venueAt(): Millis {
    return this.#fill.venueAt;
  }
}
