// The trial: strategies against an exchange whose facts come late, never, twice and out of order. In the end both agree.
import {
  type AnyStrategy,
  Big,
  type ClientId,
  type Entry,
  type InstrumentId,
  type Intent,
  lots,
  memoryJournal,
  millis,
  type Quote,
  random,
  type Side,
  ticks,
  type View,
} from "@bp/core";
import { maxPosition, ownCross } from "@bp/risk";
import { createExchange, createTimeline, defaultMarkets, type FaultRates, generatedMarket, simVenue } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { replay } from "./drive/replay.ts";
import { createRunner, type Runner } from "./drive/runner.ts";
import { createEngine, type Engine } from "./engine.ts";
import { beat } from "./fold.ts";

const perp: InstrumentId = "backpack:SOL_USDC_PERP";
const spot: InstrumentId = "backpack:SOL_USDC";
const markets = defaultMarkets().filter(({ id }) => id === perp || id === spot);
const start = millis(1_800_000_000_000);
/** Lots that a strategy may hold. */
const most = 60;

const strategy = (name: string, id: InstrumentId, want: (view: View) => readonly Intent[]): AnyStrategy => ({
  name,
  params: { parse: (input) => input },
  instruments: () => [id],
  start: () => undefined,
  want,
});

/** Two quotes a side, leaned against the inventory. */
const maker = strategy("maker", perp, (view) => {
  const { bid, ask } = view.book(perp);
  const held = view.position(perp);
  if (bid === undefined || ask === undefined || held === undefined) return [];
  const centre = (bid[0] + ask[0]) / 2 - held / 20;
  const at = (side: Side, level: number): Quote => {
    const away = 1 + level * 4;
    const price =
      side === "buy" ? Math.min(Math.floor(centre - away), ask[0] - 1) : Math.max(Math.ceil(centre + away), bid[0] + 1);
    return {
      kind: "quote",
      instrument: perp,
      slot: `${side}.${level}`,
      side,
      price: ticks(price),
      size: lots(10),
      postOnly: true,
    };
  };
  return [at("buy", 0), at("sell", 0), at("buy", 1), at("sell", 1)];
});

/** Holds one side, then the other, for some seconds each: every order of it is an IOC. */
const swinger = strategy("swinger", perp, (view) => {
  const { bid, ask } = view.book(perp);
  if (bid === undefined || ask === undefined) return [];
  const target = Math.floor((view.now - start) / 4_000) % 2 === 0 ? most : -most;
  const worst = target > (view.position(perp) ?? 0) ? Math.floor(ask[0] * 1.001) : Math.ceil(bid[0] * 0.999);
  return [{ kind: "hold", instrument: perp, position: lots(target), worst: ticks(worst), why: "swing" }];
});

/** Buys with quotes, and gives everything back with a hold when it has enough. Pays fees in base. */
const dumper = strategy("dumper", spot, (view) => {
  const { bid, ask } = view.book(spot);
  const held = view.position(spot);
  if (bid === undefined || ask === undefined || held === undefined) return [];
  const quote: Quote = {
    kind: "quote",
    instrument: spot,
    slot: "in",
    side: "buy",
    price: ticks(bid[0]),
    size: lots(15),
    postOnly: true,
  };
  if (held < 30) return [quote];
  return [
    quote,
    { kind: "hold", instrument: spot, position: lots(0), worst: ticks(Math.ceil(bid[0] * 0.999)), why: "enough" },
  ];
});

interface Trial {
  readonly seed: number;
  readonly strategies: readonly AnyStrategy[];
  /** What befalls the account's facts and the answers. */
  readonly faults: FaultRates;
  readonly seconds?: number;
  /** The process dies at this second and is back two seconds later, with its journal as far as it was written. */
  readonly crashAt?: number;
}

interface Outcome {
  readonly engine: Engine;
  readonly entries: readonly Entry[];
  /** Position, resting orders and money at the venue in the end. */
  readonly venue: { readonly position: number; readonly orders: number; readonly usdc: string; readonly sol: string };
  /** How often a slot had two orders resting at the venue. */
  readonly doubled: number;
  /** Time in which our position differed from the venue's for more than 150 ms, in ms. */
  readonly wrongMs: number;
  /** The largest position at the venue. */
  readonly largest: number;
  readonly fills: number;
}

const engineFor = (strategies: readonly AnyStrategy[]) =>
  createEngine({
    run: 1,
    instruments: markets,
    strategies: strategies.map((each) => ({ strategy: each, params: {} })),
    rules: [maxPosition({ [perp]: "1.2" }), ownCross()],
    graceMs: 2_000,
    askEveryMs: 1_000,
  });

function tried({ seed, strategies, faults, seconds = 60, crashAt }: Trial): Outcome {
  const exchange = createExchange({
    start,
    market: generatedMarket({ seed, start, instruments: markets }),
    accounts: [{ name: "me", balances: { USDC: "100000" } }],
  });
  const timeline = createTimeline(start);
  const chance = random(seed).fork("latency");
  const latency = { up: () => chance.whole(5, 65), down: () => chance.whole(5, 65) };
  const slots = new Map<ClientId, string>();
  const dated = () => ({ at: timeline.now(), venueAt: timeline.now() });

  /** A process: an engine brought up from its journal, and a connection of its own. */
  const process = (before: readonly Entry[]) => {
    const engine = engineFor(strategies);
    const journal = memoryJournal();
    for (const entry of before) journal.append(entry);
    const { seq, unwritten, difference } = replay(engine, before);
    expect(difference).toBe(undefined);
    for (const command of unwritten) journal.append({ dir: "out", cause: seq, command });
    const venue = simVenue({
      exchange,
      account: "me",
      timeline,
      latency,
      faults: { seed, account: faults, answers: { ...faults, reorder: 0 } },
      answerMs: 1_000,
    });
    const runner: Runner = createRunner({
      engine,
      journal,
      after: seq,
      send: (command) => {
        if (command.type === "order.place") slots.set(command.clientId, command.slot);
        venue.send(command);
      },
    });
    const stop = new AbortController();
    if (seq > 0)
      for (const stream of ["account", "market"] as const)
        runner.handle({ type: "link.lost", venue: "backpack", stream, why: "restarted", ...dated() });
    venue.open({ instruments: [perp, spot], account: true }, runner.handle, stop.signal).catch(fail);
    return { engine, journal, runner, kill: () => stop.abort() };
  };

  let doubled = 0;
  exchange.listen((fact) => {
    if (fact.type !== "order-accepted" || fact.account !== "me") return;
    const busy = exchange.openOrders("me").map((each) => slots.get(each.clientId as ClientId)); // numbers of ours came from us
    if (new Set(busy).size < busy.length) doubled += 1;
  });
  const position = () => exchange.positions("me").find(({ instrument }) => instrument === perp)?.size ?? 0;
  let living = process([]);
  let [wrongMs, largest, rightAt] = [0, 0, 0];
  for (let ms = 0; ms < seconds * 1_000 + 20_000; ms += 10) {
    timeline.runUntil(millis(start + ms));
    if (ms === (crashAt ?? -1) * 1_000) living.kill();
    if (ms === ((crashAt ?? -3) + 2) * 1_000) {
      const { entries } = living.journal;
      living = process(entries.slice(0, entries.length - (seed % 3))); // what was written last may be lost, commands first
    }
    if (ms % 1_000 === 0 && ms > 0) living.runner.handle({ type: "timer.fired", name: beat, ...dated() });
    if (ms === seconds * 1_000) living.runner.handle({ type: "operator.asked", ask: "stop", by: "trial", ...dated() });
    largest = Math.max(largest, Math.abs(position()));
    if (living.engine.view.position(perp) === position()) rightAt = ms;
    else if (ms - rightAt > 150) wrongMs += 10;
  }
  living.kill();
  const money = (asset: string) => exchange.balances("me").find((each) => each.asset === asset)?.total ?? "0";
  return {
    engine: living.engine,
    entries: living.journal.entries,
    venue: { position: position(), orders: exchange.openOrders("me").length, usdc: money("USDC"), sol: money("SOL") },
    doubled,
    wrongMs,
    largest,
    fills: exchange.fills("me").length,
  };
}

/** What is left between us and the venue: nothing, in the end. */
function disagreements({ engine, venue, doubled }: Outcome): readonly string[] {
  const { view } = engine;
  const money = (asset: string) => view.balance("backpack", asset)?.total ?? new Big(-1);
  const dust = money("SOL")
    .div("0.01")
    .minus(view.position(spot) ?? 0); // lots that fees in base have eaten into
  const pairs = {
    position: [view.position(perp), venue.position],
    external: [view.external(perp), 0],
    "our orders": [engine.orders.size, 0],
    "the venue's orders": [venue.orders, 0],
    "two orders in a slot": [doubled, 0],
    halted: [view.halted, undefined],
    "balances without an explanation": [engine.differences().venues["backpack"]?.balance?.external ?? 0, 0],
    "differences without an explanation": [engine.differences().total.unexplained, 0],
    USDC: [money("USDC").toFixed(), new Big(venue.usdc).toFixed()],
    SOL: [money("SOL").toFixed(), new Big(venue.sol).toFixed()],
    dust: [dust.gte(0) && dust.lt(1), true],
  };
  return Object.entries(pairs).flatMap(([what, [is, should]]) =>
    is === should ? [] : [`${what}: ${is}, should be ${should}`],
  );
}

const casts = [
  { name: "a maker", strategies: [maker], limit: 2 * most },
  { name: "holds that swing", strategies: [swinger], limit: most },
  { name: "quotes and a hold on spot", strategies: [dumper], limit: 0 },
  { name: "all three in one engine", strategies: [maker, swinger, dumper], limit: 2 * most },
];
const rough = { delay: 0.03, delayMs: 200, twice: 0.05, reorder: 0.05 };
const seeds = [1, 2, 3, 4];

describe("the trial", () => {
  for (const { name, strategies, limit } of casts) {
    it(`${name}, facts late, twice and out of order: right all the time, never too much, equal in the end`, () => {
      let wrongMs = 0;
      for (const seed of seeds) {
        const outcome = tried({ seed, strategies, faults: { ...rough, delayMs: 80 } });
        expect(disagreements(outcome)).toEqual([]);
        wrongMs += outcome.wrongMs;
        expect(outcome.largest).toBeLessThanOrEqual(limit);
        expect(outcome.fills).toBeGreaterThan(10);
      }
      expect(wrongMs).toBeLessThanOrEqual(0.0001 * seeds.length * 80_000); // 1.8 s in 18,000 s
    });

    for (const lose of [0.05, 0.3])
      it(`${name}, ${lose * 100} % of the facts lost: equal in the end, never two orders in a slot`, () => {
        for (const seed of seeds)
          expect(disagreements(tried({ seed, strategies, faults: { ...rough, lose } }))).toEqual([]);
      });
  }

  it("survives a crash at any moment, with facts lost before and after", () => {
    for (const seed of [21, 22, 23, 24, 25, 26]) {
      const faults = { ...rough, lose: 0.05 };
      const outcome = tried({ seed, strategies: [maker, swinger, dumper], faults, seconds: 30, crashAt: seed - 14 });
      expect(disagreements(outcome)).toEqual([]);
    }
  });

  it("gives the same commands when its facts are told again", () => {
    for (const lose of [0, 0.3]) {
      const { entries } = tried({
        seed: 11,
        strategies: [maker, swinger, dumper],
        faults: { ...rough, lose },
        seconds: 30,
      });
      expect(replay(engineFor([maker, swinger, dumper]), entries)).toMatchObject({
        unwritten: [],
        difference: undefined,
      });
    }
  });
});

function fail(error: unknown): never {
  throw error;
}
