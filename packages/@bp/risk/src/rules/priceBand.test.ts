import type { InstrumentId } from "@bp/core";
import { describe, expect, it } from "vitest";
import { asking, far, hold, passed, perp, perp2, quote, told, world } from "../scene.fixture.ts";
import { priceBand } from "./priceBand.ts";

describe("priceBand", () => {
  const band = priceBand(0.05);

  it("keeps quotes and the worst price of holds within a fraction of the mid", () => {
    const { judge } = asking([band], world());
    expect(passed(judge([quote("buy", 14_250, 1), quote("sell", 15_750, 1)]))).toHaveLength(2);
    const judged = judge([quote("buy", 14_249, 1), quote("sell", 15_751, 1), hold(-1, 14_249)]);
    expect(passed(judged)).toEqual([]);
    expect(told(judged)[1]).toBe("price-band: price 142.49 is more than 5 % away from the market");
  });

  it("takes a fresh mark where the book has only one side, and refuses without either", () => {
    const w = world();
    w.ask = undefined;
    const { judge } = asking([band], w);
    const ask = () => passed(judge([quote("buy", 11_000, 1)])).length;
    expect(ask()).toBe(0);
    w.mark = { price: 11_500, at: w.now };
    expect(ask()).toBe(1);
    w.mark = { price: 11_500, at: w.now - 5_001 };
    expect(told(judge([quote("buy", 11_000, 1)]))).toEqual([
      "price-band: no fresh price of backpack:SOL_USDC_PERP to compare with",
    ]);
  });

  it("does not trust the mid of an old book", () => {
    const w = world();
    w.now += 5_001;
    expect(passed(asking([band], w).judge([quote("buy", 15_000, 1)]))).toEqual([]);
  });

  it("has a band of its own for each market that is named, and the narrowest for others", () => {
    const w = world();
    const { judge } = asking([priceBand({ [perp.id]: 0.05, [far.id]: 0.5 })], w);
    const lowest = (instrument: InstrumentId) =>
      [14_250, 14_249].map((price) => passed(judge([quote("buy", price, 1, { instrument })])).length);
    expect([lowest(perp.id), lowest(far.id), lowest(perp2.id)]).toEqual([
      [1, 0],
      [1, 1],
      [1, 0],
    ]);
  });
});
