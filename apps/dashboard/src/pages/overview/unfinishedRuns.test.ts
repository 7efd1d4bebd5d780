import { describe, expect, it } from "vitest";
import type { RunLine } from "../../contract/index.ts";
import { unfinishedRuns } from "./unfinishedRuns.ts";

const aRun: RunLine = { id: "r1", bot: "j1", place: "sandbox", strategy: "maker", markets: ["m"], started: 1_000 };
const ids = (runs: readonly RunLine[], ...inHand: readonly string[]) =>
  unfinishedRuns(runs, new Set(inHand)).map(({ id }) => id);

describe("unfinishedRuns", () => {
  it("are those without an end that no bot has", () => {
    expect(ids([aRun])).toEqual(["r1"]);
    expect(ids([{ ...aRun, ended: 2_000 }])).toEqual([]);
  });

  it("leave out one that a bot has in hand, whoever knows it first: the door or the list of bots", () => {
    expect(ids([{ ...aRun, inHand: true }])).toEqual([]);
    expect(ids([aRun], "r1")).toEqual([]);
  });

  it("are of each journal and kind the newest: a later run has taken its place", () => {
    const later: RunLine = { ...aRun, id: "r2", started: 2_000 };
    expect(ids([{ ...later, ended: 3_000 }, aRun])).toEqual([]);
    expect(ids([{ ...later, inHand: true }, aRun])).toEqual([]);
    expect(ids([later, aRun])).toEqual(["r2"]);
    expect(ids([{ ...later, ended: 3_000, bot: "j2" }, aRun])).toEqual(["r1"]);
    expect(ids([{ ...later, ended: 3_000, markets: ["n"] }, aRun])).toEqual(["r1"]);
  });

  it("are none of what runs in memory, or was no bot's", () => {
    expect(ids([{ ...aRun, place: "memory" }])).toEqual([]);
    expect(ids([{ ...aRun, place: "backtest" }])).toEqual([]);
    expect(ids([{ ...aRun, place: "live" }])).toEqual(["r1"]);
  });
});
