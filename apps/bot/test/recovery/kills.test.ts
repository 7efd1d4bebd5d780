// The hedge on two venues, killed at persisted steps of it in a process of its own. The whole proof is `all.ts`, see docs/recovery.md.
import { describe, expect, it } from "vitest";
import { prove } from "./prove.ts";

const isLong = process.env["BP_LONG"] === "1";
const every = isLong ? 1 : 125;

describe("a hedge that is killed", () => {
  it(`at ${isLong ? "each" : `one in ${every}`} of its persisted steps, and again while it recovers, ends equal to both venues`, {
    timeout: isLong ? 36_000_000 : 600_000,
  }, async () => {
    const proof = await prove({ every, from: isLong ? 1 : 70 });
    expect(proof.wrong).toEqual([]);
    expect(proof.steps).toBeGreaterThanOrEqual(500);
    expect(proof.slowestMs).toBeLessThanOrEqual(5_000);
    expect(proof.kills).toBeGreaterThan((5 * proof.steps) / every);
    if (isLong) console.info(proof);
  });

  it("is back at once where nobody knows yet what was sent, and waits no longer than a request may travel", {
    timeout: 600_000,
  }, async () => {
    const proof = await prove({ every: isLong ? 25 : 400, from: 70, downMs: 100 });
    expect(proof.wrong).toEqual([]);
    expect(proof.slowestMs).toBeLessThanOrEqual(7_200);
  });
});
