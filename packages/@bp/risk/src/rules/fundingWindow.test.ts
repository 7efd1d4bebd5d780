import { describe, expect, it } from "vitest";
import { asking, far, hold, passed, perp, quote, spot, told, world } from "../scene.fixture.ts";
import { fundingWindow } from "./fundingWindow.ts";

const stamp = Date.UTC(2026, 0, 1, 16);
const minutes = 60_000;

const start = (paired = false) => {
  const w = world();
  const s = asking([fundingWindow({ beforeMs: 5 * minutes, pairs: paired ? [[perp.id, far.id]] : [] })], w);
  w.fundingAt[perp.id] = stamp;
  w.fundingAt[far.id] = stamp + 60 * minutes;
  return { w, ...s };
};
const buy = quote("buy", 14_962, 5);

describe("fundingWindow", () => {
  it("S3.16 301 s before the stamp trades, 300 s does not, and goes on once it has passed", () => {
    const { w, judge } = start();
    const at = (ms: number) => {
      w.now = stamp + ms;
      return passed(judge([buy])).length;
    };
    expect([at(-301_000), at(-300_000), at(-1), at(0), at(1)]).toEqual([1, 0, 0, 0, 1]);
  });

  it("says which market pays when", () => {
    const { w, judge } = start();
    w.now = stamp - 300_000;
    expect(told(judge([buy]))).toEqual([
      "funding-window: backpack:SOL_USDC_PERP pays funding at 16:00:00 UTC, in 5 min 0 s: nothing new in the last 5 min",
    ]);
  });

  it("follows a stamp that has passed by the market's interval, until the venue tells the next", () => {
    const { w, judge } = start();
    w.now = stamp + 55 * minutes; // hourly: the next is at 17:00
    expect(told(judge([buy]))[0]).toContain("at 17:00:00 UTC, in 5 min 0 s");
  });

  it("closes both legs of a pair at either's stamp, but for what reduces or hedges", () => {
    const { w, judge } = start(true);
    w.now = stamp - minutes;
    const other = quote("buy", 14_962, 1, { instrument: far.id });
    expect(passed(judge([other]))).toEqual([]);
    w.positions[perp.id] = -10;
    expect(passed(judge([hold(1, 15_076, { instrument: far.id })]))).toEqual(["hold 1"]);
    expect(passed(judge([hold(0, 15_076)]))).toEqual(["hold 0"]);
    expect(passed(start().judge([other]))).toHaveLength(1);
  });

  it("adds nothing to a perpetual whose stamp is not known; spot pays none", () => {
    const { judge } = asking([fundingWindow({ beforeMs: 5 * minutes })], world());
    expect(told(judge([buy]))).toEqual(["funding-window: the next funding of backpack:SOL_USDC_PERP is not known"]);
    expect(passed(judge([quote("buy", 14_962, 5, { instrument: spot.id })]))).toHaveLength(1);
  });
});
