import { describe, expect, it } from "vitest";
import { type Holder, isInHand } from "./inHand.ts";

describe("isInHand", () => {
  const bot: Holder = { role: "bot", alive: true, run: "r1", journal: "/a.sqlite" };

  it("is true while a bot that lives has the run", () => {
    expect(isInHand("r1", "/a.sqlite", [bot])).toBe(true);
    expect(isInHand("r2", "/a.sqlite", [bot])).toBe(false);
    expect(isInHand("r1", "/a.sqlite", [{ ...bot, alive: false }])).toBe(false);
    expect(isInHand("r1", "/a.sqlite", [])).toBe(false);
  });

  it("is true of each run of a journal that a bot is about to begin with, and a supervisor begins none", () => {
    const { run: _, ...starting } = bot;
    expect(isInHand("r1", "/a.sqlite", [starting])).toBe(true);
    expect(isInHand("r1", "/b.sqlite", [starting])).toBe(false);
    expect(isInHand("r1", "/a.sqlite", [{ ...starting, role: "supervisor" }])).toBe(false);
  });
});
