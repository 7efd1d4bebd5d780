// What leaves the package.
export { DepthFrame, type DepthReader, FrameSide } from "@bp/adapter";
export {
  type Aster,
  type AsterFutures,
  type AsterSpot,
  createAster,
  type FuturesRest,
  type SpotRest,
} from "./client.ts";
export * from "./core.ts";
export { failureOf, mayResign, type Negative, negativeOf, pauseOf, type VenueName } from "./failure.ts";
export { type MarginTotals, marginTotals } from "./marginTotals.ts";
export * from "./rest/schemas.ts";
export * from "./streams/schemas.ts";
export {
  createFuturesStreams,
  createSpotStreams,
  type FuturesStreams,
  type Side,
  type SpotStreams,
  type StreamsConnection,
} from "./streams/streams.ts";
export {
  type AsterFuturesVenue,
  type AsterFuturesVenueOptions,
  asterFuturesVenue,
  type CountdownTimes,
} from "./venue/futures.ts";
export { type AsterSpotVenueOptions, asterSpotVenue } from "./venue/spot.ts";
export { type BookTickerFrame, bookTickerReader } from "./wire/bookTickerBytes.ts";
export { depthAnswer } from "./wire/depth.ts";
export { depthReader } from "./wire/depthBytes.ts";
export { findStream } from "./wire/envelopeBytes.ts";
export { type ErrorBody, errorBody, errorIn } from "./wire/error.ts";
export { aggTradeReader, type TradeFrame, type TradeReader, tradeReader } from "./wire/tradeBytes.ts";
