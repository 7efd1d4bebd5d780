import { describe, expect, it } from "vitest";
import { asking, hold, passed, perp, quote, told, world } from "../scene.fixture.ts";
import { dailyLoss } from "./dailyLoss.ts";

const day = 86_400_000;

describe("dailyLoss", () => {
  const start = () => {
    const w = world();
    w.now = 10 * day;
    w.positions[perp.id] = 5;
    const s = asking([dailyLoss("100")], w);
    const at = (profit: string, type: "mark.changed" | "book.changed" = "mark.changed") => {
      w.profit = profit;
      s.tell({ type });
    };
    return { w, at, ...s };
  };

  it("halts at the limit exactly, and lets only reductions through from then on", () => {
    const { at, halted, judge } = start();
    at("0");
    at("-99.99");
    expect(halted()).toBeUndefined();
    at("-100");
    expect(halted()).toBe("daily-loss: lost 100 since 00:00 UTC, limit 100");
    at("50");
    expect(halted()).toBeDefined();
    const judged = judge([quote("buy", 14_962, 5)]);
    expect([passed(judged), told(judged)]).toEqual([[], ["daily-loss: lost 100 since 00:00 UTC, limit 100"]]);
    expect(passed(judge([hold(0)]))).toEqual(["hold 0"]);
  });

  it("counts from the profit at midnight UTC", () => {
    const { w, at, halted } = start();
    at("300");
    w.now = 11 * day;
    at("250"); // the day begins here
    at("151");
    expect(halted()).toBeUndefined();
    at("150");
    expect(halted()).toBeDefined();
  });

  it("counts from 0 on the first day, so a loss before the first look is a loss", () => {
    const { at, halted } = start();
    at("-120");
    at("-120");
    expect(halted()).toBeDefined();
  });

  it("does not forget a breach at midnight, and counts anew when a person resumes", () => {
    const { w, at, halted, tell } = start();
    at("0");
    at("-100");
    w.now = 11 * day;
    at("-100");
    expect(halted()).toBeDefined();
    tell({ type: "operator.asked", ask: "resume" });
    expect(halted()).toBeUndefined();
    at("-199");
    expect(halted()).toBeUndefined();
    at("-200");
    expect(halted()).toBeDefined();
  });

  it("spares book changes the arithmetic", () => {
    const { at, halted } = start();
    at("0");
    at("-500", "book.changed");
    expect(halted()).toBeUndefined();
  });
});
