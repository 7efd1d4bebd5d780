// What accounts hold and would hold of a market, all of them together.
import type { Floor } from "./floor.ts";
import { none } from "./money.ts";
import type { Market } from "./state.ts";

/** Lots held of a perpetual; of a spot market the base that is there beyond what was paid in. */
export function netOf(floor: Floor, market: Market): number {
  if (market.instrument.kind === "perp") {
    let lots = 0;
    for (const { holdings } of floor.accounts)
      for (const holding of holdings) if (holding.market === market) lots += holding.position.size;
    return lots;
  }
  const { base } = market.instrument;
  let sum = floor.books.deposits.get(base)?.times(-1) ?? none;
  for (const { wallets } of floor.accounts) sum = sum.plus(wallets.get(base)?.total ?? none);
  return Math.trunc(sum.div(market.lotUnit).toNumber());
}

/** Lots of resting buys less those of resting sells. */
export function restingOf(floor: Floor, market: Market): number {
  let lots = 0;
  for (const { open } of floor.accounts)
    for (const order of open.values())
      if (order.market === market && order.wait === undefined && Number.isFinite(order.size))
        lots += (order.request.side === "buy" ? 1 : -1) * (order.size - order.filled);
  return lots;
}
