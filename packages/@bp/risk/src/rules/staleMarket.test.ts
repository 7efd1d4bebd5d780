import { describe, expect, it } from "vitest";
import { asking, hold, passed, perp, quote, told, world } from "../scene.fixture.ts";
import { staleMarket } from "./staleMarket.ts";

describe("staleMarket", () => {
  it("refuses everything, reductions too, once the book is older than the limit", () => {
    const w = world();
    w.positions[perp.id] = 50;
    const { judge } = asking([staleMarket(5_000)], w);
    w.now += 5_000;
    expect(passed(judge([quote("buy", 14_962, 5), hold(0)]))).toHaveLength(2);
    w.now += 1;
    const judged = judge([quote("buy", 14_962, 5), hold(0)]);
    expect([passed(judged), told(judged)[0]]).toEqual([
      [],
      `stale-market: the book of ${perp.id} is older than 5000 ms`,
    ]);
  });

  it("refuses everything while the book is unknown", () => {
    const w = world();
    w.bid = undefined;
    w.ask = undefined;
    expect(told(asking([staleMarket()], w).judge([hold(1)]))).toEqual([
      `stale-market: the book of ${perp.id} is unknown`,
    ]);
  });
});
