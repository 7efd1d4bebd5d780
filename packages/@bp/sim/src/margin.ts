// Margin of perpetuals: equity, requirements, and what is free for new orders.
import { type MarginFunction, unrealizedAt } from "@bp/core";
import { walletOf } from "./account.ts";
import type { SimPosition } from "./contract.ts";
import { priceNow } from "./market.ts";
import { type Money, money, none, text } from "./money.ts";
import type { Account, Holding } from "./state.ts";

export interface Margin {
  readonly equity: Money;
  readonly initial: Money;
  readonly maintenance: Money;
  /** Equity − initial requirement − what spot orders lock. */
  readonly available: Money;
}

/**
 * The account's margin, cross over all perpetuals, in the asset they settle in.
 *
 * @param extra - tick-lots to count as if they worked already, in one market
 */
export function marginOf(
  account: Account,
  extra?: { readonly holding: Holding; readonly buying: number; readonly selling: number },
): Margin {
  let asset = "USDC";
  let equity = none;
  let initial = none;
  let maintenance = none;
  for (const holding of account.holdings.values()) {
    const { instrument, unit } = holding.market;
    asset = instrument.quote;
    const mark = priceNow(holding.market) ?? 0;
    const { size } = holding.position;
    const added = extra?.holding === holding ? extra : undefined;
    if (size !== 0) equity = equity.plus(unrealizedAt(instrument, holding.position, mark));
    const held = unit.times(money(mark)).times(size); // signed notional
    const longs = held.plus(unit.times(holding.buying + (added?.buying ?? 0)));
    const shorts = unit.times(holding.selling + (added?.selling ?? 0)).minus(held);
    const exposure = longs.gt(shorts) ? longs : shorts;
    if (exposure.gt(none) && instrument.margin !== undefined)
      initial = initial.plus(
        exposure.times(money(fractionAt(instrument.margin.initial, exposure, 1 / account.leverage))),
      );
    if (size !== 0 && instrument.margin !== undefined)
      maintenance = maintenance.plus(held.abs().times(money(fractionAt(instrument.margin.maintenance, held.abs(), 0))));
  }
  const wallet = walletOf(account, asset);
  equity = equity.plus(wallet.total);
  return { equity, initial, maintenance, available: equity.minus(initial).minus(wallet.locked) };
}

/** `max(base, factor × sqrt(notional), floor)`; an estimate by the venue's own rule, so a number will do. */
function fractionAt(rule: MarginFunction, notional: Money, floor: number): number {
  const value = Math.max(Number(rule.base), Number(rule.factor) * Math.sqrt(notional.toNumber()), floor);
  return Math.round(value * 1e10) / 1e10;
}

/** The position as the exchange tells it. */
export function positionOf(holding: Holding): SimPosition {
  const { position, market, funding } = holding;
  return {
    instrument: market.id,
    size: position.size,
    cost: text(position.cost),
    realized: text(position.realized),
    funding: text(funding),
    unrealized: text(unrealizedAt(market.instrument, position, priceNow(market) ?? 0)),
  };
}
