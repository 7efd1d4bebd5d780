import { describe, expect, it } from "vitest";
import { createAnalyst } from "../analysis/analyst.ts";
import { perp, scene } from "../scene.fixture.ts";
import { analysisFixture } from "./analysis.fixture.ts";
import { fullText } from "./fullText.ts";

const look = { language: "en", paint: "plain" } as const;

function analysed() {
  const log = scene();
  const analyst = createAnalyst({ instruments: [perp], capital: "1000" });
  log.book("99.99", "100.01");
  log.now += 1_000;
  log.trade("buy", "99.99", "2", { fee: "0.02" });
  log.now += 60_000;
  log.book("100.09", "100.11");
  log.now += 1_000;
  log.trade("sell", "100.11", "2", { fee: "-0.01" });
  log.now += 400_000;
  log.book("100.08", "100.12");
  for (const entry of log.entries) analyst.entry(entry);
  return analyst.analysis({ run: "run-7", mode: "paper", seed: 3, lacks: ["queue positions are a model"], trials: 1 });
}

describe("fullText", () => {
  it("has every figure with what it is made of, the split that adds up, and what is left out", () => {
    const analysis = analysisFixture();
    const text = fullText(analysis, look);
    for (const { name, how } of analysis.metrics) {
      expect(text).toContain(name);
      expect(text).toContain(how);
    }
    expect(text).toContain("✓ the parts add up");
    expect(text).toContain("our orders move no market");
    expect(text).toContain("ab".repeat(32));
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it("shows a run's own figures, part by part, and what they rest on", () => {
    const analysis = analysed();
    const text = fullText(analysis, look);
    expect(text).toMatch(/── run-7 .* paper ──/);
    expect(text).toMatch(/Spread captured +\+0\.04 +\+0\.04 +\+0\.04 +\+0\.04\n/);
    expect(text).toMatch(/Adverse selection +0\.00 +0\.00 +0\.00 +\+0\.20\n/);
    expect(text).toMatch(/Fees +-0\.02/);
    expect(text).toMatch(/Rebates +\+0\.01/);
    expect(text).toMatch(/Change of equity +\+0\.23/);
    expect(text).toMatch(/Win rate +100\.000 %/);
    expect(text).toContain("- capital: 1,000.00 USDC (as told)\n  - equity is looked at every: 1 s\n");
    expect(text).toContain("- orders: placed 2, filled 2\n");
    expect(text.split("\n").filter((line) => line.endsWith(" "))).toEqual([]);
    expect(analysis.metrics.length).toBeGreaterThanOrEqual(60);
    expect(analysis.metrics.filter(({ how }) => how.length < 4)).toEqual([]);
  });

  it("says how many rows it does not show", () => {
    expect(fullText(analysisFixture({ rows: 120 }), look)).toContain("+ 80 more");
  });

  it("cleans names of what would steer a terminal", () => {
    const text = fullText(analysisFixture({ run: "a\u001b[2Jb", markets: ["x\u001b]0;y\u0007"] }), look);
    for (const steering of ["\u001b", "\u0007"]) expect(text).not.toContain(steering);
  });

  it("is as complete in Chinese", () => {
    const analysis = analysed();
    const text = fullText(analysis, { ...look, language: "zh" });
    expect(text).toContain("盈虧來源");
    expect(text).toMatch(/逆選擇 +0\.00/);
    expect(text.split("\n")).toHaveLength(fullText(analysis, look).split("\n").length);
    const english = analysis.metrics.filter(({ name }) => new RegExp(`^ {2}${name} {3}`, "im").test(text));
    expect(english.map(({ name }) => name)).toEqual(["R²"]); // the same in both
  });
});
