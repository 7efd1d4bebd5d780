import { describe, expect, it } from "vitest";
import { asking, hold, passed, perp, quote, told, world } from "../scene.fixture.ts";
import { whenHalted } from "./whenHalted.ts";

describe("whenHalted", () => {
  it("lets only reductions through after a halt", () => {
    const w = world();
    w.positions[perp.id] = 50;
    const wishes = [quote("buy", 14_962, 5), quote("sell", 15_038, 5), hold(0)];
    const { judge } = asking([whenHalted()], w);
    expect(passed(judge(wishes))).toHaveLength(3);
    w.halted = "daily-loss: lost 100";
    const judged = judge([...wishes.slice(0, 2), hold(80)]);
    expect(passed(judged)).toEqual(["sell 15038 x 5"]);
    expect(told(judged)).toEqual([
      "when-halted: halted: daily-loss: lost 100",
      "when-halted: halted: daily-loss: lost 100",
    ]);
    expect(passed(judge([hold(0)]))).toEqual(["hold 0"]);
  });
});
