// An order in the venue's words: as it was placed, as it was cancelled, as it is asked for.
import { decimal, lots, priceText, symbolOf } from "@bp/core";
import type { SimOrder } from "@bp/sim";
import { Big } from "big.js";
import type { Entry } from "../desk.ts";
import type { AsterHouse } from "../house.ts";
import { exactly, priceOr0, sizeOr0 } from "./numbers.ts";

const statuses = {
  waiting: "NEW",
  new: "NEW",
  "partially-filled": "PARTIALLY_FILLED",
  filled: "FILLED",
  cancelled: "CANCELED",
  expired: "EXPIRED",
  "trigger-failed": "EXPIRED",
} as const satisfies Record<SimOrder["status"], string>;

/** The form of an answer: each has fields of its own. */
export type OrderForm = "placed" | "placed-in-batch" | "modified" | "cancelled" | "queried";

export const statusOf = ({ status }: SimOrder): string => statuses[status];
export const sideOf = ({ side }: { readonly side: "buy" | "sell" }): string => side.toUpperCase();
export const positionSideOf = (of: { readonly positionSide?: "long" | "short" }): string =>
  of.positionSide?.toUpperCase() ?? "BOTH";

/** What it is now: a conditional one becomes a plain one when it fires. */
export const typeOf = ({ order, note, fired }: Entry): string => (fired ? order.type.toUpperCase() : note.type);

/** Its client id; the venue names the orders that it sends itself. */
export function clientIdOf({ order, system }: Entry): string {
  if (order.clientId !== undefined) return String(order.clientId);
  return system ? `autoclose-${order.createdAt}${order.id.padStart(7, "0")}` : `web_${order.id}`;
}

/** Price it was filled at on average. @param digits - after the point */
export function averageOf(house: AsterHouse, order: SimOrder, digits: number): string {
  if (order.filled === 0) return new Big(0).toFixed(digits);
  const market = house.marketOf(order.instrument);
  return new Big(order.filledQuote).div(new Big(order.filled).times(market.lotSize)).toFixed(digits);
}

/** The order as it was a moment after it was taken, before anything happened to it. */
export function acknowledged(entry: Entry): Entry {
  const order: SimOrder = { ...entry.order, status: "new", filled: lots(0), filledQuote: decimal("0") };
  return { ...entry, updatedAt: order.createdAt, order, fired: false };
}

/** JSON of an order of either service. */
export function orderJson(house: AsterHouse, entry: Entry, form: OrderForm): Record<string, unknown> {
  return house.service === "futures" ? futuresOrder(house, entry, form) : spotOrder(house, entry, form);
}

function futuresOrder(house: AsterHouse, entry: Entry, form: OrderForm): Record<string, unknown> {
  const { order, note, updatedAt } = entry;
  const market = house.marketOf(order.instrument);
  const queried = form === "queried";
  return {
    orderId: Number(order.id),
    symbol: symbolOf(order.instrument),
    status: statusOf(order),
    clientOrderId: clientIdOf(entry),
    price: priceOr0(market, order.price),
    ...(form === "cancelled" ? {} : { avgPrice: averageOf(house, order, 5) }),
    origQty: sizeOr0(market, order.size),
    executedQty: sizeOr0(market, order.filled),
    ...(queried ? {} : { cumQty: sizeOr0(market, order.filled) }),
    cumQuote: exactly(order.filledQuote),
    timeInForce: note.tif,
    type: typeOf(entry),
    reduceOnly: order.reduceOnly,
    ...(form === "placed-in-batch" ? {} : { closePosition: note.closePosition }),
    side: sideOf(order),
    positionSide: positionSideOf(order),
    stopPrice: priceOr0(market, order.trigger?.price),
    workingType: note.workingType,
    priceProtect: note.priceProtect,
    origType: note.type,
    ...note.trailing,
    ...(queried ? { time: house.times.toldMs(order.createdAt) } : {}),
    updateTime: house.times.toldMs(updatedAt),
  };
}

function spotOrder(house: AsterHouse, entry: Entry, form: OrderForm): Record<string, unknown> {
  const { order, note, updatedAt } = entry;
  const market = house.marketOf(order.instrument);
  const queried = form === "queried";
  return {
    orderId: Number(order.id),
    symbol: symbolOf(order.instrument),
    status: statusOf(order),
    clientOrderId: clientIdOf(entry),
    price: order.price === undefined ? "0" : priceText(market, order.price),
    avgPrice: averageOf(house, order, 16),
    origQty: sizeOr0(market, order.size ?? order.filled),
    executedQty: sizeOr0(market, order.filled),
    ...(queried ? {} : { cumQty: sizeOr0(market, order.filled) }),
    cumQuote: exactly(order.filledQuote),
    timeInForce: note.tif,
    type: typeOf(entry),
    side: sideOf(order),
    stopPrice: priceOr0(market, order.trigger?.price),
    origType: note.type,
    ...(queried ? { time: house.times.toldMs(order.createdAt) } : {}),
    updateTime: house.times.toldMs(updatedAt),
  };
}
