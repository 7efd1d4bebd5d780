// The failures: their codes, their sentences, and how they are told apart.
import { describe, expect, expectTypeOf, it } from "vitest";
import { BpError, type Failure, failures, isBpError } from "./errors.ts";

describe("failures", () => {
  it("has a code of the form domain/reason for each, grouped by domain", () => {
    const codes = Object.keys(failures);
    for (const code of codes) expect(code).toMatch(/^[a-z]+\/[a-z]+(-[a-z]+)*$/);
    const domains = codes.map((code) => code.split("/")[0]);
    const changes = domains.filter((domain, at) => domain !== domains[at - 1]);
    expect(changes.length).toBe(new Set(domains).size);
  });

  it("says for each what may be done next", () => {
    for (const { retry } of Object.values(failures)) expect(["never", "later", "unknown"]).toContain(retry);
  });

  it("never calls an order that may stand safe to repeat", () => {
    const unknown: Failure[] = ["transport/timeout", "transport/broken", "venue/unknown-outcome"];
    expect(unknown.map((code) => failures[code].retry)).toEqual(["unknown", "unknown", "unknown"]);
  });
});

describe("BpError", () => {
  it("carries code, context, advice, sentence and cause", () => {
    const cause = new Error("below");
    const error = new BpError("venue/rate-limited", { venue: "backpack", waitMs: 250 }, { cause });
    expect(error).toMatchObject({
      name: "BpError",
      code: "venue/rate-limited",
      context: { venue: "backpack", waitMs: 250 },
      retry: "later",
      message: "backpack asks us to wait 250 ms",
      cause,
    });
    expect(error).toBeInstanceOf(Error);
  });

  it("cuts what came from outside, so that a sentence stays a sentence", () => {
    const error = new BpError("grid/not-decimal", { value: `${"9".repeat(10_000)}x` });
    expect(error.message.length).toBeLessThan(200);
  });
});

describe("isBpError", () => {
  it("knows failures by their code", () => {
    const error: unknown = new BpError("transport/timeout", { url: "https://x", ms: 5 });
    expect([isBpError(error), isBpError(error, "transport/timeout"), isBpError(error, "transport/broken")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("turns away everything else", () => {
    const others: unknown[] = [new Error("x"), undefined, null, "BpError", { name: "BpError", code: "grid/off-grid" }];
    expect(others.map((other) => isBpError(other))).toEqual([false, false, false, false, false]);
  });

  it("knows one made by a second copy of this package", () => {
    class Copy extends Error {
      override readonly name = "BpError";
      readonly code = "grid/off-grid";
    }
    expect(isBpError(new Copy("x"), "grid/off-grid")).toBe(true);
  });

  it("gives the context its type", () => {
    const error: unknown = new BpError("transport/timeout", { url: "https://x", ms: 5 });
    const ms = isBpError(error, "transport/timeout") ? error.context.ms : undefined;
    expectTypeOf(ms).toEqualTypeOf<number | undefined>();
    expect(ms).toBe(5);
  });
});
