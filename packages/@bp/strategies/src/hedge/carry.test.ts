import { Big } from "@bp/core";
import { describe, expect, it } from "vitest";
import { asterRate, backpackRate, breakEvenHours, carryOf, carryPays, fundingOf } from "./carry.ts";

describe("fundingOf", () => {
  it("lets longs pay and shorts receive a positive rate", () => {
    expect(fundingOf("-10", "1.72", "0.0001").toFixed()).toBe("0.00172");
    expect(fundingOf("10", "1.72", "0.0003").toFixed()).toBe("-0.00516");
    expect(fundingOf("-10", "1.72", "-0.0001").toFixed()).toBe("-0.00172");
  });
});

describe("carryOf", () => {
  const at = (...hours: number[]) => hours.map((hour) => hour * 3_600_000);
  const settled = (times: readonly number[], rate: string) =>
    times.map((each) => ({ at: each, rate, notional: "17.2" }));

  it("is what the short receives less what the long pays, of exactly the settlements inside", () => {
    const long = settled(at(8, 16), "0.0003");
    const short = settled(at(7, 8, 9, 10), "0.0001");
    const [from, to] = at(8, 9) as [number, number];
    expect(carryOf(long, short, { from, to }).toFixed()).toBe("-0.00172"); // 2 · 0.00172 - 0.00516
    expect(carryOf([], short, { from: 0, to: to * 2 }).toFixed()).toBe("0.00688");
  });

  it("agrees with the scenario of the two venues", () => {
    const [stamp] = at(16) as [number];
    const carry = carryOf(settled([stamp], "0.0003"), settled([stamp], "0.0001"), { from: 0, to: stamp });
    expect(carry.toFixed()).toBe("-0.00344");
  });

  it("changes its sign when the sides change", () => {
    const a = settled(at(8), "0.0003");
    const b = settled(at(8), "-0.0002");
    const all = { from: 0, to: 1e12 };
    expect(
      carryOf(a, b, all)
        .plus(carryOf(b, a, all))
        .toFixed(),
    ).toBe("0");
  });
});

describe("carryPays", () => {
  it("asks for more than costs and margin together", () => {
    expect(carryPays(new Big("0.05"), "0.0189", "0.03")).toBe(true);
    expect(carryPays(new Big("0.0489"), "0.0189", "0.03")).toBe(false);
  });
});

describe("breakEvenHours", () => {
  it("is costs over the carry of an hour, and never for one that costs", () => {
    expect(breakEvenHours("0.0189", "0.00172")?.toFixed(4)).toBe("10.9884");
    expect(breakEvenHours("0.0189", "0")).toBeUndefined();
    expect(breakEvenHours("0.0189", "-1")).toBeUndefined();
  });
});

describe("asterRate", () => {
  it("is 0.005 % for a premium of 0.02 % every four hours", () => {
    expect(asterRate("0.0002", 4).toFixed()).toBe("0.00005");
  });

  it("pulls no further than 0.05 %", () => {
    expect(asterRate("0.0001", 8).toFixed()).toBe("0.0001"); // the interest itself
    expect(asterRate("0.002", 8).toFixed()).toBe("0.0015");
    expect(asterRate("-0.002", 8).toFixed()).toBe("-0.0015");
  });
});

describe("backpackRate", () => {
  it("is a 24th of the day's", () => {
    expect(backpackRate("0.0024").toFixed()).toBe("0.0001");
  });
});
