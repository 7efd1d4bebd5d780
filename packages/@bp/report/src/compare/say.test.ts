import { describe, expect, it } from "vitest";
import type { Noise } from "./noise.ts";
import { noiseSentence } from "./say.ts";

const noise: Noise = {
  verdict: "more-than-noise",
  difference: 2.345e-9,
  level: 0.95,
  low: -1.2e-10,
  high: 0,
  p: 0.5,
  unit: "fraction",
  steps: 240,
  stepMs: 60_000,
  paired: true,
};

describe("noiseSentence", () => {
  it("shows what one step differs by, however little it is", () => {
    expect(noiseSentence(noise, "USDC").en).toContain("+0.000000235 % / 1 min [-0.000000012 %, 0 %]");
    expect(noiseSentence({ ...noise, unit: "quote" }, "USDC").zh).toContain("+0.00000000235 USDC / 1 min");
  });
});
