import { random } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../analysis/analysis.ts";
import { analysisFixture } from "../page/analysis.fixture.ts";
import { compareRuns } from "./compare.ts";
import { comparePage } from "./page.ts";
import { compareText } from "./text.ts";

const base = analysisFixture();
const look = { language: "en", paint: "plain" } as const;

/** The same run with an equity of its own. */
function earning(gain: (nth: number) => number, run = "other", parts: Partial<Analysis["meta"]> = {}): Analysis {
  let sum = 10_000;
  const value = base.series.equity.at.map((_, nth) => (sum += gain(nth)));
  return {
    ...base,
    meta: { ...base.meta, ...parts, run },
    series: { ...base.series, equity: { at: base.series.equity.at, value } },
  };
}

function noisy(seed: number, lean: number): (nth: number) => number {
  const chance = random(seed);
  return () => chance.normal() * 12 + lean;
}

describe("compareRuns", () => {
  it("finds a run equal to itself, in every figure", () => {
    const { noise, warnings, metrics, profit } = compareRuns(base, base);
    expect(noise).toMatchObject({ verdict: "equal", difference: 0, p: 1, paired: true });
    expect(warnings).toEqual([]);
    expect(metrics.every(({ difference }) => difference === null || difference === 0)).toBe(true);
    expect(profit.parts.every(({ difference }) => difference === "0")).toBe(true);
  });

  it("sees a small lead of a run that went through the same market", () => {
    const market = noisy(3, 0);
    const moves = base.series.equity.at.map((_, nth) => market(nth));
    const own = noisy(4, 2);
    const a = earning((nth) => moves[nth] ?? 0, "a");
    const b = earning((nth) => (moves[nth] ?? 0) + own(nth) / 12, "b");
    expect(compareRuns(a, b).noise).toMatchObject({ verdict: "more-than-noise", unit: "fraction", stepMs: 86_400_000 });
  });

  it("calls it noise, as often as it promises, where both earn the same on average", () => {
    const wrong = Array.from({ length: 100 }, (_, nth) =>
      compareRuns(earning(noisy(2 * nth + 100, 1), "a"), earning(noisy(2 * nth + 101, 1), "b")),
    ).filter(({ noise }) => noise.verdict === "more-than-noise");
    expect(wrong.length).toBeLessThanOrEqual(13); // 5 of 100 are promised; three standard errors above
  });

  it("raises its level for several comparisons", () => {
    const [a, b] = [earning(noisy(1, 0), "a"), earning(noisy(2, 2), "b")];
    const [one, five] = [compareRuns(a, b, 1).noise, compareRuns(a, b, 5).noise];
    expect(five.level).toBeCloseTo(0.99, 12);
    expect((five.high ?? 0) - (five.low ?? 0)).toBeGreaterThan((one.high ?? 0) - (one.low ?? 0));
  });

  it("compares runs of other times without pairing them, and says so", () => {
    const later = earning(noisy(5, 0), "later");
    const moved = {
      ...later,
      meta: { ...later.meta, from: later.meta.from + 1e10, to: later.meta.to + 1e10 },
      series: {
        ...later.series,
        equity: { ...later.series.equity, at: later.series.equity.at.map((each) => each + 1e10) },
      },
    };
    const { noise, warnings } = compareRuns(base, moved);
    expect(noise.paired).toBe(false);
    expect(warnings.map(({ en }) => en).join("\n")).toContain("different times");
  });

  it("refuses to judge what is too short", () => {
    const short = analysisFixture({ points: 8 });
    expect(compareRuns(short, short).noise).toMatchObject({ verdict: "too-short", difference: null });
    const none = { ...base, series: { ...base.series, equity: { at: [], value: [] } } };
    expect(compareRuns(base, none).noise.verdict).toBe("too-short");
  });

  it("warns of other data, models, markets, capital and seeds", () => {
    const other = earning(noisy(6, 0), "other", {
      dataDigest: "cd".repeat(32),
      models: ["queue: log", "latency: 20 ms there, 20 ms back", "seed: 1"],
      markets: ["aster-futures:BTCUSDT"],
      seed: 2,
      capital: { amount: "500", from: "balances" },
    });
    const { same, warnings } = compareRuns(base, other);
    expect(same).toEqual({
      data: false,
      models: false,
      seed: false,
      period: true,
      markets: false,
      mode: true,
      quote: true,
      capital: false,
      sampling: true,
    });
    const said = warnings.map(({ en }) => en);
    expect(said[0]).toBe("they ran over different data");
    expect(said).toContain('only the first was modelled by "queue: prints"');
    expect(said).toContain('only the other was modelled by "queue: log"');
  });

  it("subtracts no money of different assets", () => {
    const { metrics, profit, same } = compareRuns(base, earning(noisy(7, 0), "b", { quote: "USDT" }));
    expect(same.quote).toBe(false);
    expect(metrics.find(({ key }) => key === "net-profit")?.difference).toBeNull();
    expect(metrics.find(({ key }) => key === "sharpe")?.difference).toBe(0);
    expect(profit.parts.every(({ difference }) => difference === null)).toBe(true);
  });

  it("is plain JSON", () => {
    const comparison = compareRuns(base, earning(noisy(8, 0)));
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });
});

describe("compareText and comparePage", () => {
  const others = [earning(noisy(9, 0), "b"), earning(noisy(10, 0), "<img src=x onerror=alert(1)>", { quote: "USDT" })];
  const comparisons = others.map((each) => compareRuns(base, each, 2));

  it("show every figure of each, the difference, and the warnings", () => {
    const text = compareText(base, comparisons, look);
    expect(text).toMatch(/Sharpe +1\.840 +1\.840 +0\.00/);
    expect(text).toContain("! C: money is in different assets");
    expect(compareText(base, comparisons, { ...look, language: "zh" })).toContain("計價幣不同");
  });

  it("write names of others as text", () => {
    const options = { chart: { script: "", style: "" }, sha256: () => "x", language: "en" } as const;
    const page = comparePage([base, ...others], comparisons, options);
    expect(page).not.toContain("<img");
    expect(page).toContain("&lt;img");
    expect(() => comparePage([base], [], options)).toThrow(RangeError);
  });
});
