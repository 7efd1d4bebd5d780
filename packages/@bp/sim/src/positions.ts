// A position as the exchange tells it, with the price at which it would end.
import { unrealizedAt } from "@bp/core";
import { leverageOf } from "./account.ts";
import type { SimPosition } from "./contract.ts";
import { bracketOf, maintenanceOf, marginOf } from "./margin.ts";
import { priceNow } from "./market.ts";
import { money, text } from "./money.ts";
import type { Account, Holding } from "./state.ts";

/** The position as it is now. */
export function positionOf(account: Account, holding: Holding): SimPosition {
  const { position, market, funding, side, isolated } = holding;
  const end = liquidationPrice(account, holding);
  return {
    instrument: market.id,
    ...(side === undefined ? {} : { positionSide: side }),
    size: position.size,
    cost: text(position.cost),
    realized: text(position.realized),
    funding: text(funding),
    unrealized: text(unrealizedAt(market.instrument, position, priceNow(market) ?? 0)),
    ...(account.isolated.has(market) ? { isolated: text(isolated) } : {}),
    leverage: leverageOf(account, market),
    ...(end === undefined ? {} : { liquidationPrice: end }),
  };
}

/**
 * The mark at which what carries the position equals its maintenance requirement, by the maintenance rate of its size now:
 * `(margin − cost) / (|size| × rate − size)`. Isolated: its own margin; cross: the account's equity without this position,
 * less what the others need.
 *
 * @returns ticks, with four decimals; `undefined` when no price above 0 would do
 */
function liquidationPrice(account: Account, holding: Holding): number | undefined {
  const { market, position } = holding;
  const { instrument, unit } = market;
  const mark = priceNow(market);
  if (position.size === 0 || mark === undefined) return undefined;
  const notional = unit.times(money(mark)).times(Math.abs(position.size));
  const needed = maintenanceOf(market, notional);
  const bracket = bracketOf(market, notional);
  const rate = bracket?.rate ?? needed.div(notional).toNumber();
  let margin = holding.isolated;
  if (!account.isolated.has(market)) {
    const { equity, maintenance } = marginOf(account, instrument.quote);
    margin = equity
      .minus(unrealizedAt(instrument, position, mark))
      .minus(maintenance)
      .plus(needed);
  }
  // an estimate, so numbers will do
  const above = margin
    .plus(bracket?.cum ?? 0)
    .minus(position.cost)
    .toNumber();
  const price = above / (unit.toNumber() * (Math.abs(position.size) * rate - position.size));
  return Number.isFinite(price) && price > 0 ? Math.round(price * 1e4) / 1e4 : undefined;
}
