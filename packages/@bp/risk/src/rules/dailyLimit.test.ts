import { describe, expect, it } from "vitest";
import { asking, far, hold, holding, passed, perp, quote, told, world } from "../scene.fixture.ts";
import { dailyLimit } from "./dailyLimit.ts";

const day = 86_400_000;

const start = (pairs: Parameters<typeof dailyLimit>[1]["pairs"] = []) => {
  const w = world();
  w.now = 10 * day;
  const s = asking([dailyLimit("200", { markets: [perp.id], pairs })], w);
  const at = (realized: string, more: Parameters<typeof holding>[2] = {}, size = 0) => {
    w.holdings[perp.id] = holding(size, "0", { realized, ...more });
    s.tell({ type: "order.filled" });
  };
  return { w, at, ...s };
};
const buy = quote("buy", 14_962, 5);

describe("dailyLimit", () => {
  it("S4.17 at a realised loss of 200.00 nothing new until the next day, reductions go on, and nothing halts", () => {
    const { w, at, judge, halted, tell } = start();
    at("-199.99");
    expect(passed(judge([buy]))).toHaveLength(1);
    at("-200");
    w.positions[perp.id] = 5;
    const judged = judge([buy, hold(0), quote("sell", 15_038, 5)]);
    expect(passed(judged)).toEqual(["hold 0"]);
    expect(told(judged)).toEqual([
      "daily-limit: took 200 of losses since 00:00 UTC, limit 200: nothing new until the next day",
      "daily-limit: took 200 of losses since 00:00 UTC, limit 200: nothing new until the next day", // the hold has closed all
    ]);
    expect(passed(judge([quote("sell", 15_038, 5)]))).toHaveLength(1);
    expect(halted()).toBeUndefined();
    tell({ type: "operator.asked", ask: "resume" });
    expect(passed(judge([buy]))).toHaveLength(0);
    w.now = 11 * day;
    tell({ type: "timer.fired" });
    expect(passed(judge([buy]))).toHaveLength(1);
    at("-399.99");
    expect(passed(judge([buy]))).toHaveLength(1);
    at("-400");
    expect(passed(judge([buy]))).toHaveLength(0);
  });

  it("S4.17 a profit of 200 stops nothing, and what it was gives room again", () => {
    const { at, judge } = start();
    at("200");
    expect(passed(judge([buy]))).toHaveLength(1);
    at("0.01");
    expect(passed(judge([buy]))).toHaveLength(1);
    at("-200");
    expect(passed(judge([buy]))).toHaveLength(0);
    at("-150"); // earned back by closing the rest
    expect(passed(judge([buy]))).toHaveLength(1);
  });

  it("counts fees and funding, and not what is open", () => {
    const { w, at, judge, tell } = start();
    w.profit = "-5000";
    at("-150", { fees: "30", funding: "-19.99" });
    tell({ type: "mark.changed" });
    expect(passed(judge([buy]))).toHaveLength(1);
    at("-150", { fees: "30", funding: "-20" });
    expect(passed(judge([buy]))).toHaveLength(0);
  });

  it("lets a hedge be finished", () => {
    const { w, at, judge } = start([[perp.id, far.id]]);
    at("-200");
    w.positions[perp.id] = -20;
    const hedge = (position: number) => hold(position, 15_076, { instrument: far.id });
    expect(passed(judge([hedge(2)]))).toEqual(["hold 2"]);
    expect(passed(judge([hedge(3)]))).toEqual([]);
  });
});
