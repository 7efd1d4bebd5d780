import { describe, expect, it } from "vitest";
import { anOrder } from "../frame.fixture.ts";
import type { Placed } from "./drawLine.ts";
import { createKeepFocused, keysOf } from "./focused.ts";

const placed = (slot: string, clientId: number): Placed => ({
  own: { order: anOrder({ slot, clientId }), rest: "1" },
  box: { left: 0, top: 0, width: 1, height: 1 },
});

describe("createKeepFocused", () => {
  it("keeps a button for the next order of its slot, a moment and no longer", () => {
    let now = 0;
    const keep = createKeepFocused(() => now);
    const [bid, ask] = [placed("maker/bid", 1), placed("maker/ask", 2)];
    expect(keep([bid, ask], "maker/bid")).toEqual([bid, ask]);
    now = 4_000;
    expect(keep([ask], "maker/bid")).toEqual([ask, bid]);
    expect(keep([ask], undefined)).toEqual([ask]); // the focus has gone on
    keep([bid, ask], "maker/bid");
    now = 8_999;
    expect(keep([ask], "maker/bid")).toEqual([ask, bid]);
    now = 9_000;
    expect(keep([ask], "maker/bid")).toEqual([ask]);
    const next = placed("maker/bid", 3);
    expect(keep([next, ask], "maker/bid")).toEqual([next, ask]);
  });
});

describe("keysOf", () => {
  it("knows a button by its slot, and the older of two orders there by its number", () => {
    expect(keysOf([placed("maker/bid", 1), placed("maker/bid", 3), placed("maker/ask", 2)])).toEqual([
      "maker/bid 1",
      "maker/bid",
      "maker/ask",
    ]);
  });
});
