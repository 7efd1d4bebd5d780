// What leaves the package.
export { DepthFrame, type DepthReader, FrameSide } from "@bp/adapter";
export { Secret } from "@bp/signing";
export { type Budget, createBudget, type Proxies, systemClock } from "@bp/transport";
export { type Backpack, type BackpackOptions, createBackpack, type Rest } from "./client.ts";
export * from "./core.ts";
export { failureOf, type Negative, negativeOf } from "./failure.ts";
export * from "./rest/schemas.ts";
export * from "./streams/schemas.ts";
export type { Streams } from "./streams/streams.ts";
export { type BackpackVenue, type BackpackVenueOptions, backpackVenue } from "./venue/venue.ts";
export { type BookTickerFrame, bookTickerReader } from "./wire/bookTickerBytes.ts";
export { depthReader } from "./wire/depthBytes.ts";
export { findStream } from "./wire/envelope.ts";
export { type ErrorBody, type ErrorFrame, errorBody, errorFrame } from "./wire/error.ts";
export { fromMicros, fromMillisOrMicros, fromUtcText } from "./wire/time.ts";
export { type TradeFrame, tradeReader } from "./wire/tradeBytes.ts";
