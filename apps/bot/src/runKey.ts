// What a run is known by in its journal: whose it is, and how it was set up.
import { createHash } from "node:crypto";
import { canonicalJson } from "@bp/journal";
import type { Recipe } from "./wire-up.ts";

/**
 * What must be equal for a run to go on: all accounts, all markets, the recipe but for what a new run does once.
 *
 * @param accounts - names as `accountNameOf` gives them, in the order of the configuration
 */
export function runKeyOf(accounts: readonly string[], recipe: Recipe): string {
  const { once: _, ...lasting } = recipe;
  const identity = canonicalJson([accounts, lasting]); // the markets are in its parameters
  return createHash("sha256").update(identity).digest("hex").slice(0, 32);
}
