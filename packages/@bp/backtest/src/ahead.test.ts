// Candles whose volume alone tells where they go: who reads it trades with profit, and is found.
import { lots, random, type Strategy, type Tape, tapeRow, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { lookAheadCheck } from "./ahead.ts";
import { mirroredFrom } from "./mirror.ts";
import { runOf } from "./run.fixture.ts";
import { backtest } from "./run.ts";
import { type Row, sol, tapeOf } from "./tape.fixture.ts";

const start = Date.UTC(2026, 0, 1);

/** A coin decides where each goes; those that rise trade ten times as much. */
function coins(count: number): Tape {
  const chance = random(7);
  let price = 15_000;
  const rows = Array.from({ length: count }, (_, place): readonly Row[] => {
    const at = start + place * 60_000;
    const rises = chance.next() < 0.5;
    const open = price;
    price += rises ? 60 : -60;
    const [high, low] = [Math.max(open, price) + 2, Math.min(open, price) - 2];
    const volume = rises ? 4_000_000 : 400_000;
    return [
      { kind: "open", at, a: open, b: volume },
      { kind: "swing1", at: at + 20_000, a: high, b: low },
      { kind: "swing2", at: at + 40_000, a: high, b: low },
      { kind: "close", at: at + 59_999, a: price, b: volume },
    ];
  });
  return tapeOf(rows.flat());
}

/** Holds so much, up or down as it is told. */
const following = (rises: (now: number, shown: number) => boolean): Strategy<undefined> => ({
  name: "following",
  params: { parse: () => undefined },
  instruments: () => [sol.id],
  start: () => undefined,
  want: (view) => {
    const { bid, ask } = view.book(sol.id);
    if (bid === undefined || ask === undefined || view.position(sol.id) === undefined) return [];
    const up = rises(view.now, ask[1]);
    return [
      {
        kind: "hold",
        instrument: sol.id,
        position: lots(up ? 100 : -100),
        worst: ticks(up ? ask[0] + 3 : bid[0] - 3),
        why: "told so",
      },
    ];
  },
});

const bySize = () => following((_, shown) => shown > 50_000);
/** Has looked up what the candle of this moment will trade. */
const byTape = (tape: Tape) =>
  following((now) => {
    let volume = 0;
    for (let row = 0; row < tape.rows && (tape.at[row] ?? 0) <= now; row++)
      if (((tape.kinds[row] ?? 0) & 0x7f) === tapeRow.open) volume = tape.b[row] ?? 0;
    return volume > 1_000_000;
  });
/** Quotes more than a candle gives, and sells what it has: what it does tells how much it was given. */
const greedy: Strategy<undefined> = {
  ...following(() => true),
  name: "greedy",
  want: (view) => {
    const { bid, ask } = view.book(sol.id);
    const held = view.position(sol.id);
    if (bid === undefined || ask === undefined || held === undefined) return [];
    const quote = { kind: "quote", instrument: sol.id, postOnly: true } as const;
    const buy = { ...quote, slot: "buy", side: "buy", price: ticks(bid[0] - 1), size: lots(200_000) } as const;
    const sell = { ...quote, slot: "sell", side: "sell", price: ticks(ask[0] + 1), size: lots(held) } as const;
    return held > 0 ? [buy, sell] : [buy];
  },
};

const optionsOf = (tape: Tape, strategyOf: (tape: Tape) => Strategy<undefined>) => runOf(tape, strategyOf, "100000000");

describe("candles whose volume tells where they go", () => {
  it("are worth nothing to who reads the book", () => {
    const { figures } = backtest(optionsOf(coins(120), bySize));
    expect(figures.session.sums.fills).toBeGreaterThan(20);
    expect(Number(figures.session.profit.gross.toFixed())).toBeLessThan(10); // 72 were to be had
  });

  it("give away who has looked up the volume of the candle that lasts", () => {
    const tape = coins(60); // its cuts are at the opens of candles
    expect(Number(backtest(optionsOf(tape, byTape)).figures.session.profit.gross.toFixed())).toBeGreaterThan(15);
    expect(lookAheadCheck(optionsOf(tape, byTape)).ok).toBe(false);
  });

  it("accuse neither who reads the book nor who trades more than a candle gives", () => {
    const check = (strategy: () => Strategy<undefined>) => {
      const { ok, cuts } = lookAheadCheck(optionsOf(coins(21), strategy), 7); // cuts at all points of candles
      return [ok, cuts.every(({ commands }) => commands > 1)];
    };
    expect([check(bySize), check(() => greedy)]).toEqual([
      [true, true],
      [true, true],
    ]);
  });
});

describe("lookAheadCheck", () => {
  it("writes no journal and tells no steps: it is several runs", () => {
    let heard = 0;
    const hear = () => {
      heard += 1;
    };
    lookAheadCheck({ ...optionsOf(coins(8), bySize), journal: { append: hear, commit: hear }, onStep: hear }, 1);
    expect(heard).toBe(0);
  });
});

describe("mirroredFrom", () => {
  it("makes small what is large, of each kind by itself, and of the candle that lasts from its open on", () => {
    const tape = tapeOf([
      { kind: "open", at: 1, a: 100, b: 10 },
      { kind: "close", at: 2, a: 100, b: 10 },
      { kind: "open", at: 3, a: 100, b: 1_000 },
      { kind: "swing1", at: 4, a: 101, b: 99 },
      { kind: "close", at: 5, a: 100, b: 1_000 },
      { kind: "open", at: 6, a: 100, b: 0 },
      { kind: "bought", at: 7, a: 100, b: 4 },
      { kind: "sold", at: 8, a: 100, b: 9 },
      { kind: "bid", at: 9, a: 99, b: 0 },
      { kind: "funding", at: 9, a: 0.001, b: 99 },
    ]);
    const turned = mirroredFrom(tape, 3);
    expect([...turned.b]).toEqual([10, 10, 10, 99, 10, 1_000, 9, 4, 0, 99]);
    expect(turned.a[9]).toBe(-0.001);
    expect([...tape.b.subarray(0, 3)]).toEqual([10, 10, 1_000]);
  });
});
