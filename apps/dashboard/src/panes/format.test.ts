import { describe, expect, it } from "vitest";
import { clock, duration, figure, money, number, percent, price, tone, utc } from "./format.ts";

describe("number", () => {
  it("groups, signs and rounds without a float in between", () => {
    expect(number("-1234567.5")).toBe("−1,234,567.5");
    expect(number("9007199254740993.01", { places: 2 })).toBe("9,007,199,254,740,993.01");
    expect(number("0.005", { places: 2 })).toBe("0.01");
    expect(number("-0.995", { places: 2 })).toBe("−1.00");
    expect(number("1234", { places: 0 })).toBe("1,234");
    expect(number("2", { places: 2, signed: true })).toBe("+2.00");
    expect(number("1.50")).toBe("1.50");
    expect(number("1e-7")).toBe("0.0000001");
  });

  it("tells nothing from not known", () => {
    expect(number("0", { places: 2, signed: true })).toBe("0.00");
    expect(number("-0.001", { places: 2, signed: true })).toBe("0.00");
    expect(number(undefined)).toBe("–");
    expect(number("1 / 5")).toBe("1 / 5");
  });
});

describe("money, price, figure", () => {
  it("has more digits where there is less", () => {
    expect([money("12.345"), money("0.01234"), money("-.5", true), money("0"), money(undefined)]).toEqual([
      "12.35",
      "0.0123",
      "−0.5000",
      "0.00",
      "–",
    ]);
  });

  it("writes a price as its tick is written", () => {
    expect(price("150.1", "0.01")).toBe("150.10");
    expect(price("150.12345", "0.01")).toBe("150.1235");
    expect(price("64000", "1")).toBe("64,000");
    expect(price(undefined, "1")).toBe("–");
  });

  it("does not make a number of none", () => {
    expect([figure(undefined, 1), figure(Number.NaN, 1), percent(undefined), percent(0.1234)]).toEqual([
      "–",
      "–",
      "–",
      "12.3 %",
    ]);
  });
});

describe("times", () => {
  it("has two units at most", () => {
    expect([0, 840, 4_250, 59_999, 200_000, 7_500_000, 273_600_000, -5].map(duration)).toEqual([
      "0 ms",
      "840 ms",
      "4.2 s",
      "59 s",
      "3 min 20 s",
      "2 h 5 min",
      "3 d 4 h",
      "0 ms",
    ]);
    expect(duration(undefined)).toBe("–");
  });

  it("names the day where it is another one", () => {
    const at = new Date(2026, 2, 1, 23, 59, 5).getTime();
    expect(clock(at)).toBe("23:59:05");
    expect(clock(at, at + 60_000)).toBe("03-01 23:59:05");
    expect(utc(0)).toBe("1970-01-01 00:00:00.000 UTC");
    expect(utc(Number.NaN)).toBe("–");
  });
});

describe("tone", () => {
  it("is none for nothing and for what is not known", () => {
    expect(["1", "-1", "0.00", undefined].map(tone)).toEqual(["good", "bad", "", ""]);
  });
});
