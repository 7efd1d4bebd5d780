// Orders that wait for a trigger: where they stand, and what brings them into line to fire.
import { clientKey } from "./account.ts";
import type { OrderRequest, ReferencePrice } from "./contract.ts";
import { type Floor, say } from "./floor.ts";
import { incoming, pictureOf } from "./order.ts";
import type { Account, LiveOrder, Market, Wait } from "./state.ts";

/**
 * Lets an order wait. It locks nothing.
 *
 * @param origin - who asked for it: the account, or the exchange for a parent order
 */
export function startWaiting(
  floor: Floor,
  account: Account,
  market: Market,
  request: OrderRequest,
  origin: "account" | "parent",
): LiveOrder {
  floor.orders += 1;
  const order = incoming({
    number: floor.orders,
    account,
    market,
    request,
    createdAt: floor.now,
    limit: request.price ?? 0,
    size: request.size ?? Infinity,
    budget: Infinity,
  });
  order.status = "waiting";
  const attached = origin === "parent";
  const by = request.trigger?.by ?? request.trailing?.by ?? "last";
  order.wait = { by, attached, best: 0, due: false, linked: undefined };
  account.open.set(order.number, order);
  if (request.clientId !== undefined) account.clientIds.set(clientKey(market.id, request.clientId), order);
  if (!attached) account.waitingIn.set(market, (account.waitingIn.get(market) ?? 0) + 1);
  market.triggers.push(order);
  say(floor, { at: floor.now, type: "order-waiting", account: account.name, order: pictureOf(order) });
  return order;
}

/** Ends the waiting of an order, whatever comes after it. */
export function stopWaiting(order: LiveOrder): void {
  const { wait, market, account } = order;
  if (wait === undefined) return;
  order.wait = undefined;
  market.triggers.splice(market.triggers.indexOf(order), 1);
  if (!wait.attached) account.waitingIn.set(market, (account.waitingIn.get(market) ?? 1) - 1);
}

/** A reference has a new price: brings the orders that it meets into line. Not during a match, so nothing trades here. */
export function watch(floor: Floor, market: Market, by: ReferencePrice, price: number): void {
  for (const order of market.triggers) {
    const { wait } = order;
    if (wait === undefined || wait.due || wait.by !== by || !meets(order.request, wait, price)) continue;
    wait.due = true;
    floor.due.push(order);
  }
}

/** Whether the price of this moment meets the trigger of an order; a trailing one follows the price by it. */
export function isMetNow(order: LiveOrder): boolean {
  const { wait, market, request } = order;
  if (wait === undefined) return false;
  const price = referenceOf(market, wait.by);
  return price !== undefined && meets(request, wait, price);
}

/** What a trigger would look at now, in ticks; `undefined` before the first. */
export function referenceOf(market: Market, by: ReferencePrice): number | undefined {
  if (by === "last") return market.lastPrice > 0 ? market.lastPrice : undefined;
  return by === "mark" ? market.mark?.mark : market.mark?.index;
}

function meets(request: OrderRequest, wait: Wait, price: number): boolean {
  const { trigger, trailing, side } = request;
  if (trigger !== undefined) return trigger.when === "above" ? price >= trigger.price : price <= trigger.price;
  if (trailing === undefined) return false;
  const { activation, callback } = trailing;
  const selling = side === "sell";
  if (wait.best === 0) {
    if (activation === undefined || (selling ? price >= activation : price <= activation)) wait.best = price;
    return false;
  }
  wait.best = selling ? Math.max(wait.best, price) : Math.min(wait.best, price);
  return selling ? price <= wait.best * (1 - callback) : price >= wait.best * (1 + callback);
}
