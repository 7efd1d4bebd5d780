// Changing an order that rests, under the same id.
import { type Lots, lots, type Ticks } from "@bp/core";
import { holdingOf, lockFor } from "./account.ts";
import { checkFilters, checkForm, checkMeans, crosses } from "./checks.ts";
import type { PlaceResult } from "./contract.ts";
import { type Floor, say } from "./floor.ts";
import { roomOf } from "./hedge.ts";
import { touch } from "./market.ts";
import { pictureOf } from "./order.ts";
import { type Refused, refuse } from "./refuse.ts";
import { work } from "./settle.ts";
import type { LiveOrder, Market } from "./state.ts";
import { execute } from "./trading.ts";

/** A new price, a new whole size (what is filled included), or both. */
export interface Change {
  readonly price?: Ticks;
  readonly size?: Lots;
}

/** Amends an order, or leaves it exactly as it was. */
export function amend(floor: Floor, market: Market, order: LiveOrder | undefined, change: Change): PlaceResult {
  if (order === undefined) return { ok: false, refusal: "not-found", text: "Not Found" };
  const price = change.price ?? (order.limit as Ticks); // whole: the price of a limit order
  let size: number = change.size ?? order.size;
  if (order.closing) {
    const room = roomOf(holdingOf(order.account, market, order.request.positionSide), order.request.side);
    size = Math.min(size, order.filled + room);
  }
  const wrong = checkChange(order, market, price, size);
  if (wrong !== undefined) return { ok: false, ...wrong };
  const stays = price === order.limit && size <= order.size;
  if (stays) market.matcher.resize(order.slot, size - order.filled);
  else leave(market, order);
  touch(market, order.request.side, stays ? price : order.limit);
  floor.changed.add(market);
  order.request = { ...order.request, price, size: lots(size) };
  order.limit = price;
  order.size = size;
  order.picture = undefined;
  reserve(order, market);
  say(floor, { at: floor.now, type: "order-amended", account: order.account.name, order: pictureOf(order) });
  if (!stays) comeBack(floor, market, order);
  return { ok: true, order: pictureOf(order) };
}

function checkChange(order: LiveOrder, market: Market, price: Ticks, size: number): Refused | undefined {
  if (order.slot === 0) return refuse("bad-request", "Only orders that rest can be amended");
  if (!(size > order.filled)) return refuse("bad-size", "Quantity is not above what is filled");
  const request = { ...order.request, price, size: size as Lots }; // checked to be whole by its form
  const wrong = checkForm(request, market) ?? checkFilters(request, market);
  if (wrong !== undefined) return wrong;
  if (request.postOnly && crosses(request, market))
    return refuse("would-take", "Order would immediately match and take");
  // only what it needs beyond what it holds already
  const spot = market.instrument.kind === "spot";
  const more = price * (size - order.filled) - (spot ? order.lock : order.working);
  const selling = spot && request.side === "sell" ? size - order.filled - order.lock : 0;
  return more > 0 || selling > 0
    ? checkMeans(request, market, order.account, Math.max(more, 0), Math.max(selling, 0))
    : undefined;
}

/** Takes it out of the book, not out of the account. */
function leave(market: Market, order: LiveOrder): void {
  market.orders[order.slot] = undefined;
  market.matcher.cancel(order.slot, order.number);
  order.slot = 0;
}

function reserve(order: LiveOrder, market: Market): void {
  const rest = order.size - order.filled;
  if (market.instrument.kind !== "spot") {
    if (!order.closing) work(order, order.limit * rest);
  } else lockFor(order, order.request.side === "buy" ? order.limit * rest : rest);
}

/** Behind the others, or into them. */
function comeBack(floor: Floor, market: Market, order: LiveOrder): void {
  order.liveAt = floor.now;
  if (floor.rules.takerDelayMs > 0 && crosses(order.request, market)) floor.waiting.push(order);
  else execute(floor, order);
}
