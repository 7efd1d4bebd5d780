// Take profit and stop loss of an order: waiting orders against it that appear with its first fill and grow with it.
import { lots } from "@bp/core";
import type { AttachedOrder, OrderRequest } from "./contract.ts";
import { type Floor, say } from "./floor.ts";
import { pictureOf } from "./order.ts";
import type { LiveOrder } from "./state.ts";
import { enlist, look } from "./waiting.ts";

/**
 * Brings the attached orders up to what the parent has filled. What fills after a pair has fired or was cancelled gets a pair
 * of its own.
 */
export function tend(floor: Floor, parent: LiveOrder): void {
  const { attached } = parent.request;
  if (attached === undefined) return;
  parent.brood ??= { orders: [], covered: 0, size: 0 };
  const { brood } = parent;
  // a pair of which one is in line to fire keeps the size that it has
  const leaving = brood.orders.some(({ wait }) => wait?.due === true);
  const waiting = leaving ? [] : brood.orders.filter(({ wait }) => wait !== undefined);
  if (waiting.length === 0) brood.covered += brood.size;
  brood.size = parent.filled - brood.covered;
  if (waiting.length === 0) {
    brood.orders = hatch(floor, parent, brood.size);
    return;
  }
  for (const order of waiting) {
    order.size = brood.size;
    order.picture = undefined;
    say(floor, { at: floor.now, type: "order-modified", account: order.account.name, order: pictureOf(order) });
  }
}

function hatch(floor: Floor, parent: LiveOrder, size: number): readonly LiveOrder[] {
  const { account, market, request } = parent;
  const { takeProfit, stopLoss } = request.attached ?? {};
  const orders = [takeProfit, stopLoss].flatMap((each) =>
    each === undefined ? [] : [enlist(floor, account, market, requestOf(parent, each, size), true)],
  );
  const [first, second] = orders;
  if (first?.wait !== undefined && second?.wait !== undefined) {
    first.wait.twin = second;
    second.wait.twin = first;
  }
  for (const order of orders)
    if (order.wait !== undefined && look(order)) {
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
