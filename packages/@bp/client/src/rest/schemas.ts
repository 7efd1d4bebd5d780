// Everything that describes the REST interface: endpoints as data, schemas of what goes out and comes in, their types.
import * as accountGroup from "./account/index.ts";
import * as capitalGroup from "./capital/index.ts";
import * as historyGroup from "./history/index.ts";
import * as marketsGroup from "./markets/index.ts";
import * as ordersGroup from "./orders/index.ts";
import * as positionsGroup from "./positions/index.ts";
import * as systemGroup from "./system/index.ts";
import * as tradesGroup from "./trades/index.ts";

export { type Account, accountAnswer } from "./account/get.ts";
export { type Balances, balancesAnswer } from "./capital/balances.ts";
export { type Collateral, collateralAnswer } from "./capital/collateral.ts";
export type { Call, Endpoint, Instruction } from "./endpoint.ts";
export type { AllFillsParams } from "./history/allFills.ts";
export { type FillsParams, fillAnswer, fillsParams, type PastFill } from "./history/fills.ts";
export { type FundingParams, type FundingPayment, fundingAnswer, fundingParams } from "./history/funding.ts";
export { type PastOrdersParams, pastOrdersParams } from "./history/orders.ts";
export { type Depth, type DepthParams, depthAnswer, depthParams } from "./markets/depth.ts";
export {
  type Kline,
  type KlineInterval,
  type KlinesParams,
  klineAnswer,
  klineInterval,
  klinesParams,
} from "./markets/klines.ts";
export { type Market, type MarketParams, marketAnswer, marketParams } from "./markets/market.ts";
export { type MarketsParams, marketsAnswer, marketsParams } from "./markets/markets.ts";
export { type MarkPrice, type MarkPricesParams, markPriceAnswer, markPricesParams } from "./markets/markPrices.ts";
export { type Ticker, type TickerParams, tickerAnswer, tickerParams } from "./markets/ticker.ts";
export { type TickersParams, tickersParams } from "./markets/tickers.ts";
export type { Cancelled } from "./orders/cancel.ts";
export { type CancelAllParams, type CancelledAll, cancelAllParams } from "./orders/cancelAll.ts";
export { type OpenParams, openParams } from "./orders/open.ts";
export { type PlaceParams, placeParams } from "./orders/place.ts";
export {
  type PlaceBatchAnswer,
  type PlaceBatchParams,
  placeBatchAnswer,
  placeBatchParams,
} from "./orders/placeBatch.ts";
export { type WhichOrder, whichOrder } from "./orders/which.ts";
export { type Position, type PositionsParams, positionAnswer, positionsParams } from "./positions/list.ts";
export { type Status, statusAnswer } from "./system/status.ts";
export { type Trade, type TradesParams, tradeAnswer, tradesParams } from "./trades/trades.ts";

/** All endpoints by group, as data: method, path, instruction, schemas. */
export const endpoints = {
  markets: marketsGroup,
  trades: tradesGroup,
  system: systemGroup,
  orders: ordersGroup,
  account: accountGroup,
  capital: capitalGroup,
  positions: positionsGroup,
  history: historyGroup,
};
