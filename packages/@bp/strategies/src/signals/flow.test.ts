import { type Level, lots, ticks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Touch } from "../touch.ts";
import { orderFlow } from "./flow.ts";

const level = (price: number, size: number): Level => [ticks(price), lots(size)];
const touch = (bid: number, bidSize: number, ask: number, askSize: number): Touch => ({
  bid: level(bid, bidSize),
  ask: level(ask, askSize),
});
const before = touch(100, 5, 102, 7);

describe("orderFlow", () => {
  it.each([
    ["a bid that grows", touch(100, 8, 102, 7), 3],
    ["a bid that shrinks", touch(100, 1, 102, 7), -4],
    ["a better bid, all of it new", touch(101, 2, 102, 7), 2],
    ["a bid that is gone", touch(99, 9, 102, 7), -5],
    ["an ask that grows", touch(100, 5, 102, 9), -2],
    ["an ask that was bought", touch(100, 5, 103, 4), 7],
    ["a better ask", touch(100, 5, 101, 3), -3],
    ["nothing", before, 0],
  ])("%s", (_, after, flow) => {
    expect(orderFlow(before, after)).toBe(flow);
  });

  const any = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }), fc.nat(99), fc.nat(99))
    .map(([bid, spread, bidSize, askSize]) => touch(bid, bidSize + 1, bid + spread, askSize + 1));
  const turned = ({ bid, ask }: Touch) => touch(100 - ask[0], ask[1], 100 - bid[0], bid[1]);

  it("has the other sign seen from the other side", () => {
    fc.assert(
      fc.property(any, any, (first, second) => {
        expect(orderFlow(turned(first), turned(second)) + orderFlow(first, second)).toBe(0);
      }),
    );
  });

  it("does not depend on the price level", () => {
    fc.assert(
      fc.property(any, any, fc.nat(1_000), (first, second, by) => {
        const up = ({ bid, ask }: Touch) => touch(bid[0] + by, bid[1], ask[0] + by, ask[1]);
        expect(orderFlow(up(first), up(second))).toBe(orderFlow(first, second));
      }),
    );
  });
});
