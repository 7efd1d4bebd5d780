import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sequelOf, targetOf } from "./target.ts";

const perp = { id: "backpack:SOL_USDC_PERP", kind: "perp" } as const;
const klines = { kind: "klines", interval: "5m" } as const;
const venue = { door: { id: "backpack" }, isOwn: false } as const;
const own = { ...venue, isOwn: true };

describe("targetOf", () => {
  it("tells readers the market, and keeps what a sandbox made up apart from a venue's history", ({
    onTestFinished,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), "target-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const history = targetOf(folder, venue, perp, klines);
    expect(history).toBe(join(folder, "backpack-SOL_USDC_PERP-5m.klines.csv.gz"));
    writeFileSync(history, "months of it");
    expect(targetOf(folder, venue, perp, klines)).toBe(history); // is gone on with
    const made = targetOf(folder, own, perp, klines);
    expect(made).toBe(join(folder, "sandbox-backpack-SOL_USDC_PERP-5m.klines.csv.gz"));
    writeFileSync(made.replace(/gz$/, "part"), "");
    expect(() => targetOf(folder, own, perp, klines)).toThrow(/sandbox-.*\.part is of another sandbox.*another folder/);
    const spot = { id: "backpack:SOL_USDC", kind: "spot" } as const;
    expect(targetOf(folder, own, spot, { ...klines, kind: "trades" })).toMatch(
      /sandbox-backpack-spot-SOL_USDC\.trades\.csv\.gz$/,
    );
  });
});

describe("sequelOf", () => {
  it("promises that a command goes on where it does", () => {
    expect(sequelOf(venue)).toMatch(/the same command goes on/);
    expect(sequelOf(own)).not.toMatch(/goes on/);
    expect(sequelOf(own)).toMatch(/wants another --out/);
  });
});
