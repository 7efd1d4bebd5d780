import { describe, expect, it } from "vitest";
import type { Brief, RunLine } from "../../contract/index.ts";
import { shownRuns } from "./shownRuns.ts";

const aRun: RunLine = { id: "r1", bot: "b1", place: "sandbox", strategy: "maker", markets: [], started: 1_000 };
const brief: Brief = {
  state: "running",
  strategy: "maker",
  markets: [],
  quote: "USDC",
  net: "-1.87",
  volume: "4200",
  fills: 12,
  maxDrawdown: "2",
  warnings: [],
};

describe("shownRuns", () => {
  it("has the figures of a bot for the run that it has in hand", () => {
    expect(shownRuns([aRun], [{ alive: true, run: "r1", brief }])).toEqual([{ ...aRun, fate: "open", brief }]);
    expect(shownRuns([aRun], [{ alive: true, run: "r1" }])).toEqual([{ ...aRun, fate: "open" }]);
  });

  it("says of a run whose bot has crashed that it is unfinished, and not that it goes on", () => {
    const fateOf = (...bots: Parameters<typeof shownRuns>[1] & object) => shownRuns([aRun], bots)[0]?.fate;
    expect(fateOf({ alive: false, run: "r1", brief })).toBe("unfinished");
    expect(fateOf({ alive: true, run: "r2", brief })).toBe("unfinished");
    expect(fateOf()).toBe("unfinished");
  });

  it("says nothing of it while nobody knows which bots there are", () => {
    expect(shownRuns([aRun], undefined)[0]?.fate).toBe("unknown");
  });

  it("says nothing of one whose bot has just gone: its journal may have its end by now", () => {
    expect(shownRuns([{ ...aRun, inHand: true }], [])[0]?.fate).toBe("unknown");
  });

  it("leaves one that has ended as its journal has it", () => {
    const ended = { ...aRun, ended: 5_000 };
    expect(shownRuns([ended], [{ alive: true, run: "r1", brief }])).toEqual([{ ...ended, fate: "ended" }]);
  });
});
