// What leaves the package.
export { type CallOptions, type Feed, type FeedOptions, FrameSide, type Listener } from "@bp/adapter";
export {
  type BookChange,
  type BookFollower,
  type FollowBookOptions,
  type FollowCounts,
  type FollowVerdict,
  followBook,
} from "./book/followBook.ts";
export { type Backpack, type BackpackOptions, createBackpack, type Rest } from "./client.ts";
export { failureOf, type Negative, negativeOf } from "./failure.ts";
export * from "./rest/schemas.ts";
export type { FrameCounts, Watcher } from "./streams/connection.ts";
export * from "./streams/schemas.ts";
export type { Streams } from "./streams/streams.ts";
export { type BackpackVenue, type BackpackVenueOptions, backpackVenue } from "./venue/venue.ts";
export { type BookTickerFrame, bookTickerReader } from "./wire/bookTickerBytes.ts";
export { DepthFrame, type DepthReader, depthReader } from "./wire/depthBytes.ts";
export { findStream } from "./wire/envelope.ts";
export { type ErrorBody, type ErrorFrame, errorBody, errorFrame } from "./wire/error.ts";
export { type Order, order, type PastOrder, pastOrder } from "./wire/order.ts";
export { fromMicros, fromMillisOrMicros, fromUtcText } from "./wire/time.ts";
export { type TradeFrame, tradeReader } from "./wire/tradeBytes.ts";
