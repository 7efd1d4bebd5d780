// What a change of parameters is judged by.
import type { Instrument } from "@bp/core";
import type { Engine } from "@bp/engine";
import type { BotConfig } from "../config/botConfig.ts";
import type { Recipe } from "../wire-up.ts";

/** The run whose parameters are to change. */
export interface ChangeTerms {
  readonly engine: Engine;
  /** That it began with. */
  readonly recipe: Recipe;
  readonly instruments: readonly Instrument[];
  readonly config: Pick<BotConfig, "place" | "allowNegativeEdge">;
}
