// When a figure of a year may stand alone.
import { describe, expect, it } from "vitest";
import { compareRuns } from "../compare/compare.ts";
import { compareText } from "../compare/text.ts";
import { fullText } from "../page/fullText.ts";
import { reportPage } from "../page/page.ts";
import { perp, scene } from "../scene.fixture.ts";
import { createAnalyst } from "./analyst.ts";
import { isShortRun } from "./yearly.ts";

const dayMs = 86_400_000;
const look = { language: "en", paint: "plain" } as const;
const options = { chart: { script: "", style: "" }, sha256: () => "", language: "en" } as const;
const why = "under 30 days, or fewer than 30 changes of equity";

/** A position whose price moves once in each step. */
function run(steps: number, stepMs: number) {
  const log = scene();
  const analyst = createAnalyst({ instruments: [perp], capital: "1000" });
  log.book("99.99", "100.01");
  log.now += 10;
  log.trade("buy", "99.99", "2");
  for (let step = 1; step <= steps; step++) {
    log.now += stepMs;
    const mid = 100 + (step % 7) * 0.1;
    log.book((mid - 0.01).toFixed(2), (mid + 0.01).toFixed(2));
  }
  for (const entry of log.entries) analyst.entry(entry);
  return analyst.analysis({ run: "r", mode: "live" });
}

describe("isShortRun", () => {
  it("wants 30 days and 30 changes", () => {
    const moves = Array.from({ length: 30 }, () => 0.01);
    expect(isShortRun(30 * dayMs, moves)).toBe(false);
    expect(isShortRun(30 * dayMs - 1, moves)).toBe(true);
    expect(isShortRun(400 * dayMs, [...moves.slice(1), 0, 0])).toBe(true);
    expect(isShortRun(Number.NaN, moves)).toBe(true);
  });
});

describe("a figure of a year", () => {
  it("of three minutes is no tile, and marked with its reason wherever it is listed", () => {
    const short = run(180, 1_000);
    const cautious = short.metrics.filter(({ caution }) => caution === "short").map(({ key }) => key);
    expect(cautious).toContain("sharpe");
    expect(cautious).toContain("volatility");
    expect(cautious).not.toContain("max-drawdown");
    const page = reportPage(short, options);
    expect(page).toMatch(/夏普<\/span><\/dt><dd>– <small><span lang="en">too short a run/);
    expect(fullText(short, look)).toMatch(new RegExp(`Sharpe +-?[\\d.,]+ † +\\[1\\][\\s\\S]*† ${why}`));
    const text = compareText(short, [compareRuns(short, short)], look);
    expect(text).toMatch(/Sharpe † /);
    expect(text).toContain(`† ${why}`);
  });

  it("of forty days stands alone", () => {
    const long = run(960, 3_600_000);
    expect(long.metrics.filter(({ caution }) => caution !== undefined)).toEqual([]);
    expect(reportPage(long, options)).not.toContain("<small>");
    expect(fullText(long, look)).not.toContain("†");
    expect(compareText(long, [compareRuns(long, long)], look)).not.toContain("†");
  });
});
