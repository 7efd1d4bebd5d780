// From a configuration to an engine, by way of plain data: what a run was made of is kept in the journal, and makes it again.
import { BpError, type Instrument } from "@bp/core";
import { createEngine, type Engine } from "@bp/engine";
import { strategyNamed } from "@bp/strategies";
import { type Limits, rulesOf } from "./limits.ts";

/** Everything that an engine is made of, as JSON. Holds no secrets. */
export interface Recipe {
  readonly strategy: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
  readonly existing: "adopt" | "ignore";
  /** How long a request may stay on the wire, in ms of market time. */
  readonly graceMs: number;
  readonly askEveryMs: number;
}

/** An engine made by a recipe; the same recipe, run number and instruments make the same engine. */
export function engineOf(recipe: Recipe, instruments: readonly Instrument[], clientRun: number): Engine {
  return createEngine({
    run: clientRun,
    instruments,
    strategies: [{ strategy: strategyNamed(recipe.strategy), params: recipe.params }],
    rules: rulesOf(recipe.limits, instruments),
    existing: recipe.existing,
    graceMs: recipe.graceMs,
    askEveryMs: recipe.askEveryMs,
  });
}

/**
 * The instrument that a person means.
 *
 * @param symbol - `undefined`: the first one, for a venue that has only one (a recording)
 * @throws BpError `venue/unknown-symbol` with near matches
 */
export function instrumentNamed(
  instruments: readonly Instrument[],
  venue: string,
  symbol: string | undefined,
): Instrument {
  const found = symbol === undefined ? instruments[0] : instruments.find((each) => each.id === `${venue}:${symbol}`);
  if (found !== undefined) return found;
  if (symbol === undefined) throw new BpError("venue/unavailable", { venue, why: "it has no market" });
  const letters = symbol.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const known = instruments.map((each) => each.id.slice(venue.length + 1));
  const near = known.filter((each) => {
    const bare = each.replace(/[^A-Z0-9]/g, "");
    return bare.includes(letters) || letters.includes(bare) || bare.slice(0, 3) === letters.slice(0, 3);
  });
  throw new BpError("venue/unknown-symbol", { venue, symbol, near: near.slice(0, 5) });
}
