// What leaves the package as `@bp/client/core`: a client that has only the endpoints and streams that are handed to it.
export {
  type Bound,
  bind,
  type CallOptions,
  type Feed,
  type FeedOptions,
  type FollowCounts,
  type FollowVerdict,
  type FrameCounts,
  type Listener,
  type Stream,
  type Watcher,
} from "@bp/adapter";
export { BpError, isBpError, toBig, toLots, toTicks } from "@bp/core";
export type { Ed25519Key } from "@bp/signing";
export { type BookChange, type BookFollower, type FollowBookOptions, followBook } from "./book/followBook.ts";
export { type BackpackCore, type BackpackCoreOptions, createBackpackCore } from "./createCore.ts";
export type { Call, Endpoint, Instruction } from "./rest/endpoint.ts";
export type { Side, StreamSides } from "./streams/sides.ts";
export { type Fees, feesOf, instrumentOf, publishedFees } from "./venue/instruments.ts";
export { type ErrorCode, type ErrorCodeEntry, errorCodeOf, errorCodes } from "./wire/errorCodes.ts";
