// The text form of an analysis.
import { describe, expect, it } from "vitest";
import { createAnalyst } from "../analysis/analyst.ts";
import { perp, scene } from "../scene.fixture.ts";
import { analysisText } from "./analysis.ts";

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

describe("analysisText", () => {
  it("shows every figure, the split that adds up, markouts and what the run leaves out", () => {
    const analysis = analysed();
    const text = analysisText(analysis, "en");
    expect(text).toMatch(/RUN +run-7 \(paper\)/);
    expect(text).toContain("queue positions are a model");
    expect(text).toMatch(/Spread captured +\+0\.0400 +\+0\.0400 +\+0\.0400 +\+0\.0400/);
    expect(text).toMatch(/Adverse selection +0\.0000 +0\.0000 +0\.0000 +\+0\.2000/);
    expect(text).toMatch(/Fees +-0\.0200/);
    expect(text).toMatch(/Rebates +\+0\.0100/);
    expect(text).toMatch(/Change of equity +\+0\.2300/);
    expect(text).toMatch(/Missing +0 +0 +0 +0/);
    expect(text).toMatch(/Win rate +100\.0000 %/);
    expect(text.split("\n").filter((line) => line.endsWith(" "))).toEqual([]);
    expect(analysis.metrics.length).toBeGreaterThanOrEqual(60);
    expect(analysis.metrics.filter(({ how }) => how.length < 4)).toEqual([]);
  });

  it("is as complete in Chinese", () => {
    const analysis = analysed();
    const text = analysisText(analysis, "zh");
    expect(text).toMatch(/逆選擇 +0\.0000/);
    expect(text).toMatch(/夏普/);
    expect(text.split("\n")).toHaveLength(analysisText(analysis, "en").split("\n").length);
    const english = analysis.metrics.filter(({ name }) => /^[a-z ]{13,}$/.test(name) && text.includes(name));
    expect(english).toEqual([]);
  });

  it("is plain JSON that survives being written and read", () => {
    const analysis = analysed();
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  });
});
