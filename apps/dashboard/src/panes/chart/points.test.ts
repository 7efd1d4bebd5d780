import { describe, expect, it } from "vitest";
import type { History } from "../../contract/index.ts";
import { aFrame, aMarket, noon } from "../frame.fixture.ts";
import { createPoints } from "./points.ts";

const market = aMarket().id;
const second = noon / 1_000;
const at = (seconds: number, more = {}) => {
  const frame = aFrame({ markets: [aMarket(more)] });
  return { ...frame, run: { ...frame.run, marketNow: noon + seconds * 1_000 } };
};
const history: History = {
  at: [second - 2, second - 1],
  net: [0, null],
  volume: [0, 0],
  markets: [{ market, mid: [150, 151], bid: [149.9, 150.9], ask: [150.1, null], position: [0, 1] }],
  fills: [],
  news: [],
};

describe("createPoints", () => {
  it("has one point a second, the last word on it", () => {
    const points = createPoints();
    expect(points.add(at(0))).toBe(true);
    expect(points.add(at(0.5))).toBe(false);
    expect(points.add(at(0.9, { bids: [["150.08", "1"]] }))).toBe(true);
    expect(points.add(at(1))).toBe(true);
    expect(points.of(market)).toMatchObject([
      { at: second, bid: 150.08 },
      { at: second + 1, bid: 150.1, net: 1.095 },
    ]);
  });

  it("joins history and what came while it was asked for, in order", () => {
    const points = createPoints();
    points.add(at(0));
    points.load(history);
    expect(points.of(market).map(({ at }) => at - second)).toEqual([-2, -1, 0]);
    points.load(history); // after a reconnection
    expect(points.of(market)).toHaveLength(3);
    expect(points.of(market)[1]).toEqual({ at: second - 1, mid: 151, bid: 150.9, ask: null, position: 1, net: null });
  });

  it("draws nothing where nothing is known", () => {
    const points = createPoints();
    const { position: _, ...unknown } = aMarket({ bids: [] });
    points.add({ ...at(0), markets: [unknown] });
    expect(points.of(market)[0]).toMatchObject({ mid: null, bid: null, ask: 150.12, position: null });
    expect(points.of("another")).toEqual([]);
  });

  it("does not go back with a clock that was set back", () => {
    const points = createPoints();
    points.add(at(10));
    expect(points.add(at(5))).toBe(false);
    expect(points.of(market)).toHaveLength(1);
  });
});
