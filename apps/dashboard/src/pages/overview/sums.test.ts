import { describe, expect, it } from "vitest";
import type { BotNow, Brief } from "../../contract/index.ts";
import { countUntold, sumsOf } from "./sums.ts";

const brief = (net: string): Brief => ({
  state: "running",
  strategy: "maker",
  markets: [],
  quote: "USDC",
  net,
  volume: "10",
  fills: 2,
  maxDrawdown: "0",
  warnings: [],
});
const bot = (place: string, net?: string, more: Partial<BotNow> = {}) => ({
  place,
  role: "bot" as const,
  alive: true,
  ...(net === undefined ? {} : { brief: brief(net) }),
  ...more,
});

describe("sums of all bots", () => {
  it("are apart by place, real money first", () => {
    expect(sumsOf([bot("paper", "5"), bot("live", "-0.1"), bot("live", "0.3")])).toEqual([
      { place: "live", quote: "USDC", bots: 2, net: "0.2", volume: "20", fills: 4 },
      { place: "paper", quote: "USDC", bots: 1, net: "5", volume: "10", fills: 2 },
    ]);
  });

  it("say how many that may trade are not in them", () => {
    const bots = [
      bot("live", "1"),
      bot("live"),
      bot("live", undefined, { alive: false }),
      bot("live", undefined, { role: "supervisor" }),
    ];
    expect(countUntold(bots)).toBe(1);
  });
});
