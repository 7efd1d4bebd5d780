// Whether a run's limits leave room for other parameters: they were made from the first ones, and nobody loosens them while it runs.
import { Big, type Instrument, type InstrumentId } from "@bp/core";
import type { StrategyConfig } from "../config/botConfig.ts";
import type { Limits } from "../limits.ts";
import { limitsOf } from "../needs.ts";
import { pairsOf } from "../recipe.ts";
import type { Recipe } from "../wire-up.ts";

/** A limit that other parameters would have to break. */
export interface NoRoom {
  readonly limit: string;
  /** As it is. */
  readonly allowed: string;
  /** As it would have to be. */
  readonly needed: string;
}

/**
 * The limits that would have to be looser. What the first parameters needed is not counted against the new ones, also where a
 * person has set a tighter limit: the rules trim it, as they did.
 *
 * @param strategies - all of the run, with the parameters that are to hold
 */
export function noRoomIn(
  recipe: Recipe,
  strategies: readonly StrategyConfig[],
  instruments: readonly Instrument[],
): readonly NoRoom[] {
  const ids = instruments.map(({ id }) => id);
  const needsOf = (of: readonly StrategyConfig[]) => {
    const limits = { ...limitsOf(of, instruments, 1, 1), ...pairsOf(of, instruments) };
    return byName(needsIn(limits, ids, ordinaryBand));
  };
  const allowed = byName(needsIn(recipe.limits, ids, 0));
  const [before, after] = [needsOf(recipe.strategies), needsOf(strategies)];
  return [...allowed].flatMap(([limit, { value, atLeast }]) => {
    const [then, now] = [before.get(limit)?.value, after.get(limit)?.value];
    if (now === undefined) return then === undefined ? [] : [{ limit, allowed: text(value), needed: "none at all" }];
    const worst = atLeast ? smaller(value, then) : larger(value, then);
    const fits = atLeast ? now.gte(worst) : now.lte(worst);
    return fits ? [] : [{ limit, allowed: text(value), needed: text(now) }];
  });
}

/** One number of the limits. */
interface Need {
  readonly limit: string;
  readonly value: Big;
  /** It is looser the smaller it is wanted: a leg that is smaller than what counts as naked would be naked unseen. */
  readonly atLeast: boolean;
}

/** What every band has beyond the reach of its strategies (see `needs.ts`): it is there for the market to move, and not needed. */
const ordinaryBand = 0.1;

function needsIn(limits: Limits, ids: readonly InstrumentId[], spare: number): readonly Need[] {
  const most = (limit: string, value: string | number): Need => ({ limit, value: new Big(value), atLeast: false });
  const each = (
    limit: string,
    values: string | number | Readonly<Record<string, string | number>>,
  ): readonly Need[] => {
    const known = typeof values === "object" ? values : Object.fromEntries(ids.map((id) => [id, values]));
    return Object.entries(known).map(([market, value]) => most(`${limit} of ${market}`, value));
  };
  const { maxPosition = {}, maxMarketNotional = {}, priceBand, maxNakedBase } = limits;
  return [
    ...each("maxPosition", maxPosition),
    ...each("maxMarketNotional", maxMarketNotional),
    most("maxOpenOrders", limits.maxOpenOrders),
    most("rate", limits.rate.orders),
    ...each("priceBand", priceBand).map((need) => ({ ...need, value: need.value.minus(spare) })),
    ...(maxNakedBase === undefined ? [] : [{ limit: "maxNakedBase", value: new Big(maxNakedBase), atLeast: true }]),
  ];
}

const byName = (needs: readonly Need[]): ReadonlyMap<string, Need> => new Map(needs.map((each) => [each.limit, each]));
const text = (value: Big): string => value.toFixed();
const larger = (a: Big, b: Big | undefined): Big => (b?.gt(a) === true ? b : a);
const smaller = (a: Big, b: Big | undefined): Big => (b?.lt(a) === true ? b : a);
