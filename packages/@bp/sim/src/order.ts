// An order inside the exchange, and the unchanging picture of it that leaves the exchange.
import { type Decimal, type Lots, lots } from "@bp/core";
import type { SimOrder } from "./contract.ts";
import { closes } from "./hedge.ts";
import { text } from "./money.ts";
import type { LiveOrder, Market } from "./state.ts";

/** Whether it has come to its end. */
export function ended(order: LiveOrder): boolean {
  const { status } = order;
  return status === "filled" || status === "cancelled" || status === "expired" || status === "trigger-failed";
}

/** An order as it comes in: nothing of it filled, locked or in the book. */
export function incoming(
  order: Pick<LiveOrder, "number" | "account" | "market" | "request" | "createdAt" | "limit" | "size" | "budget">,
): LiveOrder {
  return {
    ...order,
    liveAt: order.createdAt,
    closing: closes(order.request),
    filled: 0,
    spent: 0,
    lock: 0,
    working: 0,
    slot: 0,
    status: "new",
    expiry: undefined,
    wait: undefined,
    triggeredAt: undefined,
    failure: undefined,
    exits: undefined,
    picture: undefined,
  };
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
    ...(order.triggeredAt === undefined ? {} : { triggeredAt: order.triggeredAt }),
    ...(order.failure === undefined ? {} : { failure: order.failure }),
  };
  return order.picture;
}

function quoteText(market: Market, units: number): Decimal {
  return text(market.unit.times(units));
}
