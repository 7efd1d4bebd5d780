// How long a slot waits after a refusal.
import { millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createRests, type RestReason } from "./rests.ts";

const quoted = { slot: "a/sell", price: 15_000, tif: "gtx" };
const held = { slot: "a/hold:x", price: 15_000, tif: "ioc" };

/** The pauses after refusals that follow each other as soon as the slot is free, in ms. */
function pausesOf(order: typeof quoted, reason: RestReason, times: number): number[] {
  const rests = createRests();
  let now = 0;
  return Array.from({ length: times }, () => {
    const from = now;
    rests.refused(order, reason, millis(now));
    while (rests.resting(order.slot, order.price, millis(now))) now += 50;
    return now - from;
  });
}

describe("createRests", () => {
  it("does not keep a slot waiting that was never refused", () => {
    expect(createRests().resting("a/sell", 15_000, millis(0))).toBe(false);
  });

  it("lets an order that would take be priced anew at once, three orders in all, then it waits", () => {
    const rests = createRests();
    rests.refused(quoted, "would-take", millis(0)); // 150.00 was refused, the bid is 150.02
    expect(rests.resting("a/sell", 15_003, millis(0))).toBe(false);
    rests.refused({ ...quoted, price: 15_003 }, "would-take", millis(10));
    expect(rests.resting("a/sell", 15_004, millis(10))).toBe(false);
    rests.refused({ ...quoted, price: 15_004 }, "would-take", millis(20));
    expect(rests.resting("a/sell", 15_005, millis(20))).toBe(true);
    expect(rests.resting("a/sell", 15_005, millis(4_020))).toBe(false);
  });

  it("never sends the price again at once that was just refused", () => {
    const rests = createRests();
    rests.refused(quoted, "would-take", millis(0));
    expect([rests.resting("a/sell", 15_000, millis(999)), rests.resting("a/sell", 15_000, millis(1_000))]).toEqual([
      true,
      false,
    ]);
  });

  it("does not try another price when the price was not the reason", () => {
    const rests = createRests();
    rests.refused(quoted, "no-funds", millis(0));
    expect(rests.resting("a/sell", 15_010, millis(4_999))).toBe(true);
  });

  it("doubles the pause with each refusal, up to 30 s for quotes and 5 s for holds", () => {
    expect(pausesOf(quoted, "other", 6)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(pausesOf(held, "other", 4)).toEqual([2_000, 4_000, 5_000, 5_000]);
    expect(pausesOf(held, "filled-what-it-could", 6)).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000]);
  });

  it("starts afresh after a trade, and after a long time", () => {
    const rests = createRests();
    rests.refused(quoted, "other", millis(0));
    rests.refused(quoted, "other", millis(2_000));
    rests.worked("a/sell");
    expect(rests.resting("a/sell", 15_000, millis(2_001))).toBe(false);
    rests.refused(quoted, "other", millis(3_000));
    rests.refused(quoted, "other", millis(100_000));
    expect([
      rests.resting("a/sell", 15_000, millis(101_999)),
      rests.resting("a/sell", 15_000, millis(102_000)),
    ]).toEqual([true, false]);
  });

  it("keeps slots apart", () => {
    const rests = createRests();
    rests.refused(quoted, "other", millis(0));
    expect(rests.resting("b/sell", 15_000, millis(1))).toBe(false);
  });
});
