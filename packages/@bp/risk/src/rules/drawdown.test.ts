import { describe, expect, it } from "vitest";
import { asking, hold, passed, perp, quote, told, world } from "../scene.fixture.ts";
import { drawdown } from "./drawdown.ts";

describe("drawdown", () => {
  const start = () => {
    const w = world();
    w.positions[perp.id] = 5;
    const s = asking([drawdown("100")], w);
    const at = (profit: string) => {
      w.profit = profit;
      s.tell({ type: "timer.fired" });
    };
    return { at, ...s };
  };

  it("halts when profit is the limit below its highest point", () => {
    const { at, halted, judge } = start();
    at("40.5");
    at("-59.4");
    expect(halted()).toBeUndefined();
    at("-59.5");
    expect(halted()).toBe("drawdown: fell 100 from the highest profit 40.5, limit 100");
    const judged = judge([quote("buy", 14_962, 5), hold(0)]);
    expect([passed(judged), told(judged)]).toEqual([
      ["hold 0"],
      ["drawdown: fell 100 from the highest profit 40.5, limit 100"],
    ]);
  });

  it("counts a first loss from nothing, and anew when a person resumes", () => {
    const { at, halted, tell } = start();
    at("-100");
    expect(halted()).toBeDefined();
    tell({ type: "operator.asked", ask: "resume" });
    at("-199");
    expect(halted()).toBeUndefined();
    at("-200");
    expect(halted()).toBe("drawdown: fell 100 from the highest profit -100, limit 100");
  });
});
