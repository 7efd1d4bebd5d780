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
  it("shows what one step differs by, however little or much it is", () => {
    expect(noiseSentence(noise, "USDC").en).toContain("+0.000000235 % / 1 min [-0.000000012 %, 0 %]");
    expect(noiseSentence({ ...noise, unit: "quote" }, "USDC").zh).toContain("+0.00000000235 USDC / 1 min");
    const large = { ...noise, unit: "quote", difference: 12_345.678, low: 12_310.2, high: 12_381.5 } as const;
    expect(noiseSentence(large, "USDC").en).toContain("+12,345.68 USDC / 1 min [+12,310.20 USDC, +12,381.50 USDC]");
  });
});
