// Aggregated trades: what one taker got at one price in one moment is one trade, with a number of its own.
import type { InstrumentId, Lots, Millis, Side, Ticks } from "@bp/core";
import type { SimFact } from "@bp/sim";

type Trade = Extract<SimFact, { readonly type: "trade" }>;

/** Several prints as one. */
export interface Aggregate {
  readonly id: number;
  readonly instrument: InstrumentId;
  readonly price: Ticks;
  readonly size: Lots;
  readonly taker: Side;
  /** Numbers of the first and the last print in it. */
  readonly first: number;
  readonly last: number;
  readonly at: Millis;
}

export interface Prints {
  hear(fact: SimFact): void;
  /** Closed ones and the one that still grows, oldest first. */
  list(instrument: InstrumentId): readonly Aggregate[];
  /** Single prints, oldest first: more than the exchange itself remembers. */
  trades(instrument: InstrumentId): readonly Trade[];
  /** Hears of each when it is closed. Returns the way to stop. */
  listen(listener: (aggregate: Aggregate) => void): () => void;
  /** Closes those that still grow. */
  flush(): void;
}

const kept = 5000;

/** No trades yet. */
export function createPrints(): Prints {
  interface Tape {
    readonly trades: Trade[];
    readonly closed: Aggregate[];
    open: { aggregate: Aggregate; taker: string } | undefined;
    count: number;
  }
  const tapes = new Map<InstrumentId, Tape>();
  const listeners = new Set<(aggregate: Aggregate) => void>();
  const tapeOf = (instrument: InstrumentId) => {
    let tape = tapes.get(instrument);
    if (tape === undefined) {
      tape = { trades: [], closed: [], open: undefined, count: 0 };
      tapes.set(instrument, tape);
    }
    return tape;
  };
  const keep = <T>(list: T[], entry: T) => {
    list.push(entry);
    if (list.length > kept * 2) list.splice(0, kept);
  };
  const close = (tape: Tape) => {
    if (tape.open === undefined) return;
    const { aggregate } = tape.open;
    tape.open = undefined;
    keep(tape.closed, aggregate);
    for (const listener of listeners) listener(aggregate);
  };
  return {
    hear: (fact) => {
      if (fact.type !== "trade") return;
      const tape = tapeOf(fact.instrument);
      keep(tape.trades, fact);
      const taker = fact.taker === "buy" ? fact.buyOrderId : fact.sellOrderId;
      const { open } = tape;
      if (
        open !== undefined &&
        open.taker === taker &&
        open.aggregate.price === fact.price &&
        open.aggregate.at === fact.at
      ) {
        const size = (open.aggregate.size + fact.size) as Lots; // a sum of whole lots
        open.aggregate = { ...open.aggregate, size, last: fact.id };
        return;
      }
      close(tape);
      tape.count += 1;
      const { instrument, price, size, at } = fact;
      const aggregate = {
        id: tape.count,
        instrument,
        price,
        size,
        taker: fact.taker,
        first: fact.id,
        last: fact.id,
        at,
      };
      tape.open = { taker, aggregate };
    },
    list: (instrument) => {
      const { closed, open } = tapeOf(instrument);
      return open === undefined ? closed : [...closed, open.aggregate];
    },
    trades: (instrument) => tapeOf(instrument).trades,
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    flush: () => {
      for (const tape of tapes.values()) close(tape);
    },
  };
}
