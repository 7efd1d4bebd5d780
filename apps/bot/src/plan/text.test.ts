import { describe, expect, it } from "vitest";
import type { Plan } from "./shape.ts";
import { planText } from "./text.ts";

const plan: Plan = {
  place: "paper",
  resumes: "r1",
  markets: [],
  holdings: [],
  foreign: [],
  orders: [],
  needs: [],
  worst: [],
  limits: { maxOpenOrders: 8, priceBand: 0.05, staleMs: 3_000, rate: { orders: 10, windowMs: 1_000 } },
  protections: [],
  estimates: [],
  rates: [],
  conflicts: [],
  blocking: [],
  warnings: [],
};

describe("planText", () => {
  it("is in the script that is asked for", () => {
    expect(planText(plan, "hant").join("\n")).toMatch(/^計劃 \(paper\) · 繼續執行 r1/);
    expect(planText(plan, "hans").join("\n")).toMatch(/^计划 \(paper\) · 继续运行 r1/);
  });
});
