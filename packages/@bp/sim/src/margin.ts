// Margin of perpetuals: equity, requirements, and what is free for new orders.
import { type MarginFunction, unrealizedAt } from "@bp/core";
import { leverageOf } from "./account.ts";
import type { MarginBracket } from "./contract.ts";
import { priceNow } from "./market.ts";
import { type Money, money, none } from "./money.ts";
import type { Account, Holding, Market, Worth } from "./state.ts";

export interface Margin {
  readonly equity: Money;
  readonly initial: Money;
  readonly maintenance: Money;
  /** Equity − initial requirement − what spot orders lock. */
  readonly available: Money;
}

/** Orders to count as if they worked already, in tick-lots. */
export interface Extra {
  readonly holding: Holding;
  readonly buying: number;
  readonly selling: number;
}

const atPar: Worth = { weight: money(1), price: money(1) };

/**
 * The account's cross margin over all perpetuals that settle in an asset; in multi-assets mode over all there are. Isolated
 * positions stand on their own and are not in it, their working orders are.
 *
 * @param asset - of no meaning in multi-assets mode
 */
export function marginOf(account: Account, asset: string, extra?: Extra): Margin {
  const all = account.multiAssets;
  const profits = all ? new Map<string, Money>() : undefined;
  let profit = none;
  let initial = none;
  let maintenance = none;
  for (const holding of account.holdings) {
    const { instrument } = holding.market;
    if (!all && instrument.quote !== asset) continue;
    const needs = needsOf(account, holding, extra?.holding === holding ? extra : undefined);
    if (profits === undefined) {
      profit = sum(profit, needs.profit);
      initial = sum(initial, needs.initial);
      maintenance = sum(maintenance, needs.maintenance);
    } else {
      const { price } = account.collateral.get(instrument.quote) ?? atPar;
      profits.set(instrument.quote, (profits.get(instrument.quote) ?? none).plus(needs.profit));
      initial = initial.plus(needs.initial.times(price));
      maintenance = maintenance.plus(needs.maintenance.times(price));
    }
  }
  if (profits !== undefined) {
    const { equity, locked } = collateralOf(account, profits);
    return { equity, initial, maintenance, available: equity.minus(initial).minus(locked) };
  }
  const wallet = account.wallets.get(asset);
  const equity = sum(wallet?.total ?? none, profit);
  return { equity, initial, maintenance, available: equity.minus(initial).minus(wallet?.locked ?? none) };
}

/** Every order asks for this; most have nothing to add. */
function sum(a: Money, b: Money): Money {
  return a === none ? b : b === none ? a : a.plus(b);
}

/** What all wallets count, profit in their asset included; a debt counts in full. */
function collateralOf(account: Account, profits: ReadonlyMap<string, Money>) {
  let equity = none;
  let locked = none;
  for (const asset of new Set([...account.wallets.keys(), ...profits.keys()])) {
    const wallet = account.wallets.get(asset);
    const worth = account.collateral.get(asset);
    const held = (wallet?.total ?? none).plus(profits.get(asset) ?? none);
    if (held.lt(none)) equity = equity.plus(held.times((worth ?? atPar).price));
    else if (worth !== undefined) equity = equity.plus(held.times(worth.price).times(worth.weight));
    if (wallet !== undefined && worth !== undefined)
      locked = locked.plus(wallet.locked.times(worth.price).times(worth.weight));
  }
  return { equity, locked };
}

const nothing = { profit: none, initial: none, maintenance: none };

/** What one holding brings and asks for in its own quote. */
function needsOf(account: Account, holding: Holding, extra: Extra | undefined) {
  const { market, position } = holding;
  const { instrument, unit } = market;
  const isolated = account.isolated.has(market);
  const buying = holding.buying + (extra?.buying ?? 0);
  const selling = holding.selling + (extra?.selling ?? 0);
  if (position.size === 0) {
    const worse = Math.max(buying, selling);
    if (worse === 0) return nothing;
    const orders = unit.times(worse);
    return { profit: none, initial: orders.times(initialRate(account, market, orders)), maintenance: none };
  }
  const mark = priceNow(market) ?? 0;
  const held = unit.times(money(mark)).times(position.size); // signed notional
  const longs = held.plus(unit.times(buying));
  const shorts = unit.times(selling).minus(held);
  let exposure = longs.gt(shorts) ? longs : shorts;
  if (isolated) exposure = exposure.minus(held.abs()); // the position has its own
  return {
    profit: isolated ? none : unrealizedAt(instrument, position, mark),
    initial: exposure.gt(none) ? exposure.times(initialRate(account, market, exposure)) : none,
    maintenance: isolated ? none : maintenanceOf(market, held.abs()),
  };
}

/** The initial requirement as a fraction of a notional. */
export function initialRate(account: Account, market: Market, notional: Money): Money {
  const { margin } = market.instrument;
  return margin === undefined ? none : money(fractionAt(margin.initial, notional, 1 / leverageOf(account, market)));
}

/** The maintenance requirement of a position in quote: the market's table, else the instrument's function. */
export function maintenanceOf(market: Market, notional: Money): Money {
  const { instrument } = market;
  const bracket = bracketOf(market, notional);
  if (bracket !== undefined) return notional.times(money(bracket.rate)).minus(money(bracket.cum));
  return instrument.margin === undefined
    ? none
    : notional.times(money(fractionAt(instrument.margin.maintenance, notional, 0)));
}

/** The step of the market's table that a notional falls into; beyond the last cap the last. */
export function bracketOf({ brackets }: Market, notional: Money): MarginBracket | undefined {
  const value = notional.toNumber();
  return brackets?.find(({ cap }) => value < cap) ?? brackets?.at(-1);
}

/** `max(base, factor × sqrt(notional), floor)`; an estimate by the venue's own rule, so a number will do. */
function fractionAt(rule: MarginFunction, notional: Money, floor: number): number {
  const value = Math.max(Number(rule.base), Number(rule.factor) * Math.sqrt(notional.toNumber()), floor);
  return Math.round(value * 1e10) / 1e10;
}

/** Whether an amount of an asset may leave the wallet: it is not locked, and the perpetuals do not need it. */
export function covers(account: Account, asset: string, amount: Money): boolean {
  const wallet = account.wallets.get(asset);
  if (wallet === undefined || amount.gt(wallet.total.minus(wallet.locked))) return false;
  if (account.multiAssets) {
    const worth = account.collateral.get(asset);
    return worth === undefined || !amount.times(worth.price).times(worth.weight).gt(marginOf(account, asset).available);
  }
  if (!account.holdings.some(({ market }) => market.instrument.quote === asset)) return true;
  return !amount.gt(marginOf(account, asset).available);
}
