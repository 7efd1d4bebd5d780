// A bench with its venue open: what a case reads, sends and waits for.
import { AssertionError } from "node:assert";
import {
  type Book,
  type ClientId,
  clientId,
  createBook,
  type Fact,
  type Instrument,
  lots,
  type News,
  type PlaceOrder,
  ticks,
  type Unnumbered,
} from "@bp/core";
import type { Bench, Breaks, Hands, Records } from "./bench.ts";

type Types = Unnumbered["type"];
type FactOf<T extends Types> = Omit<Fact, "seq"> & Extract<News, { readonly type: T }>;

/** What a case works with. */
export interface Stage {
  readonly bench: Bench;
  readonly hands: Hands;
  readonly breaks: Breaks;
  readonly facts: readonly Unnumbered[];
  /** The market of the case, as the venue lists it. */
  readonly market: Instrument;
  /** Kept from the facts of the market. */
  readonly book: Book;
  records(): Records;
  /** Opens the venue and waits for the book and, where there is an account, the first snapshot. */
  open(): Promise<void>;
  /** Waits for something, at most `ms` of the bench's time (30 s). @throws AssertionError when it does not come */
  until<T>(find: () => T | undefined | false, what: string, ms?: number): Promise<T>;
  all<T extends Types>(type: T): readonly FactOf<T>[];
  first<T extends Types>(type: T): FactOf<T> | undefined;
  /** Types of the facts about an order, in order. */
  told(order: ClientId | PlaceOrder): readonly Types[];
  /** Sends an order and gives it back: a post-only bid of 1 minimum, unless said otherwise. */
  place(change?: Partial<PlaceOrder>): PlaceOrder;
  cancel(order: PlaceOrder): void;
  /** A new snapshot, asked for now. */
  snapshot(): Promise<FactOf<"account.snapshot">>;
}

const waitMs = 30_000;
const stepMs = 5;

/** @throws AssertionError with this sentence */
export function must(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new AssertionError({ message: sentence });
}

/** Compares plain data. @throws AssertionError that shows both */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  must(found === wanted, `${what}: expected ${wanted}, found ${found}`);
}

/** A stage around a bench. Returns the way to end it, too. */
export async function createStage(bench: Bench): Promise<{ stage: Stage; end: () => Promise<void> }> {
  const facts: Unnumbered[] = [];
  const life = new AbortController();
  let opened: Promise<void> = Promise.resolve();
  let failure: unknown;
  let count = 0;
  const book = createBook();
  const instruments = await bench.venue.instruments();
  const market = instruments.find(({ id }) => id === bench.instrument);
  must(market !== undefined, `${bench.instrument} is among the instruments`);

  const emit = (fact: Unnumbered) => {
    facts.push(fact);
    if (!("instrument" in fact) || fact.instrument !== market.id) return;
    if (fact.type === "book.reset") book.reset(fact.bids, fact.asks, fact.at);
    else if (fact.type === "book.lost") book.lose();
    else if (fact.type === "book.changed" && book.valid) {
      for (const [price, size] of fact.bids) book.apply("bid", price, size);
      for (const [price, size] of fact.asks) book.apply("ask", price, size);
    }
  };
  const all: Stage["all"] = (type) => facts.filter((fact) => fact.type === type) as unknown as never; // all of one type
  const until: Stage["until"] = async (find, what, ms = waitMs) => {
    const end = bench.now() + ms;
    for (;;) {
      if (failure !== undefined) throw failure;
      const found = find();
      if (found !== undefined && found !== false) return found;
      must(bench.now() < end, `${what} within ${ms} ms`);
      await bench.pass(stepMs);
    }
  };

  const stage: Stage = {
    bench,
    facts,
    market,
    book,
    get hands() {
      must(bench.hands !== undefined, "the bench has hands");
      return bench.hands;
    },
    get breaks() {
      must(bench.breaks !== undefined, "the bench can break things");
      return bench.breaks as Breaks; // those that it offers; a case names them among its needs
    },
    records: () => {
      must(bench.records !== undefined, "the bench has books of record");
      return bench.records();
    },
    open: async () => {
      const { account } = bench;
      opened = bench.venue
        .open({ instruments: [market.id], account }, emit, life.signal)
        .catch((error: unknown) => (failure = error))
        .then(() => undefined);
      await until(() => book.valid, "a book");
      if (account) await until(() => stage.first("account.snapshot"), "the first snapshot");
    },
    until,
    all,
    first: (type) => all(type)[0],
    told: (order) => {
      const id = typeof order === "number" ? order : order.clientId;
      return facts.flatMap((fact) => ("clientId" in fact && fact.clientId === id ? [fact.type] : []));
    },
    place: (change = {}) => {
      count += 1;
      const command: PlaceOrder = {
        type: "order.place",
        clientId: clientId(0x0100_0000 + count),
        instrument: market.id,
        slot: "contract/order",
        side: "buy",
        price: ticks(1),
        size: lots(market.minSize),
        tif: "gtx",
        reduceOnly: false,
        ...change,
      };
      bench.venue.send(command);
      return command;
    },
    cancel: ({ clientId: id, instrument }) => bench.venue.send({ type: "order.cancel", clientId: id, instrument }),
    snapshot: async () => {
      const before = all("account.snapshot").length;
      bench.venue.send({ type: "account.ask", venue: bench.venue.id, why: "the contract" });
      return until(() => all("account.snapshot")[before], "a snapshot");
    },
  };
  return {
    stage,
    end: async () => {
      bench.breaks?.mend?.();
      life.abort();
      await opened;
      await bench.close();
    },
  };
}
