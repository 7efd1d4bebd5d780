// An order inside the exchange, and the unchanging picture of it that leaves the exchange.
import { type Decimal, type Lots, lots } from "@bp/core";
import type { SimOrder } from "./contract.ts";
import { text } from "./money.ts";
import type { LiveOrder, Market } from "./state.ts";

/** Whether it has come to its end. */
export function ended(order: LiveOrder): boolean {
  return order.status === "filled" || order.status === "cancelled" || order.status === "expired";
}

/** The order as it is now; the same object until it changes. */
export function pictureOf(order: LiveOrder): SimOrder {
  order.picture ??= {
    ...order.request,
    ...(Number.isFinite(order.size) ? { size: lots(order.size) } : {}),
    id: String(order.number),
    account: order.account.name,
    createdAt: order.createdAt,
    status: order.status,
    filled: order.filled as Lots, // whole: a sum of fills
    filledQuote: quoteText(order.market, order.spent),
    ...(order.expiry === undefined ? {} : { expiry: order.expiry }),
  };
  return order.picture;
}

function quoteText(market: Market, units: number): Decimal {
  return text(market.unit.times(units));
}
