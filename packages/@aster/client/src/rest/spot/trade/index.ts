// The group `spot.rest.trade`.
export { allOrders } from "./allOrders.ts";
export { cancel } from "./cancel.ts";
export { cancelAll } from "./cancelAll.ts";
export { get } from "./get.ts";
export { noop } from "./noop.ts";
export { openOrder } from "./openOrder.ts";
export { openOrders } from "./openOrders.ts";
export { place } from "./place.ts";
export { userTrades } from "./userTrades.ts";
