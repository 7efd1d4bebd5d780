// A plan from a configuration and a place to trade: asks the venues, lets the engine decide, sends nothing.
import { BpError, type Instrument, type InstrumentId, sizeText, venueOf } from "@bp/core";
import type { Checks } from "../checks.ts";
import type { BotConfig } from "../config/index.ts";
import { spansOf } from "../needs.ts";
import { type Preview, positionIn } from "../preview.ts";
import { marketsOf, type Recipe } from "../wire-up.ts";
import { planOf } from "./plan.ts";
import type { Plan } from "./shape.ts";

/** What a plan is made of besides what the venues told. */
export interface PlanMaking {
  readonly config: BotConfig;
  readonly instruments: readonly Instrument[];
  readonly recipe: Recipe;
  readonly preview: Preview;
  /** What the checks have said. */
  readonly checks: Checks;
  readonly resumed: string | undefined;
}

/** Makes it. */
export function makePlan({ config, instruments, recipe, preview, checks, resumed }: PlanMaking): Plan {
  return planOf({
    config,
    strategies: recipe.strategies,
    spans: new Map(recipe.strategies.map((each) => [each.name, spansOf(each, instruments)])),
    limits: recipe.limits,
    instruments,
    ...preview,
    markets: new Map(recipe.strategies.map((each) => [each.name, marketsOf(each)])),
    leverage: new Map(Object.entries(config.prepare.leverage ?? {}) as [InstrumentId, number][]), // its keys are such ids
    refusals: checks.refusals.map(({ message }) => message),
    warnings: [...checks.warnings, ...preparations(config)],
    resumed,
  });
}

/** What will be done to the accounts, in words. */
function preparations({ prepare: { leverage = {}, clearOrders = [], sellOff } }: BotConfig): readonly string[] {
  return [
    ...Object.entries(leverage).map(([id, times]) => `leverage of ${id} is set to ${times} before the first order`),
    ...clearOrders.map((id) => `all orders in ${id} are cancelled first, your own too`),
    ...(sellOff === undefined ? [] : [`${sellOff.consent.join(", ")} of yours on ${sellOff.venue} will be sold`]),
  ];
}

/**
 * Nothing strange is held where that must not be.
 *
 * @throws BpError `config/conflict` for a position that is not ours, `venue/unavailable` for an account that did not answer
 */
export function checkHeld(
  existing: BotConfig["existing"],
  instruments: readonly Instrument[],
  preview: Preview,
  resumed: string | undefined,
): void {
  for (const instrument of instruments) {
    const held = positionIn(preview, instrument);
    if (held === undefined)
      throw new BpError("venue/unavailable", {
        venue: venueOf(instrument.id),
        why: "the account did not answer; nothing was sent",
      });
    if (held !== 0 && existing === "refuse" && resumed === undefined)
      throw new BpError("config/conflict", {
        what: `the account already holds ${sizeText(instrument, held)} ${instrument.base} in ${instrument.id}`,
        hint: "say --existing adopt to let the bot manage it, --existing flatten to close it first, or --existing ignore to leave it alone",
      });
  }
}
