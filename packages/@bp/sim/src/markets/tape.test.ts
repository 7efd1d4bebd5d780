import { lots, millis, type Tape, type Unnumbered } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createExchange } from "../exchange.ts";
import { constantLatency } from "../models/latency.ts";
import { message, type Row, tapeOf } from "../tape/tape.fixture.ts";
import { createTimeline } from "../timeline.ts";
import { marketOrder, order, perp, spot, start, taken } from "../trial.fixture.ts";
import { simVenue } from "../venue.ts";
import { tapeMarket } from "./tape.ts";

const book = (at: number, bid = 15_000, ask = 15_002): Row[] =>
  message(at, [
    { kind: "reset" },
    { kind: "bid", a: bid, b: 100 },
    { kind: "bid", a: bid - 1, b: 50 },
    { kind: "ask", a: ask, b: 100 },
  ]);

function play(tape: Tape, options: Partial<Parameters<typeof tapeMarket>[0]> = {}) {
  const market = tapeMarket({ tape, ...options });
  const accounts = [{ name: "alice", balances: { USDC: "1000000", SOL: "1000" } }];
  const exchange = createExchange({ start, market, accounts });
  return { market, exchange, at: (ms: number) => exchange.advance(millis(start + ms)) };
}

describe("tapeMarket", () => {
  it("plays every message at the moment that the venue said, never going back", () => {
    const { exchange } = play(
      tapeOf([
        ...book(start + 150).map((row) => ({ ...row, venueAt: start + 100 })),
        { kind: "bid", at: start + 160, a: 15_000, b: 90, venueAt: start + 90 },
        { kind: "bid", at: start + 260, a: 15_000, b: 80, venueAt: start + 200.9 },
      ]),
    );
    const heard: [number, number | undefined][] = [];
    exchange.listen((fact) => fact.type === "depth" && heard.push([fact.at - start, fact.bids[0]?.[1]]));
    exchange.advance(millis(start + 1_000));
    expect(heard).toEqual([
      [100, 100],
      [100, 90],
      [200, 80],
    ]);
  });

  it("believes no clock that is ahead of ours: nothing happens after it was received", () => {
    const { exchange } = play(tapeOf(book(start + 50).map((row) => ({ ...row, venueAt: start + 1e12 }))));
    expect(exchange.nextAt()).toBe(start + 50);
  });

  it("tells one depth fact for a message, whatever its rows cross on the way", () => {
    const { exchange, at } = play(
      tapeOf([
        ...book(start + 1),
        ...message(start + 2, [
          { kind: "bid", a: 15_003, b: 7 },
          { kind: "ask", a: 15_004, b: 9 },
          { kind: "ask", a: 15_002, b: 0 },
        ]),
      ]),
    );
    at(1);
    const facts: string[] = [];
    exchange.listen((fact) => facts.push(fact.type));
    at(2);
    expect(facts.filter((type) => type === "depth")).toHaveLength(1);
    expect(exchange.book(spot.id)).toMatchObject({
      bids: [
        [15_003, 7],
        [15_000, 100],
        [14_999, 50],
      ],
      asks: [[15_004, 9]],
    });
  });

  it("replaces the book by a reset: levels that it does not name are gone, queues at those that it names go on", () => {
    const { exchange, at } = play(
      tapeOf([
        ...book(start + 1),
        ...message(start + 9, [{ kind: "reset" }, { kind: "bid", a: 15_000, b: 60 }, { kind: "ask", a: 15_005, b: 1 }]),
        { kind: "sold", at: start + 10, a: 15_000, b: 62 },
      ]),
    );
    at(1);
    taken(exchange.place("alice", order(spot.id, "buy", 15_000, 10)));
    at(9);
    expect(exchange.book(spot.id)).toMatchObject({ bids: [[15_000, 70]], asks: [[15_005, 1]] });
    at(10);
    expect(exchange.fills("alice")).toMatchObject([{ size: 2 }]); // 60 were in front
  });

  it("tells a rate for its own stamp alone: one that was paid is not paid again", () => {
    const hour = 3_600_000;
    const stamp = (Math.floor(start / hour) + 1) * hour - start;
    const hours = [0, 1, 2].map((each) => stamp + each * hour);
    const { exchange, at } = play(
      tapeOf(
        [
          ...book(start + 1),
          { kind: "funding", at: start + 2, a: 0.001, b: start + stamp },
          ...hours.flatMap((each) => [...book(start + each - 1_000), ...book(start + each + 120_000)]),
        ],
        [perp],
      ),
    );
    at(1_000);
    taken(exchange.place("alice", marketOrder(perp.id, "buy", { size: 10 })));
    at(stamp + 2 * hour + 200_000);
    const rates = exchange.fundingPayments("alice").map((each) => [each.at - start - stamp, each.rate]);
    expect(rates[0]).toEqual([0, 0.001]);
    expect(rates.slice(1).map(([when]) => when)).toEqual([hour, 2 * hour]);
    for (const [, rate] of rates.slice(1)) expect(Math.abs(rate ?? 1)).toBeLessThan(0.000_1);
    expect(exchange.mark(perp.id)?.fundingAt).toBe(start + stamp + 3 * hour);
  });

  it("draws the rate of a stamp that falls into a silence, whatever was told before it", () => {
    const hour = 3_600_000;
    const stamp = (Math.floor(start / hour) + 1) * hour - start;
    const { exchange, at } = play(
      tapeOf(
        [...book(start + 1), { kind: "funding", at: start + 2, a: 0.001, b: start + stamp }, ...book(start + 3_000)],
        [perp],
      ),
    );
    at(1_000);
    taken(exchange.place("alice", marketOrder(perp.id, "buy", { size: 10 })));
    at(stamp + hour);
    expect(exchange.fundingPayments("alice").map(({ rate }) => rate)).toEqual([0.001, expect.any(Number)]);
    expect(exchange.fundingPayments("alice")[1]?.rate).toBeLessThan(0.000_1);
  });

  it("makes the mid the mark once a second, unless the tape has marks", () => {
    const own: Row[] = [{ kind: "mark", at: start + 3, a: 15_010.5, b: 15_009 }];
    const rate: Row[] = [{ kind: "funding", at: start + 2, a: 0.0003, b: start + 3_600_000 }];
    const { exchange, at } = play(tapeOf([...book(start + 1), ...rate, ...own], [perp]));
    at(2);
    expect(exchange.mark(perp.id)).toBeUndefined();
    at(3);
    expect(exchange.mark(perp.id)).toMatchObject({
      mark: 15_010.5,
      index: 15_009,
      fundingRate: 0.0003,
      fundingAt: start + 3_600_000,
    });
    const without = play(tapeOf([...book(start + 1), ...book(start + 500, 15_010, 15_012), ...book(start + 1_100)]));
    without.at(500);
    expect(without.exchange.mark(spot.id)).toMatchObject({ mark: 15_001, at: start + 1 });
    without.at(1_100);
    expect(without.exchange.mark(spot.id)).toMatchObject({ mark: 15_001, at: start + 1_100 });
  });

  it("plays from the exchange's start and faster where it is told to", () => {
    const { exchange } = play(tapeOf([...book(5_000), { kind: "bid", at: 9_000, a: 15_000, b: 1 }]), {
      when: "now",
      speed: 4,
    });
    const moments: number[] = [];
    for (let next = exchange.nextAt(); next !== undefined; next = exchange.nextAt()) {
      exchange.advance(next);
      moments.push(next - start);
    }
    expect(moments).toEqual([0, 1_000]);
  });

  it("says the same twice", () => {
    const tape = tapeOf(
      Array.from({ length: 300 }, (_, n) => book(start + n * 7, 15_000 + ((n * 37) % 11))).flatMap((rows, n) => [
        ...rows,
        { kind: "sold", at: start + n * 7, a: 15_000 + ((n * 37) % 11), b: 30 } as const,
      ]),
    );
    const told = () => {
      const { exchange, at } = play(tape);
      const facts: unknown[] = [];
      exchange.listen((fact) => facts.push(fact));
      for (let ms = 0; ms < 2_200; ms += 50) {
        at(ms);
        exchange.place("alice", order(spot.id, "buy", 15_000 + (ms % 7), 5));
      }
      return JSON.stringify(facts);
    };
    expect(told()).toBe(told());
  });

  it("refuses rows that cannot be, each with its place", () => {
    const at = start;
    const wrong: readonly (readonly [Row, RegExp])[] = [
      [{ kind: "bid", at, a: 1.5, b: 1 }, /row 0 of the tape: a price of 1.5 ticks/],
      [{ kind: "ask", at, a: 3e9, b: 1 }, /a price of 3000000000 ticks/],
      [{ kind: "bid", at, a: 1, b: -1 }, /a size of -1 lots/],
      [{ kind: "sold", at, a: 1, b: Number.NaN }, /a size of NaN lots/],
      [{ kind: "mark", at, a: 0, b: 1 }, /mark 0, index 1/],
      [{ kind: "funding", at, a: 2, b: 1 }, /a funding rate of 2/],
      [{ kind: "swing1", at, a: 5, b: 6 }, /a candle from 6 to 5/],
      [{ kind: "bid", at: Number.NaN, a: 1, b: 1 }, /received at NaN/],
      [{ kind: "bid", at, market: 1, a: 1, b: 1 }, /market 1 of 1/],
    ];
    for (const [row, why] of wrong) expect(() => tapeMarket({ tape: tapeOf([row]) })).toThrow(why);
    const back = tapeOf([
      { kind: "bid", at: 5, a: 1, b: 1 },
      { kind: "bid", at: 4, a: 1, b: 1 },
    ]);
    expect(() => tapeMarket({ tape: back })).toThrow(/row 1 of the tape: received at 4, after a row of 5/);
    expect(() => tapeMarket({ tape: tapeOf([]), speed: 0 })).toThrow(
      expect.objectContaining({ code: "sim/bad-market" }),
    );
  });
});

describe("a gap of the recording", () => {
  const tape = tapeOf([
    ...book(start + 1),
    { kind: "lost", at: start + 100 },
    { kind: "sold", at: start + 150, a: 14_999, b: 3 },
    ...book(start + 200, 14_000, 14_002),
  ]);

  it("shows no book, lets nobody take from it, and keeps what rests", () => {
    const { exchange, at } = play(tape);
    at(99);
    taken(exchange.place("alice", order(spot.id, "buy", 15_001, 10)));
    at(100);
    expect(exchange.book(spot.id)).toMatchObject({ bids: [], asks: [] });
    expect(exchange.place("alice", marketOrder(spot.id, "buy", { size: 1 }))).toMatchObject({
      ok: false,
      refusal: "market-closed",
      text: "Order book is unknown: the recording has a gap",
    });
    expect(exchange.place("alice", order(spot.id, "buy", 15_002, 1))).toMatchObject({ refusal: "market-closed" });
    at(150);
    expect(exchange.fills("alice")).toMatchObject([{ size: 3, price: 15_001 }]); // the print went through its price
    at(200);
    expect(exchange.fills("alice")).toMatchObject([{ size: 3 }, { size: 7, price: 15_001 }]); // and so did the market
    expect(exchange.book(spot.id, 1)).toMatchObject({ bids: [[14_000, 100]], asks: [[14_002, 93]] });
  });

  it("is told to a venue as a lost book, and as a whole one afterwards", async () => {
    const market = tapeMarket({ tape });
    const exchange = createExchange({ start, market, accounts: [{ name: "alice", balances: { USDC: "1000" } }] });
    const timeline = createTimeline(start);
    const venue = simVenue({
      exchange,
      account: "alice",
      timeline,
      recorded: market,
      latency: constantLatency(20),
    });
    const heard: [string, number][] = [];
    const tell = (fact: Unnumbered) => {
      if (fact.type.startsWith("book.")) heard.push([fact.type, fact.at - start]);
    };
    const stop = new AbortController();
    const open = venue.open({ instruments: [spot.id], account: true }, tell, stop.signal);
    timeline.runUntil(millis(start + 1_000));
    stop.abort();
    await open;
    expect(heard.filter(([, at]) => at >= 100)).toEqual([
      ["book.lost", 100],
      ["book.reset", 240],
    ]);
  });

  it("skips a depth id, so that programs on the wire notice too", () => {
    const { exchange, at } = play(tape);
    const ids: [number, number][] = [];
    exchange.listen((fact) => fact.type === "depth" && ids.push([fact.first, fact.last]));
    at(300);
    const [one, two] = ids;
    expect(ids).toHaveLength(2);
    expect(two?.[0]).toBeGreaterThan((one?.[1] ?? 0) + 1);
    expect(exchange.book(spot.id).lastUpdateId).toBe(two?.[1]);
  });
});

describe("a venue over a tape", () => {
  it("hears market facts when they were received, not when they happened", async () => {
    const market = tapeMarket({
      tape: tapeOf([
        ...book(start + 1),
        { kind: "bid", at: start + 175, venueAt: start + 100, a: 15_000, b: 77 },
        { kind: "bought", at: start + 190, venueAt: start + 110, a: 15_002, b: 5 },
      ]),
    });
    const exchange = createExchange({ start, market, accounts: [{ name: "alice", balances: { USDC: "1000" } }] });
    const timeline = createTimeline(start);
    const venue = simVenue({ exchange, account: "alice", timeline, recorded: market, latency: constantLatency(2) });
    const heard: [string, number, number][] = [];
    const stop = new AbortController();
    const open = venue.open(
      { instruments: [spot.id], account: false },
      (fact) => heard.push([fact.type, fact.venueAt - start, fact.at - start]),
      stop.signal,
    );
    timeline.runUntil(millis(start + 150));
    expect(exchange.book(spot.id, 1).bids).toEqual([[15_000, lots(77)]]); // the exchange is ahead of us
    timeline.runUntil(millis(start + 500));
    stop.abort();
    await open;
    expect(heard.filter(([, happened]) => happened >= 100)).toEqual([
      ["book.changed", 100, 175],
      ["trade.printed", 110, 190],
    ]);
  });
});
