// What a change of parameters would do, shown before it takes effect: values, orders, what the rules would say, and why not.
import { createHash } from "node:crypto";
import { type Considered, type Engine, refusalText, valuesChanged, valueText } from "@bp/engine";
import { strategyNamed } from "@bp/strategies";
import type { StrategyConfig } from "../config/botConfig.ts";
import { didYouMean, keyShown } from "../config/complaint.ts";
import type { Recipe } from "../wire-up.ts";
import { fitsMarket, type Refused, schemaRefusal } from "./fit.ts";
import { laterIn } from "./later.ts";
import { merged } from "./merge.ts";
import { type BoundWish, boundIn, ordersOf, type PlannedOrders } from "./orders.ts";
import { noRoomIn } from "./room.ts";
import type { ChangeTerms } from "./terms.ts";

/** A change, and what would come of it now. Nothing has happened yet. */
export interface ChangePlan extends PlannedOrders {
  /** By its name in the run. */
  readonly strategy: string;
  /** What would be other; as text, in the strategy's own units. */
  readonly values: readonly { readonly key: string; readonly from: string; readonly to: string }[];
  /** Why it cannot be; then nothing is said of orders. */
  readonly refused?: Refused;
  /** Wishes of all strategies that would not be done as they are. */
  readonly bound: readonly BoundWish[];
  readonly warnings: readonly string[];
  /** All parameters as they would be: plain data. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What was shown, for `applyChange`: other where the strategy has other parameters by now. */
  readonly digest: string;
}

/**
 * Plans a change. Touches nothing, and never throws for what a person may say.
 *
 * @param said - those that are to change, by name or path; see `merged`
 */
export function planChange(terms: ChangeTerms, name: string, said: Readonly<Record<string, unknown>>): ChangePlan {
  const { engine, recipe } = terms;
  const all = [...recipe.strategies, ...(recipe.once ?? [])];
  const config = all.find((each) => each.name === name);
  if (config === undefined) {
    const names = all.map((each) => each.name);
    const why = `there is no strategy ${JSON.stringify(keyShown(name))} in this run`;
    return refusedPlan(name, { why, hint: didYouMean(name, names) ?? `there is ${names.join(", ")}` });
  }
  const now = plainOf(engine.paramsOf(name));
  const changed: StrategyConfig = { ...config, params: merged(now, said) };
  const wrong = schemaRefusal(changed);
  if (wrong !== undefined) return refusedPlan(name, wrong);
  const params = plainOf(strategyNamed(config.use).params.parse(changed.params));
  const changes = valuesChanged(now, params);
  const values = changes.map(({ key, from, to }) => ({ key, from: valueText(from), to: valueText(to) }));
  const about = { strategy: name, values, params, digest: digestOf(name, now, params) };
  if (values.length === 0)
    return {
      ...refusedPlan(name, { why: "every value is as it is now", hint: "name one that is to be other" }),
      ...about,
    };
  const considered = engine.consider(name, params);
  const asked: StrategyConfig = { ...config, params };
  const fixed = refusalOf(considered, { ...config, params: now });
  if (fixed !== undefined) return { ...refusedPlan(name, fixed), ...about };
  const fit = fitsMarket(terms, asked, { ...config, params: now });
  const refused = fit.refused ?? roomRefusal(terms, asked);
  if (refused !== undefined) return { ...refusedPlan(name, refused), ...about };
  const warnings = [...laterIn(changes), ...warningsOf(considered, terms), ...fit.warnings];
  return { ...about, ...ordersOf(considered, terms.instruments), bound: boundIn(considered), warnings };
}

/** The strategies of a run with the parameters that hold now. */
export function strategiesNow(engine: Engine, { strategies }: Recipe): readonly StrategyConfig[] {
  return strategies.map((each) => ({ ...each, params: plainOf(engine.paramsOf(each.name)) }));
}

function refusalOf({ refused }: Considered, { use, params }: StrategyConfig): Refused | undefined {
  if (refused === undefined) return undefined;
  const free = strategyNamed(use).changeable?.(params) ?? [];
  const hint = `stop the run and start it anew with that; while it runs, these may change: ${free.join(", ")}`;
  const { key } = refused;
  return key === undefined ? { why: refusalText(refused), hint } : { key, why: refused.why, hint };
}

function roomRefusal({ engine, recipe, instruments }: ChangeTerms, asked: StrategyConfig): Refused | undefined {
  const strategies = strategiesNow(engine, recipe).map((each) => (each.name === asked.name ? asked : each));
  const [tight] = noRoomIn(recipe, strategies, instruments);
  if (tight === undefined) return undefined;
  const { limit, allowed, needed } = tight;
  return {
    why: `the limit ${limit} of this run is ${allowed}, and it would have to be ${needed}`,
    hint: "the rules of a run are made when it begins, and stay: stop it and start it anew with the new value",
  };
}

function warningsOf({ voice, end, plan }: Considered, { engine }: ChangeTerms): readonly string[] {
  const { halted } = engine.view;
  return [
    ...(end === undefined ? [] : [`the strategy would be at its end at once: ${end.why}`]),
    ...(halted === undefined ? [] : [`the run is halted (${halted}): nothing that adds risk is placed`]),
    ...(voice === "quiet"
      ? ["nothing is wished now, because a person asked for it: the values hold once it is resumed"]
      : []),
    ...(voice === "own" && plan.every(({ action }) => action !== "cancel" && action !== "place")
      ? ["no order changes now: it takes effect with the next quotes, lots or cycle"]
      : []),
    ...(voice === "clearing" ? ["what was held before the start is closed first"] : []),
  ];
}

function refusedPlan(strategy: string, refused: Refused): ChangePlan {
  const none = { values: [], keep: [], cancel: [], place: [], bound: [], warnings: [], params: {} };
  return { strategy, refused, ...none, digest: "" };
}

/** What is the same for the same change of the same parameters, and for nothing else. */
function digestOf(strategy: string, from: unknown, to: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([strategy, from, to]))
    .digest("hex")
    .slice(0, 32);
}

/** Parameters as JSON keeps them. Schemas give objects. */
const plainOf = (params: unknown): Readonly<Record<string, unknown>> =>
  JSON.parse(JSON.stringify(params)) as Readonly<Record<string, unknown>>;
