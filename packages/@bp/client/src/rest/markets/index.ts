// The group `rest.markets`.
export { depth } from "./depth.ts";
export { fundingRates } from "./fundingRates.ts";
export { klines } from "./klines.ts";
export { market } from "./market.ts";
export { markets } from "./markets.ts";
export { markPrices } from "./markPrices.ts";
export { openInterest } from "./openInterest.ts";
export { ticker } from "./ticker.ts";
export { tickers } from "./tickers.ts";
