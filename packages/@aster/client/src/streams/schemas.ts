// Schemas and types of the streams' data, and the streams as data.
export { type AggTradeUpdate, aggTradeUpdate } from "./aggTrade.ts";
export { type AnnouncementUpdate, announcementUpdate } from "./announcement.ts";
export { type BookTickerUpdate, bookTickerUpdate } from "./bookTicker.ts";
export {
  type DepthLevels,
  type DepthUpdate,
  depthUpdate,
  type FuturesDepthSpeed,
  type SpotDepthSpeed,
} from "./depth.ts";
export { type ForceOrderUpdate, forceOrderUpdate } from "./forceOrder.ts";
export { futuresKinds, spotKinds } from "./kinds.ts";
export { type KlineUpdate, klineUpdate } from "./kline.ts";
export { type MarkPriceSpeed, type MarkPriceUpdate, markPriceUpdate, markPriceUpdates } from "./markPrice.ts";
export { type MiniTickerUpdate, miniTickerUpdate, miniTickerUpdates } from "./miniTicker.ts";
export { type TickerUpdate, tickerUpdate, tickerUpdates } from "./ticker.ts";
export { type TradeUpdate, tradeUpdate } from "./trade.ts";
export { type TradeproUpdate, tradeproUpdate } from "./tradepro.ts";
export { type AccountConfigUpdate, accountConfigUpdate } from "./user/accountConfigUpdate.ts";
export { type AccountUpdate, accountUpdate } from "./user/accountUpdate.ts";
export type { UnknownEvent } from "./user/events.ts";
export { type ExecutionReport, executionReport } from "./user/executionReport.ts";
export { type FuturesUserEvent, futuresUserEvent } from "./user/futures.ts";
export { type MarginCall, marginCall } from "./user/marginCall.ts";
export { type OrderTradeUpdate, orderTradeUpdate } from "./user/orderTradeUpdate.ts";
export { type OutboundAccountPosition, outboundAccountPosition } from "./user/outboundAccountPosition.ts";
export { type SpotUserEvent, spotUserEvent } from "./user/spot.ts";
