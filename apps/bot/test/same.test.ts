// The same strategy object everywhere: from the same facts come the same commands, to the digest, whatever runs it.
import { exchangeOf, type Instrument, memoryJournal, millis, type VenueId, venueOf } from "@bp/core";
import { beat, createEngine, createRunner, type Engine, replay } from "@bp/engine";
import { commandsDigest } from "@bp/journal";
import {
  asterFuturesMarkets,
  constantLatency,
  createExchange,
  createTimeline,
  defaultMarkets,
  generatedMarket,
  simVenue,
} from "@bp/sim";
import { strategies, strategyNamed } from "@bp/strategies";
import { describe, expect, it } from "vitest";

interface Recipe {
  readonly strategy: string;
  readonly what: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const sol = "backpack:SOL_USDC_PERP";
const making = {
  instrument: sol,
  spreadPct: 0.05,
  quantity: 0.5,
  maxPosition: 6,
  positionThreshold: 5,
  intervalMs: 2_000,
};
const glft = { riskAversion: 0.02, arrivals: 1, decay: 0.2, warmUpMs: 10_000, refit: { enabled: true } };
const recipes: readonly Recipe[] = [
  { strategy: "maker", what: "as S2 has it", params: making },
  {
    strategy: "maker",
    what: "with a model and all that is off otherwise",
    params: {
      ...making,
      fair: { name: "vamp", reachTicks: 20 },
      spreadModel: { name: "glft", ...glft },
      sizeSkew: { enabled: true },
      tolerancePct: 0.002,
    },
  },
  { strategy: "single", what: "on one account", params: { instrument: sol, amount: 100, ageMs: 2_000 } },
  {
    strategy: "dual-hedge",
    what: "on two accounts",
    params: { long: sol, short: "backpack-2:SOL_USDC_PERP", amount: 100, holdMs: 5_000, repriceMs: 2_000 },
  },
  {
    strategy: "ladder",
    what: "on spot",
    params: {
      instrument: "backpack:SOL_USDC",
      totalAmount: 500,
      orderCount: 5,
      maxDropPct: 0.5,
      incrementPct: 50,
      takeProfitPct: 0.05,
      tpMode: "gross",
    },
  },
  {
    strategy: "hedge",
    what: "on two exchanges",
    params: {
      lead: sol,
      hedge: "aster-futures:SOLUSDT",
      quantity: 0.5,
      offsetPct: 0.02,
      legWaitMs: 5_000,
      betweenLegsMs: 2_000,
      cycleMs: 2_000,
    },
  },
  {
    strategy: "grid",
    what: "long",
    params: { instrument: sol, side: "long", interval: 0.1, cells: 5, perCell: 50, takeProfitPct: 0.05, paceMs: 0 },
  },
  { strategy: "sell-off", what: "of two coins", params: { markets: [{ instrument: "backpack:SOL_USDC", size: 2 }] } },
];

const start = millis(Date.UTC(2026, 0, 1, 1));
const purse = { USDC: "100000", USDT: "100000", SOL: "500" };

/** What a venue lists, under its own id: accounts of one exchange list the same. */
const listed = (venue: VenueId): readonly Instrument[] =>
  exchangeOf(venue) === "aster-futures" ? asterFuturesMarkets(venue) : defaultMarkets(venue);

/** Three minutes of a generated market in memory. */
function run({ strategy: name, params: raw }: Recipe, seed: number) {
  const strategy = strategyNamed(name);
  const params = strategy.params.parse(raw);
  const ids = strategy.instruments(params);
  const accounts = [...new Set(ids.map(venueOf))];
  const timeline = createTimeline(start);
  const exchanges = new Map(
    [...new Set(accounts.map(exchangeOf))].map((exchange) => {
      const market = generatedMarket({ seed, start, instruments: listed(exchange) });
      const theirs = accounts.filter((venue) => exchangeOf(venue) === exchange);
      const seats = theirs.map((venue) => ({ name: venue, balances: purse }));
      return [exchange, createExchange({ start, market, accounts: seats })] as const;
    }),
  );
  const venues = new Map(
    accounts.map((id) => {
      const exchange = exchanges.get(exchangeOf(id));
      if (exchange === undefined) throw new Error(id);
      return [id, simVenue({ exchange, account: id, id, timeline, latency: constantLatency(20) })] as const;
    }),
  );
  const instruments = accounts.flatMap(listed).filter(({ id }) => ids.includes(id));
  const makeEngine = (): Engine => createEngine({ run: 1, instruments, strategies: [{ strategy, params }], rules: [] });
  const journal = memoryJournal();
  const digest = commandsDigest();
  let placed = 0;
  const { handle } = createRunner({
    engine: makeEngine(),
    journal,
    send: (command) =>
      venues.get(command.type === "account.ask" ? command.venue : venueOf(command.instrument))?.send(command),
    onStep: (_, commands) => {
      for (const command of commands) {
        digest.add(command);
        if (command.type === "order.place") placed += 1;
      }
    },
  });
  const life = new AbortController();
  for (const [id, venue] of venues)
    venue
      .open({ instruments: ids.filter((each) => venueOf(each) === id), account: true }, handle, life.signal)
      .catch((error: unknown) => {
        throw error; // vitest fails on it
      });
  for (let second = 1; second <= 180; second++) {
    const at = millis(start + second * 1_000);
    timeline.runUntil(at);
    handle({ type: "timer.fired", name: beat, at, venueAt: at });
  }
  life.abort();
  return { digest: digest.hex(), placed, entries: journal.entries, makeEngine };
}

describe("every strategy", () => {
  it("is named in a recipe here", () => {
    const named = new Set(recipes.map(({ strategy }) => strategy));
    expect(Object.keys(strategies).filter((name) => !named.has(name))).toEqual([]);
  });
});

const known = recipes.filter(({ strategy }) => Object.hasOwn(strategies, strategy));

describe.each(known)("$strategy $what", (recipe) => {
  it("gives the same commands twice in memory, others for another seed, and the same from its journal", () => {
    const first = run(recipe, 7);
    expect(first.placed).toBeGreaterThan(0);
    expect(run(recipe, 7).digest).toBe(first.digest);
    expect(run(recipe, 8).digest).not.toBe(first.digest);

    const again = replay(first.makeEngine(), first.entries);
    expect(again.difference).toBeUndefined();
    expect(again.commands).toBe(first.entries.filter(({ dir }) => dir === "out").length);

    // From a journal that was on a disk the facts come back as new objects.
    const read = JSON.parse(JSON.stringify(first.entries)) as typeof first.entries; // facts and commands are plain data
    expect(replay(first.makeEngine(), read).difference).toBeUndefined();
  });
});
