// What may follow what in the life of an order.
import { describe, expect, it } from "vitest";
import { type OrderState, orderAfter } from "./order.ts";

const states: readonly OrderState[] = ["placing", "open", "cancelling", "unknown"];

describe("orderAfter", () => {
  it("ends an order that was cancelled or expired, whatever we thought of it", () => {
    for (const state of states)
      expect([orderAfter(state, "order.cancelled"), orderAfter(state, "order.expired")]).toEqual(["gone", "gone"]);
  });

  it("opens an order that is accepted or filled in part", () => {
    for (const state of ["placing", "open", "unknown"] as const)
      expect([orderAfter(state, "order.accepted"), orderAfter(state, "order.filled")]).toEqual(["open", "open"]);
  });

  it("keeps cancelling while facts from before the cancel come in", () => {
    expect(orderAfter("cancelling", "order.accepted")).toBe("cancelling");
    expect(orderAfter("cancelling", "order.filled")).toBe("cancelling");
  });

  it("takes a doubted request as unknown, never as gone, and not as doubt of an order that has been seen to stand", () => {
    expect(states.map((state) => orderAfter(state, "order.doubted"))).toEqual([
      "unknown",
      "open",
      "unknown",
      "unknown",
    ]);
  });

  it("takes a refusal as the end of what never stood, but not of what stands", () => {
    expect(states.map((state) => orderAfter(state, "order.rejected"))).toEqual(["gone", "open", "cancelling", "gone"]);
  });
});
