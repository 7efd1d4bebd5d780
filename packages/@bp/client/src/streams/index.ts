// The streams of the venue, one function a kind.
export type { Stream } from "@bp/adapter";
export { balanceUpdates } from "./balanceUpdate.ts";
export { bookTicker } from "./bookTicker.ts";
export { depth } from "./depth.ts";
export { kline } from "./kline.ts";
export { liquidations } from "./liquidation.ts";
export { markPrice } from "./markPrice.ts";
export { openInterest } from "./openInterest.ts";
export { orderUpdates } from "./orderUpdate.ts";
export { positionUpdates } from "./positionUpdate.ts";
export { rfqUpdates } from "./rfqUpdate.ts";
export { ticker } from "./ticker.ts";
export { trade } from "./trade.ts";
