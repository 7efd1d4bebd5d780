import { describe, expect, it } from "vitest";
import { maker } from "./maker.ts";
import { strategies, strategyNamed } from "./names.ts";

describe("strategyNamed", () => {
  it("finds every strategy under its own name", () => {
    for (const [name, strategy] of Object.entries(strategies)) expect(strategy.name).toBe(name);
    expect(strategyNamed("maker")).toBe(maker);
  });

  it("lists the names it knows when asked for another", () => {
    expect(() => strategyNamed("makr")).toThrow(/^strategy: found "makr", expected one of .*\bmaker\b/);
    expect(() => strategyNamed("toString")).toThrow("expected one of");
  });
});
