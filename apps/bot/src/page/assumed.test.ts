// What stands between a run and a market is said in both languages.
import { type Models, modelLines, usualModels } from "@bp/backtest";
import { chineseOf } from "@bp/report";
import { describe, expect, it } from "vitest";
import { assumedBy } from "./assumed.ts";

const latencies: readonly Models["latency"][] = [
  { kind: "constant", upMs: 20, downMs: 30 },
  { kind: "drawn", floorMs: 20, meanMs: 15 },
  { kind: "table", rows: [[0, 1, 2]] },
];

describe("models and what they leave out", () => {
  it("have Chinese, whatever the stage and whatever a backtest is told", () => {
    const stages = (["paper", "sandbox", "memory", "live", "backtest"] as const).map(assumedBy);
    const told = latencies.flatMap((latency) =>
      (["pessimistic", "high-first", "low-first", "nearest-first"] as const).flatMap((path) =>
        ["prints", "share:2", "log"].flatMap((queue) => [
          ...modelLines({ ...usualModels, queue, latency, candles: { path, volumeShare: 0.1 } }),
          ...modelLines({ ...usualModels, latency, feed: "latency", fees: { maker: "0.0001", taker: "0.0004" } }),
        ]),
      ),
    );
    const all = [...stages.flatMap(({ models, lacks }) => [...models, ...lacks]), ...told];
    expect(all.filter((each) => /[a-z]{3,} [a-z]{2,}/i.test(chineseOf(each)))).toEqual([]);
    expect(all.filter((each) => chineseOf(each) === each)).toEqual([]);
  });
});
