// What the strategies' own checks say of a configuration at the prices of now, before anything is sent.
import { type Big, BpError, type Instrument, type InstrumentId, toBig } from "@bp/core";
import {
  checkGrid,
  checkHedge,
  checkLadder,
  economicsOf,
  type Finding,
  gridParams,
  hedgeParams,
  ladderParams,
  makerParams,
} from "@bp/strategies";
import type { BotConfig, StrategyConfig } from "./config/index.ts";
import { sizeConflicts } from "./sizes.ts";
import type { Stage } from "./stage/stage.ts";
import { instrumentNamed, type Recipe } from "./wire-up.ts";

/** A hint for the person, by what was found. */
const hints: Readonly<Record<string, string>> = {
  "negative-edge": "widen it, or say --allow-negative-edge if losing is the point",
};

/** The same where there are only flags. */
const flagHints: Readonly<Record<string, string>> = {
  "negative-edge": "widen --spread, or say --allow-negative-edge if losing is the point",
  "too-small": "raise --quantity",
};

/** What the checks have to say. */
export interface Checks {
  /** Why it must not start: `config/conflict`. */
  readonly refusals: readonly BpError[];
  /** In words. */
  readonly warnings: readonly string[];
}

/** Checks every strategy of a recipe at the prices of now. */
export async function checksOf(
  config: BotConfig,
  stage: Pick<Stage, "mid">,
  instruments: readonly Instrument[],
  recipe: Recipe,
): Promise<Checks> {
  const mids = new Map<InstrumentId, string>();
  const warnings: string[] = [];
  const refusals: BpError[] = [];
  for (const instrument of instruments) {
    const mid = await stage.mid(instrument);
    if (mid !== undefined) mids.set(instrument.id, mid);
    else warnings.push(`${instrument.id}: the book is empty on one side: what this will earn could not be checked`);
  }
  for (const strategy of recipe.strategies) {
    const findings = findingsOf(strategy, instruments, mids);
    for (const finding of findings) {
      if (finding.level === "refuse" && !isAllowed(finding, config)) refusals.push(conflict(strategy, finding, config));
      else warnings.push(strategy.use === "maker" ? finding.say : `${strategy.name}: ${finding.say}`);
    }
    // Their own checks look at sizes too.
    if (strategy.use !== "maker" && strategy.use !== "hedge")
      refusals.push(...sizeConflicts(strategy, instruments, mids));
  }
  return { refusals, warnings };
}

/** A configuration that must lose is refused with real money only, unless losing was allowed on purpose. */
export function isAllowed({ code }: Finding, config: Pick<BotConfig, "place" | "allowNegativeEdge">): boolean {
  return code === "negative-edge" && (config.place !== "live" || config.allowNegativeEdge);
}

function conflict({ use, name }: StrategyConfig, { code, say }: Finding, { file }: BotConfig): BpError {
  const own = file === undefined ? flagHints[code] : undefined;
  const hint = own ?? hints[code] ?? `change it in ${file ?? "the flags"}; nothing was sent`;
  return new BpError("config/conflict", { what: use === "maker" ? say : `${name}: ${say}`, hint });
}

/**
 * What a strategy's own checks say of it.
 *
 * @param mids - quote per base; of a market without one nothing is said
 */
export function findingsOf(
  { use, params }: StrategyConfig,
  instruments: readonly Instrument[],
  mids: ReadonlyMap<InstrumentId, string>,
): readonly Finding[] {
  const market = (id: InstrumentId) => instrumentNamed(instruments, id);
  switch (use) {
    case "maker": {
      const given = makerParams.parse(params);
      const mid = mids.get(given.instrument);
      return mid === undefined ? [] : economicsOf(given, market(given.instrument), mid).findings;
    }
    case "grid": {
      const given = gridParams.parse(params);
      return checkGrid(given, market(given.instrument), mids.get(given.instrument));
    }
    case "hedge": {
      const given = hedgeParams.parse(params);
      const mid = mids.get(given.lead);
      return mid === undefined ? [] : checkHedge(given, market(given.lead), market(given.hedge), mid);
    }
    case "ladder": {
      const given = ladderParams.parse(params);
      const mid = mids.get(given.instrument);
      if (mid === undefined) return [];
      const instrument = market(given.instrument);
      return checkLadder(given, instrument, inTicks(toBig(mid), instrument));
    }
    default:
      return [];
  }
}

/** A price in ticks, with a fraction. */
function inTicks(price: Big, { tickSize }: Instrument): number {
  return price.div(tickSize).toNumber();
}
