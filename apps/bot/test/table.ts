// A market in a test's hands and the real bot on it: a scripted exchange behind the sandbox's REST and WebSocket on
// loopback, every request written down, and the same parts that `bot start` joins.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  instrument as describeInstrument,
  type Event,
  type Instrument,
  type InstrumentId,
  millis,
  priceText,
  sizeText,
  ticks,
  toLots,
  toTicks,
} from "@bp/core";
import { openJournal } from "@bp/journal";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { Secret } from "@bp/signing";
import { createExchange, type Exchange, type MarketHands, scriptedMarket } from "@bp/sim";
import { expect } from "vitest";
import { readBotConfig } from "../src/config/index.ts";
import { createOperator, type Operator } from "../src/operator.ts";
import { recipeOf } from "../src/recipe.ts";
import { type Begun, type Face, type RunState, runSession, type SessionResult } from "../src/session.ts";
import { createLedgers, type Ledgers } from "../src/stage/ledger.ts";
import { marketsAt } from "../src/stage/stage.ts";
import { wireStage } from "../src/stage/wire.ts";
import { patienceMs } from "./patience.ts";
import { type Passed, type Tap, tapInto } from "./tap.ts";

/** What the table is laid with; everything has a default. */
export interface TableOptions {
  /** Default `SOL_USDC_PERP`. The other one of spot and perpetual is there too, without a book. */
  readonly symbol?: "SOL_USDC" | "SOL_USDC_PERP";
  /** Default `0.01`. */
  readonly tick?: string;
  /** Best bid and best ask, 10,000 SOL each. Default 149.99 and 150.01. */
  readonly book?: readonly [bid: string, ask: string];
  /** Default: the middle of the book. Perpetuals only. */
  readonly mark?: string;
  /** Of our account, before the position is traded. Default: 100,000 USDC and 500 SOL. */
  readonly balances?: Readonly<Record<string, string>>;
  /** What our account holds of the perpetual when the bot starts, and what it was bought (or sold) at. */
  readonly position?: { readonly size: string; readonly at?: string };
  /** Fraction of notional. */
  readonly maker?: string;
  /** Nothing stirs but by the test's hands. Otherwise something far from everything does, because a market in which nothing stirs is stale. */
  readonly quiet?: boolean;
}

/** A POST of an order, as it came to the exchange. */
export interface Sent {
  readonly side: "buy" | "sell";
  readonly price: string;
  readonly size: string;
  readonly tif: string;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  readonly clientId: number | undefined;
  readonly passed: Passed;
}

export interface BotOptions {
  /** How long a signed request is good, ms. */
  readonly windowMs?: number;
  readonly timeoutMs?: number;
  /** Streams by another way than the table's own. */
  readonly ws?: string;
  /** For a second run on the same journal. */
  readonly journal?: string;
}

/** The bot at the table. */
export interface Bot {
  /** Everything that it heard, in order. */
  readonly events: readonly Event[];
  /** What rules and engine had to say, `rule: why`. */
  readonly notes: readonly string[];
  readonly begun: Begun;
  readonly state: RunState;
  /** Ends it as Ctrl+C does, checks that no order of ours is left, and gives the result. */
  stop(): Promise<SessionResult>;
  /** What a person may ask of it. */
  readonly operator: Operator;
  /** How it ended by itself. */
  readonly ended: Promise<SessionResult>;
}

export interface Table {
  readonly sandbox: Sandbox;
  readonly exchange: Exchange;
  /** What the exchange says of its accounts. */
  readonly ledgers: Ledgers;
  readonly hands: MarketHands;
  readonly instrument: Instrument;
  readonly id: InstrumentId;
  readonly symbol: string;
  /** Address of the REST side, by way of the tap. */
  readonly rest: string;
  readonly ws: string;
  readonly folder: string;
  /** All requests so far. */
  readonly requests: readonly Passed[];
  /** All orders that were ever sent, whatever became of them. */
  sent(): readonly Sent[];
  /** The same as words: `sell 0.05 @ 149.25 IOC reduce-only`. */
  sentWords(): readonly string[];
  /** Cancels that were sent. */
  cancels(): readonly Passed[];
  /** What rests for our account in this market, as words: `buy 0.50 @ 149.62`, bids first, best first. */
  open(): readonly string[];
  /** Position of our account, as text. */
  position(): string;
  /** Total of an asset. */
  balance(asset: string): string;
  setBook(bid: string, ask: string, size?: string): void;
  /** The whole anonymous book: `[price, size]`, any order. */
  setLevels(bids: readonly (readonly [string, string])[], asks: readonly (readonly [string, string])[]): void;
  setMark(price: string): void;
  /** Somebody trades `size` at a price away from the anonymous book: quotes of ours that stand there are filled. */
  take(side: "buy" | "sell", size: string, price: string): void;
  /** Flags as on the command line, in camelCase. */
  start(flags: Readonly<Record<string, unknown>>, options?: BotOptions): Promise<Bot>;
  /** Waits until the condition holds. */
  until(what: string, condition: () => boolean, ms?: number): Promise<void>;
  /** Lets time pass: what must not happen is looked for afterwards. */
  pass(ms: number): Promise<void>;
}

/** Says what to do when the test is over. */
export type Finished = (undo: () => void | Promise<void>) => void;

const name = "alice";
const far = { bid: "1.00", ask: "900.00" } as const;

/**
 * Lays a table; it is cleared with the test.
 *
 * @param finished - `onTestFinished` of the test's context: tests run beside one another
 */
export async function layTable(finished: Finished, options: TableOptions = {}): Promise<Table> {
  const { symbol = "SOL_USDC_PERP", tick = "0.01", book = ["149.99", "150.01"], maker } = options;
  const common = { base: "SOL", quote: "USDC", tickSize: tick, lotSize: "0.01", minSize: "0.01" } as const;
  const instruments = [
    describeInstrument({ ...common, id: "backpack:SOL_USDC", kind: "spot", maker: "0.00085", taker: "0.00095" }),
    describeInstrument({
      ...common,
      id: "backpack:SOL_USDC_PERP",
      kind: "perp",
      maker: maker ?? "0.0002",
      taker: "0.0005",
    }),
  ];
  const id: InstrumentId = `backpack:${symbol}`;
  const instrument = instruments.find((each) => each.id === id);
  if (instrument === undefined) throw new Error(symbol);
  const market = scriptedMarket(instruments);
  const accounts = [
    { name, balances: options.balances ?? { USDC: "100000", SOL: "500" } },
    { name: "bob", balances: { USDC: "1000000", SOL: "10000" } },
  ];
  const exchange = createExchange({ start: millis(Date.now()), market, accounts });
  const { hands } = market;

  let levels: { readonly side: "bid" | "ask"; readonly price: string }[] = [];
  const setLevels: Table["setLevels"] = (bids, asks) => {
    const wanted = [
      ...bids.map(([price, size]) => ({ side: "bid" as const, price, size })),
      ...asks.map(([price, size]) => ({ side: "ask" as const, price, size })),
    ];
    const before = levels;
    levels = wanted;
    // One act of the market is one depth frame: nobody sees, or quotes on, a book that is half changed.
    market.at(exchange.now(), () => {
      for (const { side, price } of before)
        if (!wanted.some((each) => each.side === side && each.price === price))
          hands.level(id, side, toTicks(instrument, price), toLots(instrument, "0"));
      for (const { side, price, size } of wanted)
        hands.level(id, side, toTicks(instrument, price), toLots(instrument, size));
    });
    exchange.advance(exchange.now());
  };
  const setBook: Table["setBook"] = (bid, ask, size = "10000") => setLevels([[bid, size]], [[ask, size]]);
  const setMark = (price: string) => {
    const mark = Number(price) / Number(tick); // marks may lie between ticks
    hands.mark(id, mark, mark);
  };
  if (options.position !== undefined) {
    const { size, at = "150.00" } = options.position;
    const buying = !size.startsWith("-");
    setLevels(buying ? [] : [[at, size.slice(1)]], buying ? [[at, size]] : []);
    const taken = exchange.place(name, {
      instrument: id,
      side: buying ? "buy" : "sell",
      type: "limit",
      price: toTicks(instrument, at),
      size: toLots(instrument, buying ? size : size.slice(1)),
      tif: "ioc",
      postOnly: false,
      reduceOnly: false,
      selfTradePrevention: "reject-taker",
    });
    if (!taken.ok || taken.order.status !== "filled") throw new Error(`no position of ${size} at ${at}`);
  }
  setBook(...book);
  if (instrument.kind === "perp") setMark(options.mark ?? ((Number(book[0]) + Number(book[1])) / 2).toFixed(4));

  const sandbox = await startSandbox({ exchange, accounts });
  const tap: Tap = await tapInto(sandbox.rest);
  const folder = mkdtempSync(join(tmpdir(), "bp-table-"));
  let odd = false;
  const breath = setInterval(() => {
    if (options.quiet === true) return;
    odd = !odd;
    hands.level(id, "bid", toTicks(instrument, far.bid), toLots(instrument, odd ? "1" : "2"));
  }, 300);
  const bots: { end(): Promise<unknown> }[] = [];
  finished(async () => {
    sandbox.faults.clear();
    for (const bot of bots) await bot.end();
    clearInterval(breath);
    await tap.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const sent = () => tap.passed.filter(isOrder).map(sentOf);
  const table: Table = {
    sandbox,
    exchange,
    ledgers: createLedgers(exchange),
    hands,
    instrument,
    id,
    symbol,
    rest: tap.url,
    ws: sandbox.ws,
    folder,
    requests: tap.passed,
    sent,
    sentWords: () => sent().map(wordsOf),
    cancels: () => tap.passed.filter(isCancel),
    open: () =>
      exchange
        .openOrders(name, id)
        .filter((order) => order.clientId !== undefined)
        .toSorted((a, b) =>
          a.side === b.side
            ? (Number(b.price) - Number(a.price)) * (a.side === "buy" ? 1 : -1)
            : a.side === "buy"
              ? -1
              : 1,
        )
        .map(({ side, price, size, filled }) => {
          const rest = toLots(instrument, "0") + (size ?? 0) - filled;
          return `${side} ${sizeText(instrument, rest as typeof filled)} @ ${priceText(instrument, ticks(price ?? 0))}`; // lots less lots
        }),
    position: () => {
      const held = exchange.positions(name).find((each) => each.instrument === id);
      return held === undefined ? "0.00" : sizeText(instrument, held.size);
    },
    balance: (asset) => exchange.balances(name).find((each) => each.asset === asset)?.total ?? "0",
    setBook,
    setLevels,
    setMark,
    take: (side, size, price) => {
      hands.print(id, toTicks(instrument, price), toLots(instrument, size), side);
    },
    start: async (flags, botOptions = {}) => {
      const bot = await startBot(table, flags, botOptions, options.position === undefined);
      bots.push(bot);
      return bot;
    },
    until: async (what, condition, ms = patienceMs) => {
      const deadline = Date.now() + ms;
      while (!condition()) {
        if (Date.now() > deadline)
          throw new Error(
            `not within ${ms} ms: ${what}\nopen: ${table.open().join(", ")}\nsent: ${table.sentWords().join(", ")}\nposition: ${table.position()}`,
          );
        await table.pass(5);
      }
    },
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  return table;
}

async function startBot(
  table: Table,
  flags: Readonly<Record<string, unknown>>,
  { windowMs, timeoutMs, ws = table.ws, journal = join(table.folder, "journal.sqlite") }: BotOptions,
  countsAll: boolean,
): Promise<Bot & { end(): Promise<unknown> }> {
  const { sandbox, id } = table;
  const config = await readBotConfig({
    flags: { sandbox: true, rest: table.rest, ws, symbol: table.symbol, ...flags },
  });
  const account = sandbox.accounts.find((each) => each.name === name);
  if (account === undefined) throw new Error(name);
  const stage = await wireStage({
    place: "sandbox",
    doors: [
      {
        id: "backpack",
        rest: table.rest,
        ws,
        keys: { apiKey: account.apiKey, secret: Secret.of(account.secret) },
        windowMs,
        timeoutMs,
      },
    ],
    speed: 1,
    seed: 1,
    lasts: true,
    about: "a table",
    ...(countsAll ? { ledger: () => ({ ...table.ledgers(name, id), openOrders: table.open().length }) } : {}),
  });
  const cooked = recipeOf(config, await marketsAt(stage));

  const events: Event[] = [];
  const notes: string[] = [];
  const operator = createOperator();
  let begun: Begun | undefined;
  let state: RunState | undefined;
  const face: Face = {
    begun: (told) => {
      begun = told;
    },
    step: (event, _, said, now) => {
      events.push(event);
      state = now;
      for (const { rule, why } of said) notes.push(`${rule}: ${why}`);
    },
    ending: () => undefined,
    ended: (result) => {
      state = result.state;
    },
  };
  const store = openJournal(journal);
  const ended = runSession({
    stage,
    ...cooked,
    store,
    resume: config.resume,
    durationSeconds: config.durationSeconds,
    face,
    operator,
  });
  const close = () => store.close();
  ended.then(close, close); // whoever waits for it hears of a failure
  let over = false;
  const end = async () => {
    if (over) return;
    over = true;
    operator.ask("stop", "the test");
    await ended.catch(() => undefined);
  };
  return {
    events,
    notes,
    get begun() {
      if (begun === undefined) throw new Error("it has not begun");
      return begun;
    },
    get state() {
      if (state === undefined) throw new Error("nothing has happened yet");
      return state;
    },
    operator,
    ended,
    end,
    stop: async () => {
      over = true;
      operator.ask("stop", "the test");
      const result = await ended;
      expect(table.open(), "orders of ours after the end").toEqual([]);
      expect(result.summary.openOrdersAtExit).toBe(0);
      if (result.summary.ledger !== undefined) expect(result.summary.ledger, "ledger").toMatchObject({ equal: true });
      return result;
    },
  };
}

const isOrder = ({ method, path }: Passed) => method === "POST" && path === "/api/v1/order";
const isCancel = ({ method, path }: Passed) => method === "DELETE" && path === "/api/v1/order";

function sentOf(passed: Passed): Sent {
  const body = passed.body as Readonly<Record<string, unknown>>; // our own client wrote it
  return {
    side: body["side"] === "Bid" ? "buy" : "sell",
    price: Number(body["price"]).toFixed(decimalsOf(String(body["price"]))),
    size: Number(body["quantity"]).toFixed(2),
    tif: String(body["timeInForce"]),
    postOnly: body["postOnly"] === true,
    reduceOnly: body["reduceOnly"] === true,
    clientId: typeof body["clientId"] === "number" ? body["clientId"] : undefined,
    passed,
  };
}

const decimalsOf = (text: string) => Math.max(2, (text.split(".")[1] ?? "").length);

/** An order in words. */
function wordsOf({ side, size, price, tif, postOnly, reduceOnly }: Sent): string {
  return [side, size, "@", price, tif, ...(postOnly ? ["post-only"] : []), ...(reduceOnly ? ["reduce-only"] : [])].join(
    " ",
  );
}
