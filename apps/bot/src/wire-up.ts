// From a configuration to an engine, by way of plain data: what a run was made of is kept in the journal, and makes it again.
import { BpError, type Instrument, type InstrumentId, symbolOf, venueOf } from "@bp/core";
import { createEngine, type Engine } from "@bp/engine";
import { strategyNamed } from "@bp/strategies";
import type { StrategyConfig } from "./config/botConfig.ts";
import { nearest } from "./config/complaint.ts";
import type { Source } from "./config/finding.ts";
import { type Limits, rulesOf } from "./limits.ts";

/** Everything that an engine is made of, as JSON. Holds no secrets. */
export interface Recipe {
  readonly strategies: readonly StrategyConfig[];
  /** What a new run does beside them, once: no part of what makes two recipes the same. */
  readonly once?: readonly StrategyConfig[] | undefined;
  readonly limits: Limits;
  readonly existing: "adopt" | "ignore" | "flatten";
  /** How long a request may stay on the wire, in ms of market time. */
  readonly graceMs: number;
  readonly askEveryMs: number;
}

/** An engine made by a recipe; the same recipe, run number and instruments make the same engine. */
export function engineOf(recipe: Recipe, instruments: readonly Instrument[], clientRun: number): Engine {
  return createEngine({
    run: clientRun,
    instruments,
    strategies: [...recipe.strategies, ...(recipe.once ?? [])].map(({ name, use, params }) => ({
      strategy: { ...strategyNamed(use), name },
      params,
    })),
    rules: rulesOf(recipe.limits, instruments),
    existing: recipe.existing,
    graceMs: recipe.graceMs,
    askEveryMs: recipe.askEveryMs,
    ...(recipe.limits.maxUnexplained === undefined ? {} : { maxUnexplained: recipe.limits.maxUnexplained }),
  });
}

/** The markets of a strategy, those that rest first. @throws what its schema throws */
export function marketsOf({ use, params }: StrategyConfig): readonly InstrumentId[] {
  const strategy = strategyNamed(use);
  return [...new Set(strategy.instruments(strategy.params.parse(params)))];
}

/**
 * The instrument of an id.
 *
 * @param known - all markets of all venues
 * @param source - who named it, for the complaint
 * @throws BpError with near matches: `config/invalid` where it is known who named it, else `venue/unknown-symbol`
 */
export function instrumentNamed(known: readonly Instrument[], id: InstrumentId, source?: Source): Instrument {
  const found = known.find((each) => each.id === id);
  if (found !== undefined) return found;
  const [venue, symbol] = [venueOf(id), symbolOf(id)];
  const letters = symbol.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const here = known.filter((each) => venueOf(each.id) === venue);
  const coins = nearest(
    symbol.split("_")[0] ?? "",
    here.map(({ base }) => base),
  );
  const near = here
    .filter((each) => {
      const bare = symbolOf(each.id).replace(/[^A-Z0-9]/g, "");
      const isAlike = bare.includes(letters) || letters.includes(bare) || bare.slice(0, 3) === letters.slice(0, 3);
      return isAlike || coins.includes(each.base);
    })
    .map((each) => symbolOf(each.id))
    .slice(0, 5);
  if (source === undefined) throw new BpError("venue/unknown-symbol", { venue, symbol, near });
  throw new BpError("config/invalid", {
    path: source.name,
    found: `${source.shown}, and ${venue} has no market ${JSON.stringify(symbol)}`,
    expected: "a market that it has",
    ...(near.length === 0 ? {} : { hint: `near matches: ${near.join(", ")}` }),
  });
}
