import { describe, expect, it } from "vitest";
import { createShortcuts } from "./shortcuts.ts";

const press = (key: string, at = 0, more: { readonly isTyped?: boolean; readonly hasModifier?: boolean } = {}) => ({
  key,
  at,
  hasModifier: false,
  isTyped: false,
  ...more,
});

describe("createShortcuts", () => {
  it("goes to a page with two keys, and does not take the second for an act", () => {
    const read = createShortcuts();
    expect(read(press("g", 0))).toBeUndefined();
    expect(read(press("p", 500))).toEqual({ go: "params" });
    expect(read(press("p", 600))).toEqual({ act: "pause" });
  });

  it("forgets the first key after a while", () => {
    const read = createShortcuts();
    read(press("g", 0));
    expect(read(press("l", 2_000))).toBeUndefined();
  });

  it("does nothing while somebody types or means the browser", () => {
    const read = createShortcuts();
    expect(read(press("k", 0, { isTyped: true }))).toBeUndefined();
    expect(read(press("p", 0, { hasModifier: true }))).toBeUndefined();
  });
});
