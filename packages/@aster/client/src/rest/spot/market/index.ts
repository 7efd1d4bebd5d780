// The group `spot.rest.market`.
export { aggTrades } from "./aggTrades.ts";
export { bookTicker } from "./bookTicker.ts";
export { depth } from "./depth.ts";
export { exchangeInfo } from "./exchangeInfo.ts";
export { historicalTrades } from "./historicalTrades.ts";
export { klines } from "./klines.ts";
export { ping } from "./ping.ts";
export { ticker24hr } from "./ticker24hr.ts";
export { tickerPrice } from "./tickerPrice.ts";
export { time } from "./time.ts";
export { trades } from "./trades.ts";
