// Schemas and types of the streams' data, and the streams as data.
import { balanceUpdates } from "./balanceUpdate.ts";
import { bookTicker } from "./bookTicker.ts";
import { depth } from "./depth.ts";
import { kline } from "./kline.ts";
import { markPrice } from "./markPrice.ts";
import { orderUpdates } from "./orderUpdate.ts";
import { positionUpdates } from "./positionUpdate.ts";
import { ticker } from "./ticker.ts";
import { trade } from "./trade.ts";

export type { Stream } from "@bp/adapter";
export { type BalanceUpdate, balanceUpdate } from "./balanceUpdate.ts";
export { type BookTickerUpdate, bookTickerUpdate } from "./bookTicker.ts";
export { type DepthPeriod, type DepthUpdate, depthUpdate } from "./depth.ts";
export { type KlineUpdate, klineUpdate } from "./kline.ts";
export { type MarkPriceUpdate, markPriceUpdate } from "./markPrice.ts";
export { type OrderUpdate, type OrderUpdateEvent, orderUpdate } from "./orderUpdate.ts";
export { type PositionUpdate, positionUpdate, positionUpdateData } from "./positionUpdate.ts";
export { type TickerUpdate, tickerUpdate } from "./ticker.ts";
export { type TradeUpdate, tradeUpdate } from "./trade.ts";

/** Every kind of stream: name, side and schema. */
export const streamKinds = {
  depth,
  bookTicker,
  trade,
  kline,
  ticker,
  markPrice,
  orderUpdates,
  positionUpdates,
  balanceUpdates,
};
