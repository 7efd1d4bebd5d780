// What a stranger does with the packages anywhere, browsers included: sign, and trade in memory. See pack-smoke.mjs.
import { createAster } from "@aster/client";
import { jsonOf } from "@bp/adapter";
import { backtest } from "@bp/backtest";
import { createBackpack } from "@bp/client";
import { type Entry, fits, lots, memoryJournal, millis, priceText, ticks, toTicks } from "@bp/core";
import { beat, createEngine, createRunner, replay } from "@bp/engine";
import { createTally, finalText, reportJson } from "@bp/report";
import { maxPosition, ownCross, staleMarket } from "@bp/risk";
import {
  agentKey,
  canonical,
  createAgent,
  createEd25519Pair,
  ed25519Key,
  formText,
  hmacKey,
  prepare,
  Secret,
  signedHeaders,
  verifyEd25519,
  verifyEip712,
  verifyHmac,
} from "@bp/signing";
import { createExchange, createTimeline, defaultMarkets, generatedMarket, simVenue } from "@bp/sim";
import { maker, makerParams } from "@bp/strategies";
import { faultKinds, type Subject, tryIt } from "@bp/torture";
import { createBudget, createHttp, systemClock } from "@bp/transport";

function must(what: string, holds: boolean): void {
  if (!holds) throw new Error(`not so: ${what}`);
}

/** Signs requests of both venues in every way, and checks the signatures. */
export function sign(): void {
  const { apiKey, secret } = createEd25519Pair(new Uint8Array(32).fill(7));
  const key = ed25519Key(apiKey, Secret.of(secret.reveal()));
  const order = {
    symbol: "SOL_USDC",
    side: "Bid",
    orderType: "Limit",
    price: "98.96",
    quantity: "1.25",
    postOnly: true,
  };
  const text = canonical("orderExecute", order, 1_750_793_021_519, 5_000);
  const headers = signedHeaders(key, text, 1_750_793_021_519, 5_000);
  must("a signature is verified", verifyEd25519(apiKey, text, headers["X-Signature"]));
  must("a changed text is not", !verifyEd25519(apiKey, `${text}0`, headers["X-Signature"]));
  const prepared = prepare("orderExecute", Object.keys(order)).sign(key, order, 1_750_793_021_519, 5_000);
  must("both ways sign the same", prepared.headers["X-Signature"] === headers["X-Signature"]);
  must("a secret does not print", !JSON.stringify({ secret, key }).includes(secret.reveal()));

  const form = formText({ symbol: "BTCUSDT", side: "BUY", quantity: "0.010", nonce: 1_748_310_859_508_867 });
  const { address, privateKey } = createAgent(new Uint8Array(32).fill(9));
  const agent = agentKey({ signer: address, privateKey, chainId: 1666 });
  must("an agent signs", verifyEip712(address, form, agent.sign(form), 1666));
  const old = hmacKey("a".repeat(64), "b".repeat(64));
  must("an old key signs", verifyHmac("b".repeat(64), form, old.sign(form)));
  must(
    "a long id is kept",
    (jsonOf('{"tranId":9223372036854775807}') as { tranId: string }).tranId === "9223372036854775807",
  );
}

/** Ten minutes of market making against the exchange in memory; gives the log. */
export function trade(): readonly Entry[] {
  const start = millis(1_767_225_600_000);
  const [sol] = defaultMarkets().filter(({ id }) => id === "backpack:SOL_USDC_PERP");
  if (sol === undefined) throw new Error("no SOL_USDC_PERP");
  must("the grid is exact", priceText(sol, toTicks(sol, "150.01")) === "150.01");
  const bad = fits(sol, { side: "buy", price: ticks(0), size: lots(1), postOnly: true, reduceOnly: false });
  must("a price of nothing does not fit", bad !== undefined);

  const timeline = createTimeline(start);
  const market = generatedMarket({ seed: 7, start });
  const exchange = createExchange({ start, market, accounts: [{ name: "me", balances: { USDC: "10000" } }] });
  const venue = simVenue({ exchange, account: "me", timeline });
  const params = makerParams.parse({
    instrument: sol.id,
    spreadPct: 0.05,
    quantity: 0.1,
    maxPosition: 5,
    intervalMs: 1_000,
  });
  const make = () =>
    createEngine({
      run: 1,
      instruments: exchange.instruments,
      strategies: [{ strategy: maker, params }],
      rules: [staleMarket(10_000), maxPosition({ [sol.id]: "5" }), ownCross()],
    });
  const journal = memoryJournal();
  const tally = createTally({ instruments: exchange.instruments });
  const runner = createRunner({
    engine: make(),
    journal,
    send: (command) => venue.send(command),
    onStep: (event, commands) => {
      tally.event(event);
      for (const command of commands) tally.command(command);
    },
  });
  const life = new AbortController();
  venue.open({ instruments: [sol.id], account: true }, runner.handle, life.signal).catch((error: unknown) => {
    throw error;
  });
  for (let second = 1; second <= 600; second++) {
    const at = millis(start + second * 1_000);
    timeline.runUntil(at);
    runner.handle({ type: "timer.fired", name: beat, at, venueAt: at });
  }
  life.abort();
  const figures = tally.figures();
  must("it traded", figures.session.sums.fills > 0);
  must("a person can read what it came to", finalText(figures, { language: "en", paint: "plain" }, "run").length > 100);
  must("a program can", (JSON.parse(reportJson(figures)) as { quote: string }).quote === "USDC");
  const again = replay(make(), journal.entries);
  must("a replay gives the same commands", again.difference === undefined && again.commands > 0);
  return journal.entries;
}

/** A market maker that nobody would dare to run, tried for half a minute against everything that can go wrong. */
export function torture(): void {
  const [sol] = defaultMarkets().filter(({ id }) => id === "backpack:SOL_USDC_PERP");
  if (sol === undefined) throw new Error("no SOL_USDC_PERP");
  const params = makerParams.parse({ instrument: sol.id, spreadPct: 0.05, quantity: 0.1, maxPosition: 5 });
  const rules = [staleMarket(5_000), maxPosition({ [sol.id]: "5" }), ownCross()];
  const subject: Subject = {
    instruments: [sol],
    exchanges: [{ name: "backpack", instruments: [sol] }],
    accounts: [{ venue: "backpack", name: "me", balances: { USDC: "10000" } }],
    prices: { SOL: 150 },
    engine: () => createEngine({ run: 1, instruments: [sol], strategies: [{ strategy: maker, params }], rules }),
    bounds: {
      staleMs: 5_000,
      priceBand: {},
      maxPosition: {},
      maxMarketNotional: {},
      maxOrderNotional: undefined,
      maxLeverage: undefined,
      rate: { orders: 1_000, windowMs: 1_000 },
      naked: [],
      graceMs: 10_000,
      askEveryMs: 60_000,
    },
    existing: "ignore",
    said: [],
    secrets: [],
  };
  const tried = { subject, seed: 1, kinds: faultKinds, seconds: 30 };
  const [once, again] = [tryIt(tried), tryIt(tried)].map((outcome) => JSON.stringify(outcome));
  must("a trial is a seed", once === again);
}

/** A maker over two candles that were written by hand. */
export function past(): void {
  const [sol] = defaultMarkets().filter(({ id }) => id === "backpack:SOL_USDC_PERP");
  if (sol === undefined) throw new Error("no SOL_USDC_PERP");
  const params = makerParams.parse({ instrument: sol.id, spreadPct: 0.05, quantity: 0.1, maxPosition: 5 });
  const start = Date.UTC(2026, 0, 1);
  const times = Float64Array.of(start, start + 60_000, start + 120_000);
  const run = () =>
    backtest({
      tape: {
        instruments: [sol],
        rows: 3,
        kinds: Uint8Array.of(0x88, 0x88, 0x88), // a candle's open, each a message of its own
        markets: Uint8Array.of(0, 0, 0),
        venueAt: times,
        at: times,
        a: Float64Array.of(15_000, 15_000, 14_950), // a book is known from the second on
        b: Float64Array.of(5_000, 5_000, 5_000),
        digest: "by hand",
        lacks: [],
      },
      seats: [{ venue: "backpack", balances: { USDC: "10000" } }],
      engine: (known) => {
        const instruments = known.filter(({ id }) => id === sol.id);
        return {
          instruments,
          engine: createEngine({ run: 1, instruments, strategies: [{ strategy: maker, params }], rules: [] }),
        };
      },
    });
  const result = run();
  must("a backtest fills", result.figures.session.sums.fills > 0 && result.ledgerEqual);
  must("a backtest is its options", JSON.stringify(result) === JSON.stringify(run()));
}

/** What needs a network is made, and closed again. */
export async function connect(): Promise<void> {
  const budget = createBudget({ capacity: 100, perMs: 1_000, reserved: 0.2, clock: systemClock });
  const http = createHttp({ baseUrl: "http://127.0.0.1:9", budget, timeoutMs: 1_000 });
  const backpack = createBackpack({ restUrl: "http://127.0.0.1:9", wsUrl: "ws://127.0.0.1:9" });
  const nowhere = { restUrl: "http://127.0.0.1:9", wsUrl: "ws://127.0.0.1:9" };
  const aster = createAster({ futures: nowhere, spot: nowhere });
  await Promise.all([http.close(), backpack.close(), aster.close()]);
}
