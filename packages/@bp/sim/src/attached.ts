// Take profit and stop loss of an order: waiting orders against it that appear with its first fill and grow with it.
import { lots } from "@bp/core";
import type { AttachedOrder, OrderRequest } from "./contract.ts";
import { type Floor, say } from "./floor.ts";
import { pictureOf } from "./order.ts";
import type { LiveOrder } from "./state.ts";
import { isMetNow, startWaiting } from "./waiting.ts";

/**
 * Brings the attached orders up to what the parent has filled. What fills after a pair has fired or was cancelled gets a pair
 * of its own.
 */
export function updateExits(floor: Floor, parent: LiveOrder): void {
  const { attached } = parent.request;
  if (attached === undefined) return;
  parent.exits ??= { orders: [], covered: 0, size: 0 };
  const { exits } = parent;
  // a pair of which one is in line to fire keeps the size that it has
  const leaving = exits.orders.some(({ wait }) => wait?.due === true);
  const waiting = leaving ? [] : exits.orders.filter(({ wait }) => wait !== undefined);
  if (waiting.length === 0) exits.covered += exits.size;
  exits.size = parent.filled - exits.covered;
  if (waiting.length === 0) {
    exits.orders = createExits(floor, parent, exits.size);
    return;
  }
  for (const order of waiting) {
    order.size = exits.size;
    order.picture = undefined;
    say(floor, { at: floor.now, type: "order-modified", account: order.account.name, order: pictureOf(order) });
  }
}

function createExits(floor: Floor, parent: LiveOrder, size: number): readonly LiveOrder[] {
  const { account, market, request } = parent;
  const { takeProfit, stopLoss } = request.attached ?? {};
  const orders = [takeProfit, stopLoss].flatMap((each) =>
    each === undefined ? [] : [startWaiting(floor, account, market, requestOf(parent, each, size), "parent")],
  );
  const [first, second] = orders;
  if (first?.wait !== undefined && second?.wait !== undefined) {
    first.wait.linked = second;
    second.wait.linked = first;
  }
  for (const order of orders)
    if (order.wait !== undefined && isMetNow(order)) {
      order.wait.due = true;
      floor.due.push(order);
    }
  return orders;
}

function requestOf(parent: LiveOrder, { trigger, limit }: AttachedOrder, size: number): OrderRequest {
  const { instrument, side, positionSide } = parent.request;
  const perp = parent.market.instrument.kind === "perp";
  return {
    instrument,
    side: side === "buy" ? "sell" : "buy",
    ...(limit === undefined ? { type: "market", tif: "ioc" } : { type: "limit", tif: "gtc", price: limit }),
    size: lots(size),
    postOnly: false,
    reduceOnly: perp && positionSide === undefined,
    selfTradePrevention: "reject-maker", // what rests of the parent must not keep its stop from trading
    ...(positionSide === undefined ? {} : { positionSide }),
    trigger,
    relatedOrderId: String(parent.number),
  };
}
