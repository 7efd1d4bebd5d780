import { decimal, instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import { lotsNear, ticksNear, ticksWithFraction } from "./onGrid.ts";

const sol = instrument({ id: "mine:SOL", kind: "spot", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" });

describe("ticksWithFraction", () => {
  it("shows no noise of floats where there is no fraction", () => {
    expect(["98.94", "98.945"].map((text) => ticksWithFraction(decimal(text), sol))).toEqual([9894, 9894.5]);
  });
});

describe("ticksNear and lotsNear", () => {
  it("read what is on the grid, and round and tell what is not", () => {
    const troubles: string[] = [];
    const tell = ({ code }: { readonly code: string }) => troubles.push(code);
    expect(ticksNear(decimal("98.94"), sol, tell)).toBe(9894);
    expect(lotsNear(decimal("1.50"), sol, tell)).toBe(150);
    expect(troubles).toEqual([]);
    expect(ticksNear(decimal("98.947"), sol, tell)).toBe(9895);
    expect(lotsNear(decimal("1.504"), sol, tell)).toBe(150);
    expect(troubles).toHaveLength(2);
  });
});
