import { describe, expect, it } from "vitest";
import { tapeOfBars } from "./bars.ts";
import { checkText } from "./check/text.ts";
import { checkTape } from "./check.ts";
import { marketOf, type Row, tapeOf } from "./tapes.fixture.ts";

const sol = marketOf("backpack:SOL_USDC_PERP");
const book = (at: number, bid: number): Row[] => [
  ["reset", at, 0, 0],
  ["bid", at, bid, 1],
  ["ask", at, bid + 2, 1],
];

describe("checkTape", () => {
  it("counts what is there", () => {
    const report = checkTape(tapeOf([sol], [book(10, 100), [["sold", 30, 100, 1]], [["mark", 40, 1, 1]]]));
    expect(report).toMatchObject({ rows: 5, messages: 3, span: { from: 10, to: 40 }, clean: true });
    expect(report.markets).toMatchObject([{ market: sol.id, levels: 2, prints: 1, marks: 1, from: 10, to: 40 }]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it("finds gaps, and how long they last", () => {
    const messages = [
      book(0, 100),
      [["lost", 50, 0, 0] as const],
      book(80, 100),
      [["lost", 90, 0, 0] as const],
      [["sold", 95, 1, 1] as const],
    ];
    const { markets, clean } = checkTape(tapeOf([sol], messages));
    expect(markets).toMatchObject([
      {
        gaps: 2,
        lostMs: 35,
        gapsAt: [
          { from: 50, to: 80 },
          { from: 90, to: undefined },
        ],
      },
    ]);
    expect(clean).toBe(false);
  });

  it("finds books that cross, once a message is over", () => {
    const messages: Row[][] = [
      book(0, 100),
      [
        ["bid", 5, 102, 1],
        ["ask", 5, 102, 0],
        ["ask", 5, 104, 1],
      ],
      [["bid", 9, 105, 1]],
    ];
    expect(checkTape(tapeOf([sol], messages)).markets).toMatchObject([{ crossed: 1, crossedAt: [9] }]);
  });

  it("finds silence in a market with a book, not in one with prints alone", () => {
    const prints: Row[][] = [[["sold", 0, 1, 1]], [["sold", 200_000, 1, 1]]];
    expect(checkTape(tapeOf([sol], [book(0, 100), ...prints])).markets).toMatchObject([
      { silences: 1, silencesAt: [{ from: 0, to: 200_000 }] },
    ]);
    expect(checkTape(tapeOf([sol], prints)).markets).toMatchObject([{ silences: 0 }]);
    expect(checkTape(tapeOf([sol], [book(0, 100), ...prints]), { silentMs: 300_000 }).clean).toBe(true);
  });

  it("finds candles that are missing or there twice", () => {
    const bar = (at: number) => ({ at, open: 100, high: 105, low: 98, close: 101, volume: 7 });
    const { markets } = checkTape(tapeOfBars(sol, [0, 60_000, 240_000].map(bar), 60_000));
    expect(markets).toMatchObject([
      { candles: 3, candleMs: 60_000, missing: 2, silencesAt: [{ from: 120_000, to: 240_000 }] },
    ]);
    const twice = tapeOf([sol], [[["open", 0, 5, 1]], [["open", 0, 5, 1]]]);
    expect(checkTape(twice)).toMatchObject({ clean: false, markets: [{ repeated: 1 }] });
  });

  it("finds values that cannot be, and markets that are not there", () => {
    const messages: Row[][] = [
      [["sold", 0, 0, 1]],
      [["sold", 0, 1.5, 1]],
      [["bid", 0, 5, -1]],
      [["mark", 0, Number.NaN, 1]],
      [["swing1", 0, 4, 6]],
      [["sold", 0, 1, 1, 7]],
    ];
    expect(checkTape(tapeOf([sol], messages))).toMatchObject({
      foreign: 1,
      clean: false,
      markets: [{ impossible: 5 }],
    });
  });

  it("finds a venue's clock that goes back, and rows out of order in a tape that was made by others", () => {
    const tape = tapeOf([sol], [[["sold", 10, 1, 1]], [["sold", 20, 1, 2]]]);
    const changed = { ...tape, at: Float64Array.of(20, 10), venueAt: Float64Array.of(20, 10) };
    expect(checkTape(changed)).toMatchObject({ outOfOrder: 1, markets: [{ backwards: 1, backwardsMs: 10 }] });
  });

  it("has nothing to say of an empty tape", () => {
    expect(checkTape(tapeOf([], []))).toMatchObject({ rows: 0, span: undefined, clean: true });
  });
});

describe("checkText", () => {
  it("says it in lines, those to look at with a mark", () => {
    const tape = tapeOf(
      [sol],
      [book(0, 100), [["lost", 50, 0, 0]], book(80, 100), [["bid", 90, 105, 1]]],
      ["no prints"],
    );
    expect(checkText(checkTape(tape)).split("\n")).toEqual([
      "1970-01-01T00:00:00.000Z .. 1970-01-01T00:00:00.090Z, 90 ms",
      expect.stringMatching(/^8 rows in 4 messages, digest [0-9a-f]{16}$/),
      "backpack:SOL_USDC_PERP: 5 level changes; 1970-01-01T00:00:00.000Z .. 1970-01-01T00:00:00.090Z",
      "! 1 gaps, the book is not known for 30 ms: 1970-01-01T00:00:00.050Z for 30 ms",
      "! crossed after 1 messages: 1970-01-01T00:00:00.090Z",
      "cannot show: no prints",
      "look at the lines that begin with !",
    ]);
  });

  it("says when nothing is wrong", () => {
    expect(checkText(checkTape(tapeOf([sol], [book(0, 100)])))).toMatch(/nothing wrong was found$/);
  });
});
