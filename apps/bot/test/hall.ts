// Several markets in a test's hands and the real bot on them as a process: scripted exchanges of Backpack and Aster behind the
// sandbox's wires, every request written down.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  exchangeOf,
  type Instrument,
  type InstrumentId,
  millis,
  priceText,
  type Side,
  sizeText,
  symbolOf,
  ticks,
  toLots,
  toTicks,
  type VenueId,
  venueOf,
} from "@bp/core";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import {
  type AccountSketch,
  asterFuturesMarkets,
  asterOnBackpack,
  asterSpotMarkets,
  createExchange,
  defaultMarkets,
  type Exchange,
  type ScriptedMarket,
  scriptedMarket,
} from "@bp/sim";
import { patienceMs } from "./patience.ts";
import { type BotProcess, type ProcessOptions, spawnBot } from "./process.ts";
import type { Finished } from "./table.ts";
import { type Passed, type Tap, tapInto } from "./tap.ts";

/** What the hall is laid with. */
export interface HallOptions {
  /** Books by market, best bid and best ask, 10,000 each. Only these markets have any. */
  readonly books: Readonly<Record<InstrumentId, readonly [bid: string, ask: string]>>;
  /** Of Backpack's alice, bob and carol. Default: 100,000 USDC, 500 SOL, 2 BTC, 30 ETH at leverage 10. */
  readonly accounts?: readonly AccountSketch[];
  /** Of Aster's spot market. Default: the sandbox's. */
  readonly asterSpot?: readonly AccountSketch[];
}

/** Prices and sizes are decimal text; whose account it is follows from the venue: `backpack` is alice, `backpack-2` bob. */
export interface Hall {
  readonly sandbox: Sandbox;
  /** Where the bots stand, with their journals and logs. */
  readonly folder: string;
  /** Address of Backpack's REST side, by way of the tap, and of its socket. */
  readonly rest: string;
  readonly ws: string;
  /** Requests to an exchange so far, in order: `backpack`, `aster-futures`, `aster-spot`. */
  requests(exchange: string): readonly Passed[];
  /** Orders that were sent to an exchange, as their bodies. */
  placed(exchange: string): readonly Readonly<Record<string, unknown>>[];
  exchange(venue: VenueId): Exchange;
  book(id: InstrumentId, bid: string, ask: string, size?: string): void;
  mark(id: InstrumentId, price: string): void;
  /** Somebody trades with what rests at or beyond the price. */
  take(id: InstrumentId, side: Side, size: string, price: string): void;
  /** What rests for our account, as words: `buy 0.50 @ 149.62`; bids first, best first. The user's own orders are left out. */
  open(id: InstrumentId): readonly string[];
  /** An order of the user's own hand, or of a bot before our time where it has a number. */
  byHand(id: InstrumentId, side: Side, size: string, price: string, clientId?: number): string;
  /** Ids of everything that rests for our account in a market. */
  resting(id: InstrumentId): readonly string[];
  position(id: InstrumentId): string;
  balance(venue: VenueId, asset: string): string;
  /** Writes a file into the folder and answers its path. */
  file(name: string, content: string): string;
  /** A configuration of our own format with the addresses of all venues that its accounts name. */
  config(venues: readonly VenueId[], rest: Readonly<Record<string, unknown>>): string;
  start(args: readonly string[], options?: ProcessOptions): BotProcess;
  /** Everything that was ever written into the folder, journals too. */
  written(): string;
  until(what: string, condition: () => boolean, ms?: number): Promise<void>;
  pass(ms: number): Promise<void>;
}

const people = ["alice", "bob", "carol"] as const;

/** Lays a hall; it is cleared with the test. */
export async function layHall(finished: Finished, options: HallOptions): Promise<Hall> {
  const listed = {
    backpack: [...defaultMarkets(), ...asterOnBackpack()],
    "aster-futures": asterFuturesMarkets(),
    "aster-spot": asterSpotMarkets(),
  };
  const markets: Readonly<Record<string, ScriptedMarket>> = {
    backpack: scriptedMarket(listed.backpack),
    "aster-futures": scriptedMarket(listed["aster-futures"]),
    "aster-spot": scriptedMarket(listed["aster-spot"]),
  };
  const balances = { USDC: "100000", SOL: "500", BTC: "2", ETH: "30" };
  const accounts = options.accounts ?? people.map((name) => ({ name, balances }));
  const backpack = createExchange({ start: millis(Date.now()), market: market("backpack"), accounts });
  const sandbox = await startSandbox({
    exchange: backpack,
    accounts,
    aster: {
      futures: { market: market("aster-futures") },
      spot: {
        market: market("aster-spot"),
        ...(options.asterSpot === undefined ? {} : { accounts: options.asterSpot }),
      },
    },
  });
  function market(name: string): ScriptedMarket {
    const found = markets[name];
    if (found === undefined) throw new Error(name);
    return found;
  }
  const exchanges = new Map<string, Exchange>([["backpack", backpack]]);
  const taps = new Map<string, Tap>([["backpack", await tapInto(sandbox.rest)]]);
  const sockets = new Map<string, string>([["backpack", sandbox.ws]]);
  for (const [name, site] of [
    ["aster-futures", sandbox.aster?.futures],
    ["aster-spot", sandbox.aster?.spot],
  ] as const) {
    if (site === undefined) continue;
    exchanges.set(name, site.exchange);
    taps.set(name, await tapInto(site.rest));
    sockets.set(name, site.ws);
  }
  const folder = mkdtempSync(join(tmpdir(), "bp-hall-"));
  const of = <T>(map: ReadonlyMap<string, T>, venue: VenueId): T => {
    const found = map.get(exchangeOf(venue));
    if (found === undefined) throw new Error(`nothing at ${venue}`);
    return found;
  };
  const whose = (venue: VenueId) => people[Number(/-(\d+)$/.exec(venue)?.[1] ?? 1) - 1] ?? "alice";
  const innerOf = (id: InstrumentId): InstrumentId => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`;
  const instrumentOf = (id: InstrumentId): Instrument => {
    const found = of(exchanges, venueOf(id)).instruments.find((each) => each.id === innerOf(id));
    if (found === undefined) throw new Error(`no market ${id}`);
    return found;
  };
  const act = (id: InstrumentId, what: (hands: ScriptedMarket["hands"], inner: InstrumentId) => void) => {
    const exchange = of(exchanges, venueOf(id));
    const source = market(exchangeOf(venueOf(id)));
    source.at(exchange.now(), () => what(source.hands, innerOf(id)));
    exchange.advance(exchange.now());
  };

  const levels = new Map<InstrumentId, readonly [string, string]>();
  const hall: Hall = {
    sandbox,
    folder,
    rest: of(taps, "backpack").url,
    ws: sandbox.ws,
    requests: (exchange) => of(taps, exchange).passed,
    placed: (exchange) =>
      of(taps, exchange)
        .passed.filter(({ method, path }) => method === "POST" && /\/order(\?|$)/.test(path))
        .map((each) => bodyOf(each)),
    exchange: (venue) => of(exchanges, venue),
    book: (id, bid, ask, size = "10000") => {
      const instrument = instrumentOf(id);
      const before = levels.get(innerOf(id));
      levels.set(innerOf(id), [bid, ask]);
      act(id, (hands, inner) => {
        if (before !== undefined && before[0] !== bid)
          hands.level(inner, "bid", toTicks(instrument, before[0]), toLots(instrument, "0"));
        if (before !== undefined && before[1] !== ask)
          hands.level(inner, "ask", toTicks(instrument, before[1]), toLots(instrument, "0"));
        hands.level(inner, "bid", toTicks(instrument, bid), toLots(instrument, size));
        hands.level(inner, "ask", toTicks(instrument, ask), toLots(instrument, size));
      });
    },
    mark: (id, price) => {
      const at = Number(price) / Number(instrumentOf(id).tickSize); // marks may lie between ticks
      act(id, (hands, inner) => hands.mark(inner, at, at));
    },
    take: (id, side, size, price) => {
      const instrument = instrumentOf(id);
      act(id, (hands, inner) => hands.print(inner, toTicks(instrument, price), toLots(instrument, size), side));
    },
    open: (id) => {
      const instrument = instrumentOf(id);
      return of(exchanges, venueOf(id))
        .openOrders(whose(venueOf(id)), innerOf(id))
        .filter(({ clientId }) => clientId !== undefined)
        .toSorted((a, b) => {
          if (a.side !== b.side) return a.side === "buy" ? -1 : 1;
          return (Number(b.price) - Number(a.price)) * (a.side === "buy" ? 1 : -1);
        })
        .map(({ side, price, size, filled }) => {
          const rest = toLots(instrument, "0") + (size ?? 0) - filled;
          return `${side} ${sizeText(instrument, rest as typeof filled)} @ ${priceText(instrument, ticks(price ?? 0))}`; // lots less lots
        });
    },
    byHand: (id, side, size, price, clientId) => {
      const instrument = instrumentOf(id);
      const placed = of(exchanges, venueOf(id)).place(whose(venueOf(id)), {
        instrument: innerOf(id),
        side,
        type: "limit",
        price: toTicks(instrument, price),
        size: toLots(instrument, size),
        tif: "gtc",
        postOnly: false,
        reduceOnly: false,
        selfTradePrevention: "reject-taker",
        ...(clientId === undefined ? {} : { clientId }),
      });
      if (!placed.ok) throw new Error(placed.text);
      return placed.order.id;
    },
    resting: (id) =>
      of(exchanges, venueOf(id))
        .openOrders(whose(venueOf(id)), innerOf(id))
        .map((order) => order.id),
    position: (id) => {
      const held = of(exchanges, venueOf(id))
        .positions(whose(venueOf(id)))
        .find((each) => each.instrument === innerOf(id));
      return sizeText(instrumentOf(id), held?.size ?? toLots(instrumentOf(id), "0"));
    },
    balance: (venue, asset) =>
      of(exchanges, venue)
        .balances(whose(venue))
        .find((each) => each.asset === asset)?.total ?? "0",
    file: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content, { mode: 0o600 });
      return path;
    },
    config: (venues, rest) =>
      hall.file(
        "bot.json",
        JSON.stringify({
          accounts: Object.fromEntries(
            venues.map((venue) => [venue, { restUrl: of(taps, venue).url, wsUrl: of(sockets, venue) }]),
          ),
          ...rest,
        }),
      ),
    start: (args, how) => spawnBot(finished, ["start", ...args], { cwd: folder, ...how }),
    written: () =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile())
        .map((path) => readFileSync(path, "latin1"))
        .join("\n"),
    until: async (what, condition, ms = patienceMs) => {
      const deadline = Date.now() + ms;
      while (!condition()) {
        if (Date.now() > deadline) {
          const sent = [...taps].flatMap(([name, { passed }]) =>
            passed
              .filter(({ method }) => method !== "GET")
              .map(
                (each) =>
                  `${name} ${each.method} ${each.path} ${JSON.stringify(each.body)} ${each.status} ${JSON.stringify(each.answer)}`,
              ),
          );
          throw new Error(`not within ${ms} ms: ${what}\n${sent.slice(-30).join("\n")}`);
        }
        await hall.pass(5);
      }
    },
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };

  const ids = Object.keys(options.books) as InstrumentId[]; // its keys are such ids
  for (const id of ids) {
    const [bid = "", ask = ""] = options.books[id] ?? [];
    hall.book(id, bid, ask);
    if (instrumentOf(id).kind === "perp") hall.mark(id, ((Number(bid) + Number(ask)) / 2).toFixed(6));
  }
  // A market in which nothing stirs is stale: far from everything, something does.
  let odd = false;
  const breath = setInterval(() => {
    odd = !odd;
    for (const id of ids) {
      const instrument = instrumentOf(id);
      act(id, (hands, inner) => hands.level(inner, "bid", ticks(100), toLots(instrument, odd ? "1" : "2")));
    }
  }, 300);
  finished(async () => {
    sandbox.faults.clear();
    clearInterval(breath);
    for (const tap of taps.values()) await tap.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return hall;
}

/** Parameters of a request, wherever they travelled: a JSON body, a form, or the query. */
function bodyOf({ body, path }: Passed): Readonly<Record<string, unknown>> {
  if (typeof body === "object" && body !== null) return body as Readonly<Record<string, unknown>>; // our own client wrote it
  const text = typeof body === "string" && body !== "" ? body : (path.split("?")[1] ?? "");
  return Object.fromEntries(new URLSearchParams(text));
}
