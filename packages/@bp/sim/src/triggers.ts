// Orders with a trigger: how they are taken, and what happens when one of them fires.
import { lots } from "@bp/core";
import { holdingOf, walletOf } from "./account.ts";
import { checkAccount, checkBounds, checkForm, checkState } from "./checks.ts";
import type { OrderRequest, PlaceResult } from "./contract.ts";
import { type Floor, say } from "./floor.ts";
import { checkSide, closes, roomOf } from "./hedge.ts";
import { pictureOf } from "./order.ts";
import { type Refused, refuse } from "./refuse.ts";
import { conclude, withdraw } from "./settle.ts";
import type { Account, LiveOrder, Market } from "./state.ts";
import { admit, begin } from "./trading.ts";
import { isMetNow, referenceOf, startWaiting, stopWaiting } from "./waiting.ts";

/** Takes an order that waits. Means and position are looked at when it fires. */
export function placeWaiting(floor: Floor, account: Account, market: Market, request: OrderRequest): PlaceResult {
  const wrong =
    checkTrigger(request, market) ??
    checkSide(request, market, account) ??
    checkState(request, market) ??
    checkBounds(request, market) ??
    checkAccount(request, market, account, floor.rules.maxWaitingOrders, account.waitingIn);
  if (wrong !== undefined) return { ok: false, ...wrong };
  const { trigger } = request;
  const now = trigger === undefined ? undefined : referenceOf(market, trigger.by);
  const met =
    trigger !== undefined &&
    now !== undefined &&
    (trigger.when === "above" ? now >= trigger.price : now <= trigger.price);
  if (met && request.ifTriggered === "refuse")
    return { ok: false, refusal: "would-trigger", text: "Order would immediately trigger" };
  const order = startWaiting(floor, account, market, request, "account");
  if (isMetNow(order)) fire(floor, order); // a trailing one begins to follow here
  return { ok: true, order: pictureOf(order) };
}

/** Fires every order in line, and those that are met by what that does. */
export function fireDue(floor: Floor): void {
  for (let order = floor.due.shift(); order !== undefined; order = floor.due.shift())
    if (order.wait !== undefined) fire(floor, order);
}

function fire(floor: Floor, order: LiveOrder): void {
  const { account, market, wait } = order;
  order.triggeredAt = floor.now;
  order.picture = undefined;
  say(floor, { at: floor.now, type: "order-triggered", account: account.name, order: pictureOf(order) });
  const request = effective(order);
  const terms =
    request === undefined
      ? refuse("reduce-only", "There is no position to close")
      : admit(floor, account, market, request);
  const failed = "refusal" in terms;
  const linked = wait?.linked;
  if (linked?.wait !== undefined && (!failed || terms.refusal === "reduce-only")) withdraw(floor, linked);
  if (request === undefined || failed) {
    fail(floor, order, failed ? terms : refuse("reduce-only", "There is no position to close"));
    return;
  }
  stopWaiting(order);
  order.request = request;
  order.status = "new";
  order.liveAt = floor.now;
  order.picture = undefined;
  begin(floor, order, terms);
}

function fail(floor: Floor, order: LiveOrder, why: Refused): void {
  order.status = "trigger-failed";
  order.failure = why.refusal;
  order.picture = undefined;
  conclude(floor, order);
  say(floor, { at: floor.now, type: "order-trigger-failed", account: order.account.name, order: pictureOf(order) });
}

/** What a waiting order asks for at the moment when it fires; `undefined`: nothing is there to close. */
function effective(order: LiveOrder): OrderRequest | undefined {
  const { request, account, market, wait } = order;
  if (request.closePosition === true) {
    const room = roomOf(holdingOf(account, market, request.positionSide), request.side);
    return room === 0 ? undefined : { ...request, size: lots(room), reduceOnly: request.positionSide === undefined };
  }
  if (!Number.isFinite(order.size)) return request;
  let { size } = order; // an attached one has grown
  if (wait?.attached === true && market.instrument.kind === "spot" && request.side === "sell") {
    const wallet = walletOf(account, market.instrument.base); // its parent paid the fee from what it bought
    size = Math.min(size, Math.floor(wallet.total.minus(wallet.locked).div(market.lotUnit).toNumber()));
  }
  return { ...request, size: lots(size) };
}

/** Form of an order with a trigger. */
function checkTrigger(request: OrderRequest, market: Market): Refused | undefined {
  const { trigger, trailing, closePosition, type, size, quoteSize, attached } = request;
  const { kind, minSize } = market.instrument;
  if (trigger !== undefined && trailing !== undefined)
    return refuse("bad-request", "An order has one trigger: a price or a trail");
  for (const price of [trigger?.price, trailing?.activation])
    if (price !== undefined && (!Number.isSafeInteger(price) || price <= 0))
      return refuse("bad-price", "Invalid trigger price");
  if (trailing !== undefined && !(trailing.callback > 0 && trailing.callback < 1))
    return refuse("bad-request", "The callback is a fraction above 0 and below 1");
  if (closePosition === undefined) return checkForm(request, market);
  if (type !== "market" || kind !== "perp" || size !== undefined || quoteSize !== undefined || attached !== undefined)
    return refuse("bad-request", "Close position is for market orders of perpetuals without a quantity");
  if (request.positionSide !== undefined && !closes(request))
    return refuse("bad-request", "Close position needs the side that closes");
  return checkForm({ ...request, size: minSize }, market);
}
