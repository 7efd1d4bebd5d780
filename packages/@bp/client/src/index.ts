// What leaves the package.
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
export type { FrameCounts, Listener, Watcher } from "./streams/connection.ts";
export type { Feed, FeedOptions } from "./streams/feed.ts";
export * from "./streams/schemas.ts";
export type { Streams } from "./streams/streams.ts";
export { type BackpackVenue, type BackpackVenueOptions, backpackVenue } from "./venue/venue.ts";
export { type BookTickerFrame, bookTickerReader } from "./wire/bookTickerBytes.ts";
export { DepthFrame, type DepthReader, depthReader, FrameSide } from "./wire/depthBytes.ts";
export { findStream } from "./wire/envelope.ts";
export { type ErrorBody, type ErrorFrame, errorBody, errorFrame } from "./wire/error.ts";
export { type Order, order, type PastOrder, pastOrder } from "./wire/order.ts";
export { fromMicros, fromMillisOrMicros, fromUtcText } from "./wire/time.ts";
export { type TradeFrame, tradeReader } from "./wire/tradeBytes.ts";
