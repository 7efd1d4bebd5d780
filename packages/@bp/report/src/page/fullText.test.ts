import { describe, expect, it } from "vitest";
import { analysisFixture } from "./analysis.fixture.ts";
import { fullText } from "./fullText.ts";

const look = { language: "en", paint: "plain" } as const;

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

  it("says how many rows it does not show", () => {
    expect(fullText(analysisFixture({ rows: 120 }), look)).toContain("+ 80 more");
  });

  it("cleans names of what would steer a terminal", () => {
    const text = fullText(analysisFixture({ run: "a\u001b[2Jb", markets: ["x\u001b]0;y\u0007"] }), look);
    for (const steering of ["\u001b", "\u0007"]) expect(text).not.toContain(steering);
  });

  it("speaks Chinese", () => {
    expect(fullText(analysisFixture(), { ...look, language: "zh" })).toContain("盈虧來源");
  });
});
