// Each reason once.
import { describe, expect, it } from "vitest";
import { createSaid } from "./said.ts";

const remark = (why: string, slot = "a/buy") => ({ rule: "filters", slot, why });

describe("createSaid", () => {
  it("tells a reason once, and again when it changed or was gone", () => {
    const news = createSaid();
    expect(news([remark("too small")])).toHaveLength(1);
    expect(news([remark("too small")])).toEqual([]);
    expect(news([remark("closed")])).toHaveLength(1);
    expect(news([])).toEqual([]);
    expect(news([remark("closed")])).toHaveLength(1);
  });

  it("keeps slots apart", () => {
    const news = createSaid();
    news([remark("too small")]);
    expect(news([remark("too small"), remark("too small", "a/sell")])).toEqual([remark("too small", "a/sell")]);
  });
});
