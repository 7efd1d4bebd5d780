import { type ClientId, clientId, createBook, type InstrumentId, millis, type Unnumbered } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { Exchange } from "./contract.ts";
import { createExchange } from "./exchange.ts";
import type { Faults } from "./faults.ts";
import { generatedMarket } from "./markets/generated.ts";
import { constantLatency } from "./models/latency.ts";
import { createTimeline } from "./timeline.ts";
import { alice, order, perp, place, spot, start, trial } from "./trial.fixture.ts";
import { type SimVenueOptions, simVenue } from "./venue.ts";

/** A venue 10 ms up and 20 ms down, opened and settled; `seen` begins after that. */
function opened(options: Partial<SimVenueOptions> = {}) {
  const stage = trial();
  const timeline = createTimeline(start);
  const venue = simVenue({
    exchange: stage.exchange,
    account: "alice",
    timeline,
    latency: constantLatency(10, 20),
    ...options,
  });
  const seen: Unnumbered[] = [];
  const stop = new AbortController();
  const done = venue.open(
    { instruments: [`${venue.id}:SOL_USDC`], account: true },
    (fact) => seen.push(fact),
    stop.signal,
  );
  const run = (ms: number) => timeline.runUntil(millis(timeline.now() + ms));
  return { ...stage, timeline, venue, seen, stop, done, run };
}

const types = (facts: readonly Unnumbered[]) => facts.map((fact) => fact.type);

describe("simVenue", () => {
  it("opens with links, books and a snapshot", () => {
    const { seen, run, other } = opened();
    other("buy", 14_990, 5); // before the book was asked for: inside the reset
    run(100);
    expect(types(seen)).toEqual(["link.restored", "link.restored", "book.reset", "account.snapshot"]);
    expect(seen[2]).toMatchObject({
      instrument: "backpack:SOL_USDC",
      bids: [[14_990, 5]],
      venueAt: start + 30,
      at: start + 50,
    });
    expect(seen[3]).toMatchObject({
      venue: "backpack",
      asOf: start + 30,
      orders: [],
      positions: [],
      fills: [],
      balances: [{ asset: "USDC", total: "10000", free: "10000" }, { asset: "SOL" }],
    });
  });

  it("takes its time there and back", () => {
    const { venue, seen, run } = opened();
    run(100);
    seen.length = 0;
    venue.send(place(7, "backpack:SOL_USDC", "buy", 15_000, 10));
    run(29);
    expect(seen).toEqual([]);
    run(1);
    expect(seen).toEqual([
      { type: "order.accepted", venueAt: start + 110, at: start + 130, clientId: 7, venueOrderId: "1" },
      {
        type: "balance.changed",
        venueAt: start + 110,
        at: start + 130,
        venue: "backpack",
        asset: "USDC",
        total: "10000",
        free: "9985",
      },
      {
        type: "book.changed",
        venueAt: start + 110,
        at: start + 130,
        instrument: "backpack:SOL_USDC",
        bids: [[15_000, 10]],
        asks: [],
      },
    ]);
  });

  it("tells fills with fee and running total, prints, cancels and ends", () => {
    const { venue, seen, run, other } = opened();
    run(100);
    venue.send(place(7, "backpack:SOL_USDC", "buy", 15_000, 10));
    run(100);
    seen.length = 0;
    other("sell", 15_000, 4);
    venue.send({ type: "order.cancel", clientId: clientId(7), instrument: "backpack:SOL_USDC" });
    run(100);
    expect(types(seen)).toEqual([
      "trade.printed",
      "order.filled",
      "balance.changed",
      "balance.changed",
      "book.changed",
      "order.cancelled",
      "balance.changed",
      "book.changed",
    ]);
    expect(seen[1]).toMatchObject({
      clientId: 7,
      venueOrderId: "1",
      tradeId: "1",
      side: "buy",
      price: 15_000,
      size: 4,
      total: 4,
      fee: "0.000032",
      feeAsset: "SOL",
      liquidity: "maker",
    });
  });

  it("says refusals in core's reasons and the venue's words", () => {
    const { venue, seen, run, other } = opened();
    run(100);
    other("sell", 15_000, 4);
    run(100);
    seen.length = 0;
    venue.send(place(7, "backpack:SOL_USDC", "buy", 15_000, 1));
    venue.send(place(8, "backpack:SOL_USDC", "buy", 14_000, 1_000_000));
    venue.send({ type: "order.cancel", clientId: clientId(99), instrument: "backpack:SOL_USDC" });
    run(100);
    expect(seen).toMatchObject([
      { type: "order.rejected", clientId: 7, reason: "would-take", text: "Order would immediately match and take" },
      { type: "order.rejected", clientId: 8, reason: "no-funds", text: "Insufficient funds" },
      { type: "order.doubted", clientId: 99, request: "cancel", text: "Not Found" },
    ]);
  });

  it("understands ioc and fok", () => {
    const { venue, seen, run, other } = opened();
    run(100);
    other("sell", 15_000, 4);
    venue.send(place(7, "backpack:SOL_USDC", "buy", 15_000, 10, { tif: "fok" }));
    venue.send(place(8, "backpack:SOL_USDC", "buy", 15_000, 10, { tif: "ioc" }));
    run(100);
    const ours = seen.filter((fact) => fact.type.startsWith("order."));
    expect(ours).toMatchObject([
      { type: "order.accepted", clientId: 7 },
      { type: "order.expired", clientId: 7, reason: "filled-what-it-could", text: "fill-or-kill" },
      { type: "order.accepted", clientId: 8 },
      { type: "order.filled", clientId: 8, size: 4, total: 4 },
      { type: "order.expired", clientId: 8, reason: "filled-what-it-could" },
    ]);
  });

  it("answers an ask with the truth of that moment", () => {
    const { venue, seen, run, exchange } = opened();
    run(100);
    venue.send(place(7, "backpack:SOL_USDC", "buy", 15_000, 10));
    exchange.place("alice", order(spot.id, "buy", 14_000, 3)); // by hand, without a client id
    run(100);
    seen.length = 0;
    venue.send({ type: "account.ask", venue: "backpack", why: "test" });
    run(100);
    expect(seen).toMatchObject([
      {
        type: "account.snapshot",
        asOf: start + 210,
        orders: [
          { clientId: undefined, price: 14_000, size: 3, filled: 0 },
          { clientId: 7, price: 15_000, size: 10 },
        ],
        balances: [{ asset: "USDC", free: "9980.8" }, { asset: "SOL" }],
      },
    ]);
  });

  it("is two venues for two accounts, with their own fees", async () => {
    const stage = trial({ accounts: [alice, { name: "bob", balances: {}, fees: { maker: "0", taker: "0.0002" } }] });
    const timeline = createTimeline(start);
    const second = simVenue({ exchange: stage.exchange, account: "bob", id: "backpack-2", timeline });
    const [first] = await second.instruments();
    expect(first).toMatchObject({ id: "backpack-2:SOL_USDC", fees: { maker: "0", taker: "0.0002" }, tickSize: "0.01" });
    expect(() => second.send(place(1, "backpack:SOL_USDC", "buy", 1, 1))).toThrow(/no market/);
  });

  it("ends a shrunk reduce-only order for those who know only what they sent", () => {
    const stage = trial();
    const timeline = createTimeline(start);
    const venue = simVenue({ exchange: stage.exchange, account: "alice", timeline, latency: constantLatency(1) });
    const seen: Unnumbered[] = [];
    void venue
      .open({ instruments: [perp.id], account: true }, (fact) => seen.push(fact), new AbortController().signal)
      .catch(() => undefined);
    const run = () => timeline.runUntil(millis(timeline.now() + 10));
    stage.market.hands.place(order(perp.id, "sell", 10_000, 5));
    venue.send(place(1, perp.id, "buy", 10_000, 5, { tif: "ioc" }));
    run();
    venue.send(place(2, perp.id, "sell", 10_100, 8, { reduceOnly: true }));
    run();
    seen.length = 0;
    stage.market.hands.place(order(perp.id, "buy", 10_100, 50));
    run();
    const ours = seen.filter((fact) => fact.type.startsWith("order."));
    expect(ours).toMatchObject([
      { type: "order.filled", clientId: 2, total: 5 },
      { type: "order.expired", clientId: 2, reason: "reduce-only" },
    ]);
  });

  it("ends when it is told to, and is silent afterwards", async () => {
    const { stop, done, seen, run, other } = opened();
    run(100);
    const count = seen.length;
    other("buy", 100, 1);
    stop.abort();
    await done;
    run(100);
    expect(seen).toHaveLength(count);
  });
});

/** Trades a generated market for a while over a bad line and compares with the truth. */
function badLine(seed: number, faults: Faults) {
  const exchange: Exchange = createExchange({
    start,
    accounts: [{ name: "alice", balances: { USDC: "100000", SOL: "100" } }],
    market: generatedMarket({ seed, start }),
  });
  const timeline = createTimeline(start);
  const venue = simVenue({ exchange, account: "alice", timeline, faults, latency: constantLatency(10) });
  const book = createBook();
  const facts: Unnumbered[] = [];
  const id: InstrumentId = "backpack:SOL_USDC";
  const answered = new Set<ClientId>();
  const emit = (fact: Unnumbered) => {
    facts.push(fact);
    if (fact.type === "book.reset") book.reset(fact.bids, fact.asks, fact.at);
    if (fact.type === "book.lost") book.lose();
    if (fact.type === "book.changed") {
      for (const [price, size] of fact.bids) book.apply("bid", price, size);
      for (const [price, size] of fact.asks) book.apply("ask", price, size);
    }
    if ("clientId" in fact && fact.clientId !== undefined) answered.add(fact.clientId);
  };
  void venue.open({ instruments: [id], account: true }, emit, new AbortController().signal).catch(() => undefined);
  for (let step = 1; step <= 60; step++) {
    timeline.runUntil(millis(start + step * 500));
    const mid = exchange.book(id, 1).bids[0]?.[0] ?? 15_000;
    venue.send(place(step, id, step % 2 === 0 ? "buy" : "sell", mid + (step % 2 === 0 ? -5 : 6), 10));
    if (step > 5) venue.send({ type: "order.cancel", clientId: clientId(step - 5), instrument: id });
  }
  timeline.runUntil(millis(start + 60_000));
  const [market] = exchange.instruments;
  if (market !== undefined) exchange.setInstrument({ ...market, state: "cancel-only" }); // so that what is on the way arrives
  timeline.runUntil(millis(start + 60_050));
  return { exchange, book, facts, id, answered };
}

describe("faults", () => {
  const faults: Faults = {
    seed: 5,
    market: { lose: 0.05, twice: 0.05, reorder: 0.05, delay: 0.02, delayMs: 300 },
    account: { lose: 0.1, twice: 0.1, reorder: 0.1 },
    answers: { lose: 0.2 },
  };

  it("leave a book that is mended after every gap, and never a wrong one for long", () => {
    const { exchange, book, facts, id } = badLine(1, { seed: 2, market: faults.market ?? {} });
    expect(facts.filter((fact) => fact.type === "book.lost").length).toBeGreaterThan(5);
    expect(facts.filter((fact) => fact.type === "book.reset").length).toBeGreaterThan(5);
    const truth = exchange.book(id);
    expect(book.valid ? Math.abs(book.bidPrice - (truth.bids[0]?.[0] ?? 0)) : 0).toBeLessThan(100);
  });

  it("lose answers, which are doubted after a while", () => {
    const { facts } = badLine(1, { seed: 3, answers: { lose: 0.3 } });
    const doubted = facts.filter((fact) => fact.type === "order.doubted" && fact.text.startsWith("no answer"));
    expect(doubted.length).toBeGreaterThan(10);
  });

  it("cut a stream: told, mended, and with a snapshot afterwards", () => {
    const { exchange, book, facts, id } = badLine(1, {
      seed: 1,
      cuts: [
        { stream: "market", afterMs: 10_000, forMs: 2_000 },
        { stream: "account", afterMs: 20_000, forMs: 5_000 },
      ],
    });
    const told = facts.filter(
      (fact) =>
        fact.type.startsWith("link.") ||
        fact.type === "book.lost" ||
        fact.type === "book.reset" ||
        fact.type === "account.snapshot",
    );
    expect(told.map((fact) => fact.type)).toEqual([
      "link.restored",
      "link.restored",
      "book.reset",
      "account.snapshot", // opened
      "link.lost",
      "book.lost",
      "link.restored",
      "book.reset",
      "link.lost",
      "link.restored",
      "account.snapshot",
    ]);
    const between = (from: number, to: number) =>
      facts.filter((fact) => fact.at > start + from && fact.at < start + to);
    expect(between(10_000, 12_000).filter((fact) => fact.type === "book.changed")).toEqual([]);
    expect(between(20_000, 25_000).filter((fact) => fact.type === "order.filled")).toEqual([]);
    expect(book.levels("bid", 50)).toEqual(exchange.book(id).bids);
  });

  it("are the same for the same seed", () => {
    expect(badLine(1, faults).facts).toEqual(badLine(1, faults).facts);
  });

  it("without any, follow the exchange exactly", () => {
    const { exchange, book, facts, id, answered } = badLine(1, { seed: 1 });
    expect(types(facts)).not.toContain("book.lost");
    expect(answered.size).toBe(60);
    const truth = exchange.book(id);
    expect(book.levels("bid", 50)).toEqual(truth.bids);
    expect(book.levels("ask", 50)).toEqual(truth.asks);
  });
});
