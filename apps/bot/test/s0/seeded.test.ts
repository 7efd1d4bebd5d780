// Two accounts of one owner in markets drawn from seeds, with facts that come late, twice or not at all.
import { Big, type InstrumentId, type Journal, millis, venueOf } from "@bp/core";
import { beat, createEngine, createRunner } from "@bp/engine";
import { ownCross } from "@bp/risk";
import {
  createExchange,
  createTimeline,
  defaultMarkets,
  type FaultRates,
  type Faults,
  generatedMarket,
  simVenue,
} from "@bp/sim";
import { dualHedge } from "@bp/strategies";
import { describe, expect, it } from "vitest";

const one: InstrumentId = "backpack:SOL_USDC_PERP";
const two: InstrumentId = "backpack-2:SOL_USDC_PERP";
const start = millis(Date.UTC(2026, 0, 1));
const maxNakedMs = 10_000;
const purse = "100000";
const zero = new Big(0);
/** A quick look; the long run is `BP_LONG=1`, some ten minutes of one core. */
const long = process.env["BP_LONG"] === "1";
const minutesInAll = long ? 10_000 : 150;
const minutes = 50;

interface Outcome {
  readonly cycles: number;
  readonly trades: number;
  readonly selfTrades: number;
  /** The longest time that the positions at the exchange differed by more than a lot, ms. */
  readonly nakedMs: number;
  /** Cycles that the strategy took for done while an account still held something tradable at the exchange. */
  readonly unflat: number;
  /** What an account holds and has earned by the engine's books and by the exchange's, once all was closed at the end. */
  readonly ledgers: readonly { readonly engine: string; readonly exchange: string }[];
  readonly halted: string | undefined;
}

/** Nobody reads it, and what it kept of 50 minutes would be a gigabyte. */
const noJournal: Journal = { append: () => undefined, commit: () => undefined };

function live(seed: number, faults: FaultRates | "lossy" | undefined): Outcome {
  const listed = defaultMarkets().filter(({ id }) => id === one);
  const exchange = createExchange({
    start,
    market: generatedMarket({ seed, start, instruments: listed }),
    accounts: ["backpack", "backpack-2"].map((name) => ({ name, balances: { USDC: purse } })),
  });
  const timeline = createTimeline(start);
  const minSize = listed[0]?.minSize ?? 0;
  const instruments = listed.flatMap((each) => [each, { ...each, id: two }]);
  const engine = createEngine({
    run: 1,
    instruments,
    strategies: [
      {
        strategy: dualHedge,
        params: {
          long: one,
          short: two,
          amount: "100",
          holdMs: 3_000,
          openTimeoutMs: 20_000,
          closeTimeoutMs: 20_000,
          maxNakedMs,
        },
      },
    ],
    rules: [ownCross()],
    graceMs: maxNakedMs / 2, // the window of requests is shorter where a leg may be naked
    askEveryMs: maxNakedMs / 4, // as a recipe sets it where a fill that was not told leaves an account naked
  });
  const venues = new Map(
    ["backpack", "backpack-2"].map((id) => [
      id,
      simVenue({
        exchange,
        account: id,
        id,
        timeline,
        answerMs: 2_000,
        ...(faults === undefined ? {} : { faults: faultsOf(seed, faults) }),
      }),
    ]),
  );
  const cyclesOf = () => (engine.memoryOf("dual-hedge") as { readonly cycles: number }).cycles;
  let cycles = 0;
  let unflat = 0;
  const runner = createRunner({
    engine,
    journal: noJournal,
    onStep: () => {
      if (cyclesOf() === cycles) return;
      cycles = cyclesOf();
      const holds = (name: string) => Math.abs(exchange.positions(name)[0]?.size ?? 0) >= minSize;
      if (holds("backpack") || holds("backpack-2")) unflat += 1;
    },
    send: (command) =>
      venues.get(command.type === "account.ask" ? command.venue : venueOf(command.instrument))?.send(command),
  });
  const orders: Readonly<Record<string, Set<string>>> = { backpack: new Set(), "backpack-2": new Set() };
  const net = new Map<string, number>();
  let nakedSince: number | undefined;
  let nakedMs = 0;
  let trades = 0;
  let selfTrades = 0;
  const seen: { readonly buy: string; readonly sell: string }[] = [];
  exchange.listen((fact) => {
    if (fact.type === "order-accepted") orders[fact.account]?.add(fact.order.id);
    if (fact.type === "trade") seen.push({ buy: fact.buyOrderId, sell: fact.sellOrderId });
    if (fact.type !== "order-filled" || !(fact.account in orders)) return;
    orders[fact.account]?.add(fact.order.id);
    trades += 1;
    const signed = fact.fill.side === "buy" ? fact.fill.size : -fact.fill.size;
    net.set("all", (net.get("all") ?? 0) + signed);
    const naked = Math.abs(net.get("all") ?? 0) > 1;
    if (!naked && nakedSince !== undefined) nakedMs = Math.max(nakedMs, fact.at - nakedSince);
    if (!naked) nakedSince = undefined;
    else nakedSince ??= fact.at;
  });
  const life = new AbortController();
  for (const [id, venue] of venues)
    venue
      .open({ instruments: [id === "backpack" ? one : two], account: true }, runner.handle, life.signal)
      .catch(() => undefined); // a venue in memory does not fail
  const end = start + minutes * 60_000;
  const run = (to: number) => {
    for (let at = timeline.now() + 1_000; at <= to; at += 1_000) {
      timeline.runUntil(millis(at));
      const now = timeline.now();
      runner.handle({ type: "timer.fired", name: beat, at: now, venueAt: now });
      const [a, b] = [orders["backpack"], orders["backpack-2"]];
      for (const { buy, sell } of seen.splice(0))
        if ((a?.has(buy) && b?.has(sell)) || (b?.has(buy) && a?.has(sell))) selfTrades += 1;
    }
  };
  run(end);
  if (nakedSince !== undefined) nakedMs = Math.max(nakedMs, end - nakedSince);
  const told = { cycles, trades, nakedMs };
  // All is closed, and what was on its way is told: then the books of both sides must be one.
  const now = timeline.now();
  runner.handle({ type: "operator.asked", ask: "flatten", by: "the test", at: now, venueAt: now });
  run(end + 30_000);
  life.abort();
  const ledgers = [one, two].map((id) => {
    const name = venueOf(id);
    const { size = 0, realized = zero, fees = zero, funding = zero } = engine.view.holding(id) ?? {};
    const total = exchange.balances(name).find(({ asset }) => asset === "USDC")?.total ?? "0";
    return {
      engine: `${size} lots, ${realized.plus(funding).minus(fees).toFixed(6)} USDC`,
      exchange: `${exchange.positions(name)[0]?.size ?? 0} lots, ${new Big(total).minus(purse).toFixed(6)} USDC`,
    };
  });
  return { ...told, selfTrades, unflat, ledgers, halted: engine.view.halted };
}

/** Facts late, twice and out of order; or answers that never come and account streams that break off for some seconds. */
const faultsOf = (seed: number, faults: FaultRates | "lossy"): Faults =>
  faults === "lossy"
    ? {
        seed,
        answers: { lose: 0.05 },
        cuts: [5, 17, 31, 44].map((minute) => ({ stream: "account", afterMs: minute * 61_000, forMs: 1_500 })),
      }
    : { seed, account: faults, answers: faults };

const seeds = Array.from({ length: minutesInAll / minutes }, (_, at) => at + 1);

describe("dual-hedge in markets from seeds", () => {
  const all = { seeds: 0, cycles: 0, trades: 0, selfTrades: 0, nakedMs: 0 };

  // A seed takes some 3 s; the machine may do other things too.
  it.for(seeds)("seed %i: no trade with itself, no leg naked for too long, one truth", { timeout: 180_000 }, (seed) => {
    const faults = [undefined, { delay: 0.1, twice: 0.1, reorder: 0.1 }, "lossy" as const][seed % 3];
    const { cycles, trades, nakedMs, selfTrades, unflat, ledgers, halted } = live(seed, faults);
    all.seeds += 1;
    all.cycles += cycles;
    all.trades += trades;
    all.selfTrades += selfTrades;
    all.nakedMs = Math.max(all.nakedMs, nakedMs);
    if (long)
      console.info(`seed ${seed}: ${JSON.stringify({ cycles, trades, nakedMs })}; so far ${JSON.stringify(all)}`);
    expect({ selfTrades, unflat, halted }).toEqual({ selfTrades: 0, unflat: 0, halted: undefined });
    expect(nakedMs).toBeLessThanOrEqual(maxNakedMs);
    for (const { engine, exchange } of ledgers) {
      expect(engine).toBe(exchange);
      expect(engine).toMatch(/^0 lots/);
    }
  });

  it("has traded all the while", () => {
    expect(all.cycles).toBeGreaterThan(seeds.length * 5);
    console.info(`${minutesInAll} minutes: ${JSON.stringify(all)}`);
  });
});
