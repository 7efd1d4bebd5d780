// Schemas and types of the streams' data, and the streams as data.
import * as kinds from "./index.ts";

export { type BalanceUpdate, balanceUpdate } from "./balanceUpdate.ts";
export { type BookTickerUpdate, bookTickerUpdate } from "./bookTicker.ts";
export { type DepthPeriod, type DepthUpdate, depthUpdate } from "./depth.ts";
export { type KlineUpdate, klineUpdate } from "./kline.ts";
export { type LiquidationUpdate, liquidationUpdate } from "./liquidation.ts";
export { type MarkPriceUpdate, markPriceUpdate } from "./markPrice.ts";
export { type OpenInterestUpdate, openInterestUpdate } from "./openInterest.ts";
export { type OrderUpdate, type OrderUpdateEvent, orderUpdate } from "./orderUpdate.ts";
export { type PositionUpdate, positionUpdate, positionUpdateData } from "./positionUpdate.ts";
export { type RfqUpdate, type RfqUpdateEvent, rfqUpdate } from "./rfqUpdate.ts";
export { type TickerUpdate, tickerUpdate } from "./ticker.ts";
export { type TradeUpdate, tradeUpdate } from "./trade.ts";

/** Every kind of stream: functions that give its name, side and schema. */
export const streamKinds = { ...kinds };
