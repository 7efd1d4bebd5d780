import { describe, expect, it } from "vitest";
import { alertWords } from "./words.ts";

describe("alertWords", () => {
  it("says in Chinese what this program says of a halt, and leaves what a rule says", () => {
    const words = alertWords("zh");
    expect(words.halted("Telegram chat 42 asked for it")).not.toMatch(/asked|chat/);
    expect(words.ended("halted: Telegram chat 42 asked for it", 3, "-")).not.toMatch(/halted|asked/);
    expect(words.halted("fell 0.33")).toContain("fell 0.33");
  });
});
