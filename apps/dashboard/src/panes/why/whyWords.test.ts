import { describe, expect, it } from "vitest";
import type { WishNow } from "../../contract/index.ts";
import { en } from "../words/en.ts";
import { boundOf, outcomeOf, ruleText } from "./whyWords.ts";

const wish = (outcome: WishNow["outcome"]): WishNow => ({
  slot: "bid",
  market: "m",
  kind: "quote",
  price: "1",
  size: "1",
  outcome,
});
const outcomes: readonly WishNow["outcome"][] = ["works", "held", "trimmed", "waits", "unknown", "refused"];

describe("outcomeOf", () => {
  it("says each outcome by a word and by a sign, not by colour alone", () => {
    const said = outcomes.map((outcome) => outcomeOf(wish(outcome), en));
    expect(new Set(said.map(({ word }) => word)).size).toBe(outcomes.length);
    const bound = said.filter(({ tone }) => tone !== "good");
    expect(new Set(bound.map(({ sign }) => sign)).size).toBe(bound.length);
  });
});

describe("ruleText", () => {
  it("explains the rules of the house, and names those of others", () => {
    expect(ruleText("max-naked", en)).toBe("the other leg is not hedged yet");
    expect(ruleText("my-own-rule", en)).toBe("my-own-rule");
    expect(ruleText("toString", en)).toBe("toString");
  });
});

describe("boundOf", () => {
  it("counts what is not as it was wished", () => {
    expect(boundOf([{ wishes: outcomes.map(wish) }, { wishes: [] }])).toEqual({ bound: 4, all: 6 });
    expect(boundOf([])).toEqual({ bound: 0, all: 0 });
  });
});
