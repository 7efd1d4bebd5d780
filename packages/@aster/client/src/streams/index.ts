// What leaves the package as `@aster/client/streams`: streams as data, one function a kind, and what reads them.
export type { Stream } from "@bp/adapter";
export { aggTrade } from "./aggTrade.ts";
export { announcements } from "./announcement.ts";
export { allBookTickers, bookTicker } from "./bookTicker.ts";
export { depth, partialDepth, spotDepth, spotPartialDepth } from "./depth.ts";
export { allForceOrders, forceOrder } from "./forceOrder.ts";
export { kline } from "./kline.ts";
export { createMarketStreams, type MarketConnection, type MarketStreams } from "./market.ts";
export { allMarkPrices, markPrice } from "./markPrice.ts";
export { allMiniTickers, miniTicker } from "./miniTicker.ts";
export {
  createFuturesStreams,
  createSpotStreams,
  type FuturesStreams,
  type Side,
  type SpotStreams,
  type StreamsConnection,
} from "./streams.ts";
export { allTickers, ticker } from "./ticker.ts";
export { trade } from "./trade.ts";
export { tradepro } from "./tradepro.ts";
