import { describe, expect, it } from "vitest";
import { castTape } from "./cast.ts";
import { messagesOf } from "./files.fixture.ts";
import { marketOf, tapeOf } from "./tapes.fixture.ts";

const sol = marketOf("backpack:SOL_USDC_PERP");
const from = sol.id;
const tape = tapeOf(
  [sol],
  [
    [
      ["reset", 0, 0, 0],
      ["bid", 0, 15_000, 25],
      ["bid", 0, 14_999, 40],
      ["bid", 0, 14_995, 7],
      ["ask", 0, 15_002, 30],
      ["ask", 0, 15_010, 4],
    ],
    [["sold", 1, 15_000, 3]],
    [["bid", 2, 14_999, 0]],
    [["mark", 3, 15_000.5, 15_001]],
    [["funding", 4, 0.0001, 3_600_000]],
    [["open", 5, 15_000, 8]],
    [["swing1", 6, 15_007, 14_993]],
  ],
);

describe("castTape", () => {
  it("changes nothing but the name where the grids are equal", () => {
    const as = marketOf("aster-futures:SOLUSDT", { maker: "0" });
    const cast = castTape(tape, [{ from, as }]);
    expect(cast.instruments).toMatchObject([{ id: "aster-futures:SOLUSDT", fees: { maker: "0" } }]);
    expect(messagesOf(cast)).toEqual(messagesOf(tape));
    expect(cast.lacks).toEqual([]);
  });

  it("gives back the same tape where nothing changes", () => {
    expect(castTape(tape, [{ from, as: sol }])).toBe(tape);
  });

  it("plays one market as several, and leaves out the others", () => {
    const other = marketOf("backpack:BTC_USDC_PERP");
    const two = tapeOf([sol, other], [[["bid", 0, 5, 1, 0]], [["bid", 0, 6, 1, 1]]]);
    const cast = castTape(two, [
      { from: other.id, as: marketOf("backpack:A") },
      { from: other.id, as: marketOf("backpack:B") },
    ]);
    expect(messagesOf(cast)).toEqual(["bid 6 1, bid 6 1"]);
    expect([...cast.markets]).toEqual([0, 1]);
  });

  it("multiplies prices where the tick is finer", () => {
    const as = marketOf("backpack:FINE", { tickSize: "0.001", lotSize: "0.01" });
    expect(messagesOf(castTape(tape, [{ from, as }])).slice(0, 2)).toEqual([
      "reset 0 0, bid 150000 250, bid 149990 400, bid 149950 70, ask 150020 300, ask 150100 40",
      "sold 150000 30",
    ]);
  });

  it("refuses prices that the new market cannot have", () => {
    const as = marketOf("backpack:COARSE", { tickSize: "0.1" });
    expect(() => castTape(tape, [{ from, as }])).toThrow(/149\.99 of backpack:SOL_USDC_PERP is not a multiple of 0\.1/);
  });

  it("rounds them away from the middle where it is asked to, and adds up levels that fall together", () => {
    const as = marketOf("backpack:COARSE", { tickSize: "0.1" });
    const cast = castTape(tape, [{ from, as, round: true }]);
    expect(messagesOf(cast)).toEqual([
      "reset 0 0, bid 1500 25, bid 1499 47, ask 1501 34", // 40 and 7 below 150.00; 150.02 and 150.10
      "sold 1500 3",
      "bid 1499 7", // one of two is gone: the other one is still there
      "mark 1500.05 1500.1",
      "funding 0.0001 3600000",
      "open 1500 8",
      "swing1 1501 1499",
    ]);
    expect(cast.lacks).toEqual([
      "6 prices are finer than the tick 0.1 of backpack:COARSE and were rounded away from the middle",
    ]);
  });

  it("rounds sizes down and says so; less than a lot is one lot of a level and no print", () => {
    const as = marketOf("backpack:BIG", { lotSize: "2" });
    const cast = castTape(tape, [{ from, as }]);
    expect(messagesOf(cast).slice(0, 3)).toEqual([
      "reset 0 0, bid 15000 1, bid 14999 2, bid 14995 1, ask 15002 1, ask 15010 1",
      "bid 14999 0",
      "mark 15000.5 15001",
    ]);
    expect(cast.lacks).toEqual([
      "6 sizes are finer than the lot 2 of backpack:BIG and were rounded down",
      "2 of them were levels of less than one lot of backpack:BIG and count as one lot",
      "1 of them were prints of less than one lot of backpack:BIG and were left out",
    ]);
  });

  it("knows markets of a thousand coins", () => {
    const shib = marketOf("backpack:SHIB_USDC", { tickSize: "0.00000001", lotSize: "1", base: "SHIB" });
    const one = tapeOf([shib], [[["bid", 0, 1_234, 5_000_000]]]); // 0.00001234
    const as = marketOf("aster-futures:1000SHIBUSDT", { tickSize: "0.00001", lotSize: "1", base: "1000SHIB" });
    expect(messagesOf(castTape(one, [{ from: shib.id, as, priceTimes: "1000", sizeTimes: "0.001" }]))).toEqual([
      "bid 1234 5000",
    ]);
  });

  it("pays a perpetual in the recorded intervals", () => {
    const paid = tapeOf([{ ...sol, fundingIntervalMs: 28_800_000 }], [[["funding", 4, 0.0001, 3_600_000]]]);
    const [as] = castTape(paid, [{ from, as: marketOf("backpack:OTHER") }]).instruments;
    expect(as).toMatchObject({ fundingIntervalMs: 28_800_000 });
  });

  it("names the markets that there are", () => {
    expect(() => castTape(tape, [{ from: "backpack:NONE", as: sol }])).toThrow(
      /backpack:NONE: the tape has backpack:SOL_USDC_PERP/,
    );
  });

  it("refuses factors that are no decimals above 0", () => {
    expect(() => castTape(tape, [{ from, as: sol, priceTimes: "0" }])).toThrow(/step/);
    expect(() => castTape(tape, [{ from, as: sol, sizeTimes: "1e3" }])).toThrow(/decimal/);
  });
});
