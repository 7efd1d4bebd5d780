import { describe, expect, it } from "vitest";
import {
  fixed,
  lengthText,
  metricText,
  momentText,
  moneyText,
  percentText,
  plainNumber,
  signed,
  unknown,
} from "./numbers.ts";

describe("fixed and signed", () => {
  it("part thousands and keep the digits that are asked for", () => {
    expect(fixed(1_234_567.891, 2)).toBe("1,234,567.89");
    expect(fixed(-1_234, 0)).toBe("-1,234");
    expect(signed(0.5, 2)).toBe("+0.50");
    expect(signed(-0.001, 2)).toBe("0.00");
    expect(fixed(-0.001, 2)).toBe("0.00");
    expect(signed(0.001, 2)).toBe("0.00");
  });

  it("know what is no number", () => {
    for (const each of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) expect(fixed(each, 2)).toBe(unknown);
  });
});

describe("moneyText", () => {
  it("keeps the digits of exact money, two at least and eight at most", () => {
    expect(moneyText("1234.5")).toBe("+1,234.50");
    expect(moneyText("-0.123456789")).toBe("-0.12345679");
    expect(moneyText("0")).toBe("0.00");
  });

  it("shows no text that is no decimal", () => {
    for (const each of ["", "NaN", "1e9", "<b>", `1.${"0".repeat(60)}`]) expect(moneyText(each)).toBe(unknown);
  });
});

describe("metricText", () => {
  it("names the unit", () => {
    expect(metricText({ value: 0.0123, unit: "fraction" }, "USDC")).toBe("1.230 %");
    expect(metricText({ value: 12.5, unit: "quote" }, "USDC")).toBe("12.500 USDC");
    expect(metricText({ value: 90_000, unit: "ms" }, "USDC")).toBe("1.5 min");
    expect(metricText({ value: 1_234, unit: "count" }, "USDC")).toBe("1,234");
    expect(metricText({ value: 1.25, unit: "bps" }, "USDC")).toBe("1.250 bps");
    expect(metricText({ value: 0, unit: "moment" }, "USDC")).toBe("1970-01-01 00:00:00");
    expect(metricText({ value: null, unit: "ratio" }, "USDC")).toBe(unknown);
  });
});

describe("other numbers", () => {
  it("are short and never in the way of a parser", () => {
    expect(lengthText(850)).toBe("850 ms");
    expect(lengthText(300_000)).toBe("5 min");
    expect(momentText(9e15)).toBe(unknown);
    expect(percentText(null)).toBe(unknown);
    expect(plainNumber(0.000012345678)).toBe("0.00001234568");
    expect(plainNumber(123_456.789)).toBe("123,456.8");
  });
});
