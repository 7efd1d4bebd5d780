import { describe, expect, it } from "vitest";
import type { Alert } from "./alert.ts";
import { createTold } from "./told.ts";

const alert = (text: string): Alert => ({ kind: "link", topic: "backpack", text, at: 0 });

describe("createTold", () => {
  it("lets a loss and its end through at once, and holds what follows until the window is over", () => {
    const told = createTold();
    expect([told.now(alert("lost"), 0), told.now(alert("back"), 1_000)]).toEqual([0, 0]);
    expect([told.now(alert("lost"), 2_000), told.now(alert("back"), 3_000), told.now(alert("lost"), 4_000)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(told.due(599_999)).toEqual([]);
    expect(told.due(600_000)).toEqual([[alert("lost"), 3]]); // how it is in the end is always told
    expect(told.due(1_300_000)).toEqual([]);
  });

  it("keeps nothing of topics whose window is over", () => {
    const told = createTold();
    expect(told.now(alert("lost"), 0)).toBe(0);
    expect(told.now(alert("lost"), 1)).toBeUndefined();
    expect(told.due(600_001)).toEqual([[alert("lost"), 1]]);
    expect(told.now(alert("lost"), 1_200_002)).toBe(0);
  });
});
