import { describe, expect, it } from "vitest";
import { messagesOf } from "./files.fixture.ts";
import { joinTapes } from "./join.ts";
import { shiftTape } from "./shift.ts";
import { sliceTape } from "./slice.ts";
import { marketOf, type Row, tapeOf } from "./tapes.fixture.ts";

const sol = marketOf("backpack:SOL_USDC_PERP");
const btc = marketOf("backpack:BTC_USDC_PERP", { base: "BTC" });
const book = (at: number, bid: number): Row[] => [
  ["reset", at, 0, 0],
  ["bid", at, bid, 1],
  ["ask", at, bid + 2, 1],
];

describe("joinTapes", () => {
  it("puts messages in the order of their receipt, the earlier tape first", () => {
    const joined = joinTapes([
      tapeOf([sol], [book(10, 100), [["sold", 30, 100, 1]]], ["one"]),
      tapeOf([btc], [book(10, 500), [["bought", 20, 502, 1]]], ["two"]),
    ]);
    expect(messagesOf(joined)).toEqual([
      "reset 0 0, bid 100 1, ask 102 1",
      "reset 0 0, bid 500 1, ask 502 1",
      "bought 502 1",
      "sold 100 1",
    ]);
    expect([...joined.markets]).toEqual([0, 0, 0, 1, 1, 1, 1, 0]);
    expect(joined.lacks).toEqual(["one", "two"]);
  });

  it("joins what two tapes tell of one market, if it is not the same", () => {
    const joined = joinTapes([tapeOf([sol], [book(10, 100)]), tapeOf([sol], [[["sold", 11, 100, 1]]])]);
    expect(joined.instruments).toEqual([sol]);
    expect(joined.rows).toBe(4);
  });

  it("refuses the same of one market twice", () => {
    const once = tapeOf([sol], [[["sold", 10, 100, 1]], [["sold", 20, 100, 1]]]);
    expect(() => joinTapes([once, tapeOf([sol], [[["sold", 15, 100, 1]], [["sold", 30, 100, 1]]])])).toThrow(
      /prints of backpack:SOL_USDC_PERP: two files have them from 1970-01-01T00:00:00\.015Z on/,
    );
    expect(() => joinTapes([once, once])).toThrow(/prints of/);
    const one = tapeOf([sol], [[["sold", 10, 100, 1]]]);
    expect(() => joinTapes([one, one])).toThrow(/prints of/);
  });

  it("refuses what ends with what the next begins with, and takes prints of one moment that are others", () => {
    const print = (at: number, size: number) => tapeOf([sol], [[["sold", at, 100, 1]], [["sold", at + 10, 100, size]]]);
    expect(() => joinTapes([print(10, 2), tapeOf([sol], [[["sold", 20, 100, 2]], [["sold", 30, 100, 1]]])])).toThrow(
      /prints of backpack:SOL_USDC_PERP: two files have them from .*00:00:00.020Z on/,
    );
    expect(joinTapes([print(10, 2), tapeOf([sol], [[["sold", 20, 100, 3]], [["sold", 30, 100, 1]]])]).rows).toBe(4);
    const rate = (at: number) => tapeOf([sol], [[["funding", at, 0.0001, 0]]]);
    expect(() => joinTapes([rate(28_800_000), rate(28_800_003)])).toThrow(/funding of/);
    expect(joinTapes([rate(28_800_000), rate(57_600_000)]).rows).toBe(2);
  });

  it("refuses candles that last into the next ones, and candles beside prints or a book of the same trades", () => {
    const candle = (at: number, lasts: number) =>
      tapeOf(
        [sol],
        [
          [["open", at, 100, 5]],
          [["swing1", at + lasts / 3, 101, 99]],
          [["swing2", at + (2 * lasts) / 3, 101, 99]],
          [["close", at + lasts - 1, 100, 5]],
        ],
      );
    const both = (one: ReturnType<typeof candle>, other: ReturnType<typeof candle>) => () => joinTapes([one, other]);
    expect(both(candle(0, 60_000), candle(60_000, 60_000))).not.toThrow();
    expect(both(candle(0, 60_000), candle(0, 60_000))).toThrow(/candles of backpack:SOL_USDC_PERP/);
    expect(both(candle(0, 300_000), candle(60_000, 60_000))).toThrow(/candles of/);
    const prints = tapeOf([sol], [[["sold", 10, 100, 1]], [["sold", 70_000, 100, 1]]]);
    expect(both(candle(0, 60_000), prints)).toThrow(
      /candles and prints of backpack:SOL_USDC_PERP: two files tell the same trades in two ways from .*00:00:00.010Z on: leave one out/,
    );
    expect(both(tapeOf([sol], [book(10, 100), book(70_000, 100)]), candle(0, 60_000))).toThrow(/book and candles of/);
    expect(both(prints, candle(120_000, 60_000))).not.toThrow();
  });

  it("refuses one market on two grids", () => {
    const other = marketOf(sol.id, { tickSize: "0.1" });
    expect(() => joinTapes([tapeOf([sol], [book(0, 1)]), tapeOf([other], [[["sold", 1, 1, 1]]])])).toThrow(
      /tick 0\.01 and lot 0\.1 in one of them, 0\.1 and 0\.1 in another/,
    );
  });

  it("loses the book between two recordings that are far apart", () => {
    const first = tapeOf([sol], [book(0, 100)]);
    const near = joinTapes([first, tapeOf([sol], [book(9_000, 101)])]);
    expect(messagesOf(near)).toHaveLength(2);
    const far = joinTapes([first, tapeOf([sol], [book(11_000, 101)])]);
    expect(messagesOf(far)).toEqual(["reset 0 0, bid 100 1, ask 102 1", "lost 0 0", "reset 0 0, bid 101 1, ask 103 1"]);
    expect([...far.at]).toEqual([0, 0, 0, 0, 11_000, 11_000, 11_000]);
    expect(far.lacks.join()).toMatch(/1 times a book ends with one recording/);
  });

  it("needs something to join", () => {
    expect(() => joinTapes([])).toThrow(/nothing to join/);
  });
});

describe("sliceTape", () => {
  const tape = tapeOf(
    [sol],
    [book(10, 100), [["bid", 20, 101, 5]], [["mark", 25, 101.5, 101]], [["sold", 30, 101, 1]]],
  );

  it("begins in the middle with the whole book and the newest mark", () => {
    const slice = sliceTape(tape, 30);
    expect(messagesOf(slice)).toEqual(["reset 0 0, bid 100 1, bid 101 5, ask 102 1", "mark 101.5 101", "sold 101 1"]);
    expect([...slice.at]).toEqual([30, 30, 30, 30, 30, 30]);
  });

  it("keeps all from the first moment on, and nothing from the end on", () => {
    expect(sliceTape(tape).digest).toBe(tape.digest);
    expect(sliceTape(tape, 10, 31).digest).toBe(tape.digest);
    expect(messagesOf(sliceTape(tape, 10, 20))).toEqual(["reset 0 0, bid 100 1, ask 102 1"]);
    expect(sliceTape(tape, 31).rows).toBe(0);
  });

  it("does not tell a book that is lost", () => {
    const lost = tapeOf([sol], [book(10, 100), [["lost", 20, 0, 0]], [["sold", 30, 101, 1]]]);
    expect(messagesOf(sliceTape(lost, 25))).toEqual(["sold 101 1"]);
  });

  it("leaves out a candle that had begun", () => {
    const candles = tapeOf(
      [sol],
      [
        [["open", 0, 5, 1]],
        [["swing1", 20, 6, 4]],
        [["swing2", 40, 6, 4]],
        [["close", 59, 5, 1]],
        [["open", 60, 5, 1]],
        [["swing1", 80, 6, 4]],
      ],
    );
    expect(messagesOf(sliceTape(candles, 30))).toEqual(["open 5 1", "swing1 6 4"]);
  });
});

describe("shiftTape", () => {
  it("moves everything, payments too", () => {
    const shifted = shiftTape(tapeOf([sol], [[["funding", 10, 0.1, 3_600_000]], book(20, 5)]), 1_000);
    expect([...shifted.at]).toEqual([1_010, 1_020, 1_020, 1_020]);
    expect([...shifted.venueAt]).toEqual([...shifted.at]);
    expect(messagesOf(shifted)).toEqual(["funding 0.1 3601000", "reset 0 0, bid 5 1, ask 7 1"]);
  });

  it("refuses what is no time", () => {
    expect(() => shiftTape(tapeOf([sol], []), Number.NaN)).toThrow(RangeError);
  });
});
