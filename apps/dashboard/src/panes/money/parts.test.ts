import { describe, expect, it } from "vitest";
import { plus } from "../decimal.ts";
import { aFrame } from "../frame.fixture.ts";
import { markoutBars, sourcesOf } from "./parts.ts";

const { money } = aFrame();

describe("sourcesOf", () => {
  it("adds up to the net result", () => {
    const parts = sourcesOf(money);
    expect(parts.map(({ source, amount }) => [source, amount])).toEqual([
      ["spread", "2.4"],
      ["market", "-0.885"],
      ["fees", "-0.4"],
      ["funding", "-0.02"],
    ]);
    expect(parts.reduce<string | undefined>((sum, { amount }) => plus(sum, amount), "0")).toBe(money.net);
  });

  it("has a part for what coins taken as fees have gained since, where some were", () => {
    const parts = sourcesOf({ ...money, feeDrift: "-0.0014", net: "1.0936" });
    expect(parts.map(({ source }) => source)).toEqual(["spread", "market", "fees", "feeDrift", "funding"]);
    expect(parts.reduce<string | undefined>((sum, { amount }) => plus(sum, amount), "0")).toBe("1.0936");
  });

  it("measures all parts by the largest, with their sign", () => {
    expect(sourcesOf(money).map(({ share }) => Math.sign(share))).toEqual([1, -1, -1, -1]);
    expect(sourcesOf(money)[0]?.share).toBe(1);
    const none = { ...money, realized: "0", unrealized: "0", spread: "0", fees: "0", funding: "0" };
    expect(sourcesOf(none).map(({ share }) => share)).toEqual([0, 0, 0, 0]);
  });

  it("counts a rebate as earned", () => {
    expect(sourcesOf({ ...money, fees: "-0.1" })[2]?.amount).toBe("0.1");
  });
});

describe("markoutBars", () => {
  it("has no bar for what is not known", () => {
    const [first, second, third] = markoutBars(money.markouts.toReversed());
    expect(first).toMatchObject({ horizonMs: 1_000, share: 0.4 });
    expect(second).toMatchObject({ share: -0.9 });
    expect(third).toEqual({ horizonMs: 60_000, fills: 0 });
    expect(markoutBars([])).toEqual([]);
  });

  it("shrinks to the longest once that is above one hundredth of a percent", () => {
    expect(markoutBars([{ horizonMs: 1, bps: -4, fills: 1 }])[0]?.share).toBe(-1);
  });
});
