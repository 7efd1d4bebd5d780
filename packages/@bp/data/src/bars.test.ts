import { describe, expect, it } from "vitest";
import { tapeOfBars } from "./bars.ts";
import { messagesOf } from "./files.fixture.ts";
import { withFunding } from "./funding.ts";
import { marketOf, tapeOf } from "./tapes.fixture.ts";

const sol = marketOf("backpack:SOL_USDC_PERP");
const bar = (at: number, close = 101) => ({ at, open: 100, high: 105, low: 98, close, volume: 7 });

describe("tapeOfBars", () => {
  it("gives each candle four moments", () => {
    const tape = tapeOfBars(sol, [bar(0), bar(60_000)], 60_000);
    expect(messagesOf(tape).slice(0, 4)).toEqual(["open 100 7", "swing1 105 98", "swing2 105 98", "close 101 7"]);
    expect([...tape.at].slice(0, 5)).toEqual([0, 20_000, 40_000, 59_999, 60_000]);
    expect(tape.lacks).toEqual([expect.stringMatching(/no book, no prints/)]);
  });

  it("says how many are missing", () => {
    expect(tapeOfBars(sol, [bar(0), bar(240_000)], 60_000).lacks[1]).toBe(
      "3 candles are missing: nothing happens there",
    );
  });

  it("refuses what is no candle, and names its place", () => {
    expect(() => tapeOfBars(sol, [bar(0), bar(60_000, 106)], 60_000)).toThrow(
      /line 2: no candle: open 100, high 105, low 98, close 106/,
    );
    expect(() => tapeOfBars(sol, [bar(0), bar(60_000, 100.5)], 60_000)).toThrow(/off its grid/);
    expect(() => tapeOfBars(sol, [bar(0), bar(0)], 60_000)).toThrow(/less than 60000 ms after/);
    expect(() => tapeOfBars(sol, [bar(Number.NaN)], 60_000)).toThrow(/without a moment/);
    expect(() => tapeOfBars(sol, [], 0)).toThrow(RangeError);
  });
});

describe("withFunding", () => {
  const candles = tapeOfBars(sol, [bar(0), bar(28_800_000)], 28_800_000);

  it("tells a rate a minute before it is paid, at the whole second, and knows the interval", () => {
    const tape = withFunding(candles, sol.id, [
      { at: 14_400_003, rate: 0.0001 },
      { at: 28_800_000, rate: -0.0002 },
    ]);
    expect(tape.instruments).toMatchObject([{ fundingIntervalMs: 14_400_000 }]);
    const found = messagesOf(tape);
    expect(found.filter((each) => each.startsWith("funding"))).toEqual([
      "funding 0.0001 14400000",
      "funding -0.0002 28800000",
    ]);
    expect(tape.at[found.indexOf("funding 0.0001 14400000")]).toBe(14_340_000);
  });

  it("lays marks beside them", () => {
    const tape = withFunding(candles, sol.id, [], [{ at: 5, mark: 100.25 }]);
    expect(messagesOf(tape)[1]).toBe("mark 100.25 100.25");
  });

  it("refuses a market that is not there, and rates that are there already", () => {
    expect(() => withFunding(candles, "backpack:NONE", [])).toThrow(/the tape has backpack:SOL_USDC_PERP/);
    const rates = [
      { at: 14_400_000, rate: 0.0001 },
      { at: 28_800_000, rate: 0.0002 },
    ];
    expect(() => withFunding(withFunding(candles, sol.id, rates), sol.id, rates)).toThrow(/funding of/);
  });

  it("joins one rate to a book", () => {
    const book = tapeOf(
      [sol],
      [
        [
          ["reset", 0, 0, 0],
          ["bid", 0, 1, 1],
        ],
      ],
    );
    expect(messagesOf(withFunding(book, sol.id, [{ at: 3_600_000, rate: 0.0001 }]))).toHaveLength(2);
  });
});
