// A run over a recorded market.
import { lots, type Strategy, type Tape, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { lookAheadCheck } from "./ahead.ts";
import { mirroredFrom } from "./mirror.ts";
import { usualModels } from "./models.ts";
import { runOf } from "./run.fixture.ts";
import { backtest, createBacktest } from "./run.ts";
import { books, type Row, sol, tapeOf, wandering } from "./tape.fixture.ts";

/** One lot a side, two ticks from the middle. */
const quoting: Strategy<undefined> = {
  name: "quoting",
  params: { parse: () => undefined },
  instruments: () => [sol.id],
  start: () => undefined,
  want: (view) => {
    const { bid, ask } = view.book(sol.id);
    const held = view.position(sol.id);
    if (bid === undefined || ask === undefined || held === undefined) return [];
    return [
      {
        kind: "quote",
        instrument: sol.id,
        slot: "bid",
        side: "buy",
        price: ticks(bid[0]),
        size: lots(10),
        postOnly: true,
      },
      {
        kind: "quote",
        instrument: sol.id,
        slot: "ask",
        side: "sell",
        price: ticks(ask[0]),
        size: lots(10),
        postOnly: true,
      },
    ];
  },
};

/** Buys before the market rises: it has seen the tape. */
const peeking = (tape: Tape): Strategy<undefined> => ({
  ...quoting,
  name: "peeking",
  want: (view, memory) => {
    const later = tape.at.findIndex((at) => at >= view.now + 5_000);
    const price = later < 0 ? undefined : tape.a[later];
    const mid = view.book(sol.id).mid();
    const rises = price !== undefined && mid !== undefined && price > mid;
    return quoting
      .want(view, memory, undefined)
      .filter((each) => each.kind === "quote" && each.side === (rises ? "buy" : "sell"));
  },
});

const optionsOf = (tape: Tape, strategyOf: (tape: Tape) => Strategy<undefined> = () => quoting) =>
  runOf(tape, strategyOf);

/** So many lots, bought at once. */
const holding = (size: number): Strategy<undefined> => ({
  ...quoting,
  name: "holding",
  want: (view) => {
    const { ask } = view.book(sol.id);
    if (ask === undefined || view.position(sol.id) === undefined) return [];
    return [{ kind: "hold", instrument: sol.id, position: lots(size), worst: ticks(ask[0] + 5), why: "it is told to" }];
  },
});

describe("backtest", () => {
  it("trades, takes its orders back at the end and agrees with the exchange's own books", () => {
    const { figures, ledgerEqual, ended, commands } = backtest(optionsOf(wandering(7, 120)));
    expect(figures.session.sums.fills).toBeGreaterThan(5);
    expect(commands).toBeGreaterThan(figures.session.sums.fills);
    expect(ledgerEqual).toBe(true);
    expect(ended.kind).toBe("data");
    expect(Object.values(figures.orders.live).reduce((sum, each) => sum + each, 0)).toBe(0);
  });

  it("gives the same bytes twice", () => {
    const tape = wandering(3, 60);
    expect(JSON.stringify(backtest(optionsOf(tape)))).toBe(JSON.stringify(backtest(optionsOf(tape))));
  });

  it("may be carried on in pieces of any length", () => {
    const tape = wandering(4, 60);
    const run = createBacktest(optionsOf(tape));
    while (run.advance(1_500));
    expect(JSON.stringify(run.result())).toBe(JSON.stringify(backtest(optionsOf(tape))));
  });

  it("ends when its time is up, as one over data that end there, and with its data where those are shorter", () => {
    const tape = wandering(7, 120);
    const short = createBacktest({ ...optionsOf(tape), durationMs: 60_000, onExit: "flatten" });
    while (short.advance(7_000));
    const { ended, figures, data } = short.result();
    expect([short.to, ended]).toEqual([
      data.from + 60_000,
      { kind: "done", why: "time is up", at: data.from + 60_000 },
    ]);
    expect(data.to).toBeGreaterThan(data.from + 100_000);
    expect(figures.instruments.map(({ position }) => position.toFixed())).toEqual(["0"]);
    expect(figures.session.sums.fills).toBeGreaterThan(0);
    expect(backtest({ ...optionsOf(tape), durationMs: 3_600_000 })).toEqual(backtest(optionsOf(tape)));
  });

  it("names its models, its data and what it leaves out", () => {
    const tape = wandering(3, 20);
    const { models, data, lacks, seed } = backtest(optionsOf(tape));
    expect(models).toEqual(usualModels);
    expect(seed).toBe(1);
    expect(data).toMatchObject({ digest: tape.digest, rows: tape.rows, markets: [sol.id] });
    expect(lacks.join("; ")).toMatch(/our orders move no market.*marks: none in the data.*funding: none/);
  });

  it("ends when the exchange liquidates, and counts the trade that nobody ordered", () => {
    const { ended, ledgerEqual, figures, analysis } = backtest({
      ...optionsOf(tapeOf(books(120, (second) => (second < 30 ? 15_000 : 15_000 - (second - 30) * 100), 1_000)), () =>
        holding(5_000),
      ),
      seats: [{ venue: "backpack", balances: { USDC: "1000" }, leverage: { [sol.id]: 10 } }],
      analyse: { run: "fall", strategy: "holding" },
    });
    expect(ended).toMatchObject({
      kind: "liquidated",
      why: expect.stringMatching(/was liquidated.*USDC more than the account had/),
    });
    expect(ledgerEqual).toBe(true);
    const net = figures.session.profit.net;
    expect([net.lt(-1_000), net.toFixed(), figures.externalFills]).toEqual([true, analysis?.profit.equityChange, 0]);
    expect(figures.instruments[0]?.position.toFixed()).toBe("0");
  });

  it("refuses data with nothing to trade: marks and rates alone are no market", () => {
    const at = Date.UTC(2026, 0, 1);
    const tape = tapeOf([0, 1, 2].map((place) => ({ kind: "mark", at: at + place * 60_000, a: 15_000, b: 15_000 })));
    expect(() => backtest(optionsOf(tape))).toThrow(
      /hold no book, prints or candles with a volume of backpack:SOL_USDC_PERP/,
    );
  });

  it("says how many funding rates the data have", () => {
    const hour = 3_600_000;
    const rows = books(180, () => 15_000, 60_000);
    const stamp = (Math.floor((rows[0]?.at ?? 0) / hour) + 1) * hour;
    const told: Row = { kind: "funding", at: stamp - 60_000, a: 0.0001, b: stamp };
    const tape = tapeOf([...rows, told].toSorted((a, b) => a.at - b.at));
    expect(backtest(optionsOf(tape)).lacks.join("; ")).toMatch(
      /funding of backpack:SOL_USDC_PERP: 1 of 2 rates are in the data/,
    );
  });

  it("counts a rate as known where it is the one that is paid, and says how many are for no stamp", () => {
    const hour = 3_600_000;
    const every8 = [{ ...sol, fundingIntervalMs: 8 * hour }];
    const rows = books(720, () => 15_000, 60_000);
    const stamp = (Math.floor((rows[0]?.at ?? 0) / (8 * hour)) + 1) * 8 * hour;
    const saidOf = (besideMs: number) => {
      const at = stamp + besideMs;
      const told: Row = { kind: "funding", at: at - 60_000, a: 0.0001, b: at };
      const { figures, lacks } = backtest({
        ...optionsOf(
          tapeOf(
            [...rows, told].toSorted((a, b) => a.at - b.at),
            every8,
          ),
          () => holding(100),
        ),
      });
      return [figures.session.profit.funding.toFixed(), lacks.filter((each) => each.startsWith("funding")).join("; ")];
    };
    expect([saidOf(0), saidOf(8), saidOf(-hour)]).toEqual([
      ["-0.015", ""], // 1 SOL of 150
      ["-0.015", ""], // files of exchanges have some ms of jitter
      [
        "-0.015", // drawn: 0.01 % in eight hours without a premium
        "funding of backpack:SOL_USDC_PERP: 0 of 1 rates are in the data, the others are drawn from the premium of the marks; " +
          "funding of backpack:SOL_USDC_PERP: 1 rates of the data are not paid, they are for no stamp (every 8 h since 1970)",
      ],
    ]);
  });

  it("plays the time in which something can be traded: rates and marks of before and after it are cut, and counted", () => {
    const hour = 3_600_000;
    const rows = books(121, () => 15_000, 60_000);
    const [from, to] = [rows[0]?.at ?? 0, rows.at(-1)?.at ?? 0];
    const rates = (first: number, last: number) =>
      Array.from({ length: (last - first) / hour + 1 }, (_, place): Row => {
        const stamp = first + place * hour;
        return { kind: "funding", at: stamp - 60_000, a: 0.001, b: stamp };
      });
    const mark = (at: number): Row => ({ kind: "mark", at, a: 15_000, b: 15_000 });
    const minutes = rows.filter(({ kind }) => kind === "reset").map(({ at }) => at);
    const inside = [...rates(from + hour, to), ...minutes.map(mark)]; // of one moment, the rate first: a mark tells it
    const of = (more: readonly Row[]) =>
      backtest(optionsOf(tapeOf([...rows, ...more].toSorted((a, b) => a.at - b.at)), () => holding(100)));
    const [long, exact] = [
      of([...rates(from - 9 * hour, from - hour), mark(from - hour), ...inside, ...rates(to + hour, to + 240 * hour)]),
      of(inside),
    ];
    expect([long.data.from, long.data.to, long.ended.at]).toEqual([from, to, exact.ended.at]);
    expect(long.figures.session.profit.funding.toFixed()).toBe("-0.3"); // two stamps, 1 SOL of 150 each
    expect(long.figures).toEqual(exact.figures);
    const said =
      "of the data are not played, they lie beyond all that can be traded (2026-01-01T00:00:00Z to 2026-01-01T02:00:00Z)";
    expect(long.lacks.filter((each) => !exact.lacks.includes(each))).toEqual([
      `funding rates: 249 ${said}`,
      `marks: 1 ${said}`,
    ]);
  });

  it("tells market data as late as all else where nobody wrote down when they were received, and says so", () => {
    const firstHeard = (lateMs: number) => {
      const rows = books(3, () => 15_000, 1_000).map((each) => ({ ...each, lateMs }));
      let heard = Number.NaN;
      const { lacks } = backtest({
        ...optionsOf(tapeOf(rows)),
        models: { ...usualModels, latency: { kind: "constant", upMs: 20, downMs: 30 } },
        onStep: (event) => {
          if (event.type === "book.changed" && event.at > event.venueAt) heard = event.at - event.venueAt;
        },
      });
      return [heard, lacks.join("; ").includes("no receipt times in the data of backpack")];
    };
    expect([firstHeard(0), firstHeard(7)]).toEqual([
      [30, true],
      [7, false],
    ]);
  });

  it("takes fees of a tier from what it trades", () => {
    const tape = wandering(7, 60);
    const free = backtest({ ...optionsOf(tape), models: { ...usualModels, fees: { maker: "0", taker: "0" } } });
    const dear = backtest({ ...optionsOf(tape), models: { ...usualModels, fees: { maker: "0.001", taker: "0.001" } } });
    expect(free.figures.session.profit.fees.toFixed()).toBe("0");
    expect(dear.figures.session.profit.fees.gt(0)).toBe(true);
    expect(dear.ledgerEqual).toBe(true);
  });

  it("closes what it holds at the end where that is asked for", () => {
    const { figures } = backtest({ ...optionsOf(wandering(7, 90)), onExit: "flatten" });
    expect(figures.instruments.map(({ position }) => position.toFixed())).toEqual(["0"]);
  });

  it("refuses data that hold nothing, or none of the markets", () => {
    expect(() => backtest(optionsOf(tapeOf([])))).toThrowError(expect.objectContaining({ code: "sim/bad-market" }));
    const elsewhere = { ...optionsOf(wandering(1, 5)), seats: [{ venue: "aster-futures", balances: {} }] };
    expect(() => backtest(elsewhere)).toThrowError(/no market of aster-futures/);
  });
});

describe("lookAheadCheck", () => {
  it("finds nothing where a strategy knows what it is told", () => {
    const { ok, cuts } = lookAheadCheck(optionsOf(wandering(5, 90)), 3);
    expect(ok).toBe(true);
    expect(cuts).toHaveLength(3);
    expect(Math.min(...cuts.map(({ commands }) => commands))).toBeGreaterThan(3);
  });

  it("catches one that has seen the tape", () => {
    const { ok, cuts } = lookAheadCheck(optionsOf(wandering(5, 90), peeking), 3);
    expect(ok).toBe(false);
    expect(cuts.some(({ difference }) => difference !== undefined)).toBe(true);
  });

  it("asks for a number of cuts that can be", () => {
    expect(() => lookAheadCheck(optionsOf(wandering(5, 9)), 0)).toThrowError(/from 1 to 100/);
  });
});

describe("mirroredFrom", () => {
  it("is the same before, and moves the other way after", () => {
    const tape = tapeOf([
      { kind: "reset", at: 1, a: 0, b: 0, more: true },
      { kind: "bid", at: 1, a: 99, b: 5, more: true },
      { kind: "ask", at: 1, a: 101, b: 7 },
      { kind: "bought", at: 2, a: 101, b: 1 },
      { kind: "mark", at: 3, a: 102, b: 103 },
      { kind: "swing1", at: 4, a: 110, b: 95 },
    ]);
    const turned = mirroredFrom(tape, 3);
    expect(turned.rows).toBe(9);
    expect([...turned.a]).toEqual([0, 99, 101, 0, 101, 99, 99, 98, 105]);
    expect([...turned.b]).toEqual([0, 5, 7, 0, 5, 7, 1, 97, 90]);
    expect([...turned.kinds].map((kind) => kind & 0x7f)).toEqual([6, 0, 1, 6, 1, 0, 3, 4, 9]);
  });
});
