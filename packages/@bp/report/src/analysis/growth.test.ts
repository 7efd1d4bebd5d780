// What is earned as a share of the capital: by days that were whole, and through nothing.
import { describe, expect, it } from "vitest";
import { chineseOf } from "../chinese/chinese.ts";
import { perp, type Scene, scene } from "../scene.fixture.ts";
import { createAnalyst } from "./analyst.ts";

const dayMs = 86_400_000;

/** Bought at 100 of a capital of 1,000. */
function held(size: string): Scene {
  const log = scene();
  log.book("99.9", "100.1");
  log.trade("buy", "100", size);
  return log;
}

/** The mid, so much later. */
function later(log: Scene, ms: number, mid: number): void {
  log.now += ms;
  log.book(`${mid - 0.1}`, `${mid + 0.1}`);
}

function analysed(log: Scene) {
  const analyst = createAnalyst({ instruments: [perp], capital: "1000" });
  for (const entry of log.entries) analyst.entry(entry);
  const analysis = analyst.analysis({ run: "r", mode: "memory" });
  return { analysis, value: (key: string) => analysis.metrics.find((each) => each.key === key)?.value };
}

describe("a run whose equity went through nothing", () => {
  const log = held("20");
  for (const mid of [40, 130, 130.1]) later(log, 5_000, mid);
  const { analysis, value } = analysed(log);

  it("earned what it earned, a share of its capital", () => {
    expect(value("net-profit")).toBeCloseTo(602, 9);
    expect(value("total-return")).toBeCloseTo(0.602, 12);
    expect(value("excess-return")).toBeCloseTo(0.602 - 0.301, 9);
    expect(value("max-drawdown")).toBeCloseTo(-1.2, 12); // 1,200 below a high of 1,000
  });

  it("has no ratio of returns, and says why", () => {
    for (const key of [
      "volatility",
      "sharpe",
      "sortino",
      "omega",
      "cagr",
      "calmar",
      "expected-daily",
      "kelly-leverage",
    ])
      expect([key, value(key)]).toEqual([key, null]);
    expect([value("worst-day"), value("sharpe-low"), value("probabilistic-sharpe")]).toEqual([null, null, null]);
    const why = analysis.meta.lacks.find((each) => each.startsWith("equity was at 0 or below"));
    expect(why).toBeDefined();
    expect(chineseOf(why ?? "")).toMatch(/^權益曾為零或負/);
    expect(JSON.stringify(analysis)).not.toMatch(/NaN|Infinity/);
  });
});

describe("what a usual day earns", () => {
  it("is not known after ten minutes", () => {
    const log = held("1");
    later(log, 600_000, 110);
    const { value } = analysed(log);
    expect(["daily", "monthly", "yearly"].map((each) => value(`expected-${each}`))).toEqual([null, null, null]);
    expect(value("total-return")).toBeCloseTo(0.01, 12);
  });

  it("is the mean of whole days: the first and the last one are cut", () => {
    const log = held("1"); // at 12:00
    const half = dayMs / 2;
    for (const [ms, mid] of [
      [half - 1_000, 120],
      [dayMs, 130],
      [dayMs, 150],
      [half - 5_000, 190],
    ] as const)
      later(log, ms, mid);
    const { analysis, value } = analysed(log);
    expect(analysis.days.map((day) => day.profit)).toEqual([20, 10, 20, 40].map((each) => expect.closeTo(each, 6)));
    expect(value("expected-daily")).toBeCloseTo((1.05 / 1.02) ** 0.5 - 1, 9);
    expect(value("expected-yearly")).toBeCloseTo((1.05 / 1.02) ** 182.5 - 1, 6);
    expect(value("best-day")).toBeCloseTo(0.04 / 1.05, 9);
  });
});

describe("the first market, held", () => {
  it("is not known where it never had a price, and begins with its first one", () => {
    const log = scene();
    log.event({ type: "timer.fired", name: "beat" });
    expect(analysed(log).value("benchmark-return")).toBeNull();
    later(log, 60_000, 100);
    later(log, 60_000, 102);
    expect(analysed(log).value("benchmark-return")).toBeCloseTo(0.02, 12);
  });
});
