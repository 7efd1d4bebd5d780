// Why a wish is not placed as it was wished, in a few words.
import type { StrategyNow, WishNow } from "../../contract/index.ts";
import type { PaneWords } from "../words/en.ts";

/** What became of a wish. @returns its word, a sign that says the same without colour, and the class of its colour */
export function outcomeOf(
  { outcome }: Pick<WishNow, "outcome">,
  words: PaneWords,
): { readonly word: string; readonly sign: string; readonly tone: string } {
  switch (outcome) {
    case "works":
      return { word: words["why.works"], sign: "✓", tone: "good" };
    case "held":
      return { word: words["why.held"], sign: "✓", tone: "good" };
    case "trimmed":
      return { word: words["why.trimmed"], sign: "◐", tone: "warn" };
    case "waits":
      return { word: words["why.waits"], sign: "…", tone: "warn" };
    case "unknown":
      return { word: words["why.doubt"], sign: "?", tone: "bad" };
    case "refused":
      return { word: words["why.refused"], sign: "✕", tone: "bad" };
  }
}

/** A rule as a person reads it; one that has no words keeps its name. */
export function ruleText(rule: string, words: PaneWords): string {
  const known: Readonly<Record<string, string>> = words;
  return known[`rule.${rule}`] ?? rule;
}

/** How many wishes are bound, of how many: what a compact line says. */
export function boundOf(strategies: readonly Pick<StrategyNow, "wishes">[]): {
  readonly bound: number;
  readonly all: number;
} {
  const wishes = strategies.flatMap((strategy) => strategy.wishes);
  return {
    bound: wishes.filter(({ outcome }) => outcome !== "works" && outcome !== "held").length,
    all: wishes.length,
  };
}
