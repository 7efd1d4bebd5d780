// Isolated margin: what moves between the wallet and a position that stands on its own.
import { unrealizedAt } from "@bp/core";
import { leverageOf, pay, walletOf } from "./account.ts";
import type { ChangeResult } from "./contract.ts";
import { covers, initialRate } from "./margin.ts";
import { priceNow } from "./market.ts";
import { type Money, money, none } from "./money.ts";
import { refuseChange } from "./refuse.ts";
import type { Account, Holding, Market } from "./state.ts";

const digits = 8; // of what moves; what is left stays where it was

/**
 * Moves the margin of a fill: what is closed gives back its share, what is opened takes notional / leverage from the wallet,
 * never more than is there. A loss above the share is taken from the rest of the position's margin first.
 *
 * @param before - signed lots before the fill
 * @param change - signed lots of the fill
 * @param profit - what the fill realized, already in the wallet
 */
export function moveMargin(
  account: Account,
  holding: Holding,
  before: number,
  change: number,
  price: number,
  profit: Money,
): void {
  const { market } = holding;
  const opposite = before !== 0 && before > 0 !== change > 0;
  const closed = opposite ? Math.min(Math.abs(before), Math.abs(change)) : 0;
  if (closed > 0) {
    const whole = closed === Math.abs(before);
    const share = whole ? holding.isolated : holding.isolated.times(closed).div(Math.abs(before)).round(digits);
    const missing = share.plus(profit).times(-1);
    const rest = holding.isolated.minus(share);
    release(account, holding, missing.gt(none) && rest.gt(none) ? share.plus(least(missing, rest)) : share);
  }
  const opened = Math.abs(change) - closed;
  if (opened > 0) {
    const wanted = market.unit.times(price).times(opened).div(leverageOf(account, market)).round(digits);
    const there = walletOf(account, market.instrument.quote).total;
    release(account, holding, least(wanted, there.gt(none) ? there : none).times(-1));
  }
}

/** Moves an amount from the position to the wallet; below 0: the other way. */
export function release(account: Account, holding: Holding, amount: Money): void {
  if (amount.eq(none)) return;
  holding.isolated = holding.isolated.minus(amount);
  pay(account, holding.market.instrument.quote, amount);
  account.changedHoldings.add(holding);
}

/** Adds margin to an isolated position, or takes back what it does not need to be opened. */
export function addMargin(account: Account, market: Market, holding: Holding | undefined, amount: Money): ChangeResult {
  if (!account.isolated.has(market)) return refuseChange("isolated", "The position has cross margin");
  if (holding === undefined || holding.position.size === 0) return refuseChange("no-position", "There is no position");
  if (amount.gt(none)) {
    if (!covers(account, market.instrument.quote, amount)) return refuseChange("no-margin", "Insufficient margin");
  } else {
    const mark = priceNow(market) ?? 0;
    const notional = market.unit.times(money(mark)).times(Math.abs(holding.position.size));
    const profit = unrealizedAt(market.instrument, holding.position, mark);
    const left = holding.isolated.plus(amount).plus(profit.lt(none) ? profit : none);
    if (left.lt(notional.times(initialRate(account, market, notional))))
      return refuseChange("no-margin", "The position needs its margin");
  }
  release(account, holding, amount.times(-1));
  return { ok: true };
}

function least(a: Money, b: Money): Money {
  return a.lt(b) ? a : b;
}
