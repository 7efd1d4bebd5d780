// What leaves the package.
export { background, crash, guarded } from "./background.ts";
export { fillSide, levelsOf } from "./book/apply.ts";
export {
  type FollowCounts,
  type Follower,
  type FollowOptions,
  type FollowVerdict,
  follow,
  type LossReason,
} from "./book/follow.ts";
export type { BookForm, BookSnapshot, TextLevel } from "./book/form.ts";
export { DepthFrame, type DepthReader } from "./book/frame.ts";
export { type AnyEndpoint, type Bound, bind, type CallOptions, type Endpoint, type Odd } from "./rest/endpoint.ts";
export { type Connection, type ConnectionOptions, createConnection } from "./streams/connection.ts";
export type { Data, Dialect, Done, NamePlace, Refused, Said } from "./streams/dialect.ts";
export { createFeed, type Feed, type FeedOptions, type Listener, type Source } from "./streams/feed.ts";
export { createFrames, type FrameCounts, type Frames, type FramesOptions } from "./streams/frames.ts";
export { createReaders, type Readers, type ReadersOptions, type Route } from "./streams/readers.ts";
export type { Routed, Routes } from "./streams/routes.ts";
export { type SpreadOptions, spread } from "./streams/spread.ts";
export type { Stream } from "./streams/stream.ts";
export { createWatchers, type Watcher, type Watchers } from "./streams/watchers.ts";
export type { BookHearer, BookSource } from "./venue/bookFeed.ts";
export { createFundingWatch, type FundingRow, type FundingWatch } from "./venue/funding.ts";
export type { Link } from "./venue/links.ts";
export { createMarkFeed, type Mark } from "./venue/marks.ts";
export { checkNames } from "./venue/names.ts";
export { lotsNear, ticksNear, ticksWithFraction } from "./venue/onGrid.ts";
export {
  type ClosableVenue,
  type SessionAsk,
  type VenueSession,
  type VenueShell,
  venueOver,
} from "./venue/openVenue.ts";
export type {
  CancelOutcome,
  Ending,
  OrderApi,
  OrderFrame,
  OrderNews,
  OrderRow,
  PastFill,
  RefusalMeaning,
  WhichOrder,
} from "./venue/orderApi.ts";
export { createOrderDesk, type OrderDesk, type OrderDeskOptions } from "./venue/orderDesk.ts";
export { mustBeOurs, type Named } from "./venue/own.ts";
export { type Session, type SessionOptions, startSession, venueClock, type WatchedStreams } from "./venue/session.ts";
export type { AccountReader, AccountState, ListedFill, Owners } from "./venue/snapshots.ts";
export { namePrint, type Print, type TradeSource } from "./venue/tradeFeed.ts";
export { decimal, decimalOrNull, decimalParam, fromBasisPoints, sum, trimmed, zero } from "./wire/decimal.ts";
export { FrameSide, sideReader } from "./wire/frameSide.ts";
export { id, idOrNull, wholeNumber } from "./wire/ids.ts";
export { jsonOf } from "./wire/json.ts";
export { levels } from "./wire/levels.ts";
export { checkParams, notJson, rowsError, schemaError, wordsOf } from "./wire/read.ts";
export {
  behindDigits,
  behindString,
  bytesOf,
  end,
  type Literal,
  literal,
  stands,
  steps,
  whole,
} from "./wire/scan.ts";
