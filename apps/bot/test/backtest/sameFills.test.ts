// One recording, three ways to trade on it: a backtest, the sandbox over its wire, and paper on the sandbox's public market.
import { backtest, usualModels } from "@bp/backtest";
import { backpackVenue, createBackpack } from "@bp/client";
import {
  type Event,
  type Instrument,
  type Intent,
  lots,
  memoryJournal,
  random,
  type Side,
  type Strategy,
  type Tape,
  tapeRow,
  ticks,
  type Venue,
} from "@bp/core";
import { createTapeWriter } from "@bp/data";
import { createEngine, createRunner, type Engine, live, paceOf } from "@bp/engine";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { Secret } from "@bp/signing";
import { constantLatency, defaultMarkets, paperVenue, type TapeMarket, tapeMarket } from "@bp/sim";
import { systemClock } from "@bp/transport";
import { describe, expect, it } from "vitest";

const id = "backpack:SOL_USDC_PERP";
const market = marketNamed();
function marketNamed(): Instrument {
  const found = defaultMarkets().find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

/** Orders that stand from the first moment on, so that it does not matter when exactly they came. */
const standing = [
  { slot: "near-bid", side: "buy", price: 14_998, size: 400 },
  { slot: "far-bid", side: "buy", price: 14_996, size: 900 },
  { slot: "near-ask", side: "sell", price: 15_003, size: 400 },
  { slot: "far-ask", side: "sell", price: 15_005, size: 900 },
] as const satisfies readonly { slot: string; side: Side; price: number; size: number }[];

/** Wishes them until each is filled. */
const strategy: Strategy<undefined, ReadonlyMap<string, number>> = {
  name: "standing",
  params: { parse: () => undefined },
  instruments: () => [id],
  start: () => new Map(),
  remember: (filled, _, view) => {
    const fresh = view.fills();
    if (fresh.length === 0) return filled;
    const sums = new Map(filled);
    for (const { slot, size } of fresh) sums.set(slot, (sums.get(slot) ?? 0) + size);
    return sums;
  },
  want: (view, filled): readonly Intent[] => {
    if (view.position(id) === undefined || !view.book(id).valid) return [];
    return standing.flatMap(({ slot, side, price, size }) => {
      const left = size - (filled.get(slot) ?? 0);
      return left <= 0
        ? []
        : [{ kind: "quote", instrument: id, slot, side, price: ticks(price), size: lots(left), postOnly: true }];
    });
  },
};

const engineOf = (instruments: readonly Instrument[]): Engine =>
  createEngine({
    run: 1,
    instruments,
    strategies: [{ strategy, params: undefined }],
    rules: [],
  });

/** Nothing for some seconds, in which everybody takes his place; then a market that crosses his prices again and again. */
function recording(quietMs: number, busyMs: number): Tape {
  const writer = createTapeWriter([market]);
  const chance = random(11);
  const start = Date.UTC(2026, 0, 1);
  const put = (kind: number, at: number, a: number, b: number) => writer.row(kind, 0, at, at, a, b);
  put(tapeRow.reset, start, 0, 0);
  for (let level = 1; level <= 12; level++) {
    put(tapeRow.bid, start, 15_001 - level, 40 + level * 10);
    put(tapeRow.ask, start, 15_000 + level, 40 + level * 10);
  }
  writer.end();
  for (let at = start + quietMs; at < start + quietMs + busyMs; at += 40) {
    const buys = chance.next() < 0.5;
    const deep = 1 + chance.whole(0, 4);
    const price = buys ? 15_000 + deep : 15_001 - deep;
    put(buys ? tapeRow.bought : tapeRow.sold, at, price, 5 + chance.whole(0, 60));
    writer.end();
    put(buys ? tapeRow.ask : tapeRow.bid, at, price, 20 + chance.whole(0, 120));
    writer.end();
  }
  return writer.finish([]);
}

/** A trade of ours as one word. */
type Word = string;
const said = (event: Event): readonly Word[] =>
  event.type === "order.filled"
    ? [`${event.side} ${event.size} @ ${event.price} ${event.liquidity}, ${event.total} in all`]
    : [];

/** Runs on a venue until the recording is over, and as much is told as is to come. */
async function trade(venue: Venue, source: TapeMarket, count: number): Promise<readonly Word[]> {
  const instruments = (await venue.instruments()).filter((each) => each.id === id);
  const engine = engineOf(instruments);
  const words: Word[] = [];
  const runner = createRunner({
    engine,
    journal: memoryJournal(),
    send: (command) => venue.send(command),
    onStep: (event) => void words.push(...said(event)),
  });
  const ending = new AbortController();
  const pace = paceOf(1, systemClock.now());
  const running = live({
    venues: [venue],
    instruments: [id],
    handle: runner.handle,
    clock: systemClock,
    signal: ending.signal,
    pace,
  });
  while (source.nextAt() !== undefined) await systemClock.sleep(100);
  const deadline = systemClock.now() + 60_000;
  while (words.length < count && systemClock.now() < deadline) await systemClock.sleep(50);
  let quietSince = systemClock.now();
  for (let seen = words.length; systemClock.now() - quietSince < 2_000; await systemClock.sleep(50))
    if (words.length !== seen) [seen, quietSince] = [words.length, systemClock.now()]; // what is too much arrives
  ending.abort();
  await running;
  return words;
}

describe("one recording", () => {
  it("gives the same fills in a backtest, on the sandbox over its wire, and on paper", async () => {
    const tape = recording(20_000, 5_000);
    const tested: Word[] = [];
    const { figures, ledgerEqual } = backtest({
      tape,
      seats: [{ venue: "backpack", balances: { USDC: "100000" } }],
      models: usualModels, // the sandbox's own rules: prints alone move a queue
      engine: (known) => ({ instruments: known, engine: engineOf(known) }),
      onStep: (event) => void tested.push(...said(event)),
    });
    expect(ledgerEqual).toBe(true);
    expect(tested.length).toBeGreaterThan(8);
    expect(figures.session.sums.fills).toBe(tested.length);

    const run = async (venueAt: (sandbox: Sandbox) => { venue: Venue; close: () => Promise<void> }) => {
      const source = tapeMarket({ tape, when: "now" });
      const sandbox = await startSandbox({ market: source });
      const { venue, close } = venueAt(sandbox);
      try {
        return await trade(venue, source, tested.length);
      } finally {
        await close();
        await sandbox.close();
      }
    };
    const clientOf = ({ rest, ws, accounts: [alice] }: Sandbox, withKey: boolean) => {
      if (alice === undefined) throw new Error("nobody is there");
      const key = { apiKey: alice.apiKey, secret: Secret.of(alice.secret) };
      return createBackpack({ restUrl: rest, wsUrl: ws, proxy: {}, clock: systemClock, ...(withKey ? { key } : {}) });
    };
    const [wire, paper] = await Promise.all([
      run((sandbox) => {
        const client = clientOf(sandbox, true);
        const venue = backpackVenue({ client });
        return { venue, close: async () => void (await Promise.all([venue.close(), client.close()])) };
      }),
      run((sandbox) => {
        const client = clientOf(sandbox, false);
        const open = backpackVenue({ client });
        const balances = { USDC: "100000" };
        const venue = paperVenue({ live: open, clock: systemClock, balances, latency: constantLatency(20) });
        return { venue, close: async () => void (await Promise.all([open.close(), client.close()])) };
      }),
    ]);
    expect(wire).toEqual(tested);
    expect(paper).toEqual(tested);
  });
});
