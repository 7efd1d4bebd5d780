// The group `futures.rest.trade`.
export { allOrders } from "./allOrders.ts";
export { cancel } from "./cancel.ts";
export { cancelAll } from "./cancelAll.ts";
export { cancelBatch } from "./cancelBatch.ts";
export { countdownCancelAll } from "./countdownCancelAll.ts";
export { forceOrders } from "./forceOrders.ts";
export { get } from "./get.ts";
export { modify } from "./modify.ts";
export { noop } from "./noop.ts";
export { openOrder } from "./openOrder.ts";
export { openOrders } from "./openOrders.ts";
export { place } from "./place.ts";
export { placeBatch } from "./placeBatch.ts";
export { test } from "./test.ts";
export { userTrades } from "./userTrades.ts";
