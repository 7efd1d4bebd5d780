import { describe, expect, it } from "vitest";
import { anOrder } from "../frame.fixture.ts";
import { en } from "../words/en.ts";
import { chipParts, chipTold } from "./chip.ts";

const own = { order: anOrder(), rest: "1.5", queue: 0.4 };

describe("chipParts", () => {
  it("says side, what is left of how much, and the place in the queue", () => {
    expect(chipParts(own)).toEqual([
      { as: "plain", text: "▲" },
      { as: "strong", text: "1.5" },
      { as: "small", text: "/2" },
      { as: "queue", share: 0.4 },
      { as: "ahead", text: "3.2" },
    ]);
  });

  it("marks what does not rest yet, or no longer, by a sign and says nothing of a queue that is not known", () => {
    const { ahead: _, ...order } = anOrder({ state: "cancelling", filled: "0", side: "sell" });
    const said = chipParts({ order, rest: "2" }).map((part) => ("text" in part ? part.text : part.as));
    expect(said).toEqual(["▼", "2", "↘"]);
  });

  it("has its price where it stands on no line of its own", () => {
    expect(chipParts(own, "0.01")[1]).toEqual({ as: "plain", text: "150.10" });
  });
});

describe("chipTold", () => {
  it("says all of it in words, its slot, and what a press does", () => {
    expect(chipTold(own, "SOL", "0.01", en).split("\n")).toEqual([
      "Buy 1.5 SOL @ 150.10",
      en["order.open"],
      "0.5 of 2 filled",
      "3.2 SOL ahead in the queue",
      en["order.postOnly"],
      "maker/bid",
      en.openDecision,
    ]);
  });
});
