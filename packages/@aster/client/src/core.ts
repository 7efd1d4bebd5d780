// What leaves the package as `@aster/client/core`: a client that has only the endpoints and streams that are handed to it.
export type {
  Bound,
  CallOptions,
  Feed,
  FeedOptions,
  FollowCounts,
  FollowVerdict,
  FrameCounts,
  Listener,
  Stream,
  Watcher,
} from "@bp/adapter";
export { BpError, isBpError, toBig, toLots, toTicks } from "@bp/core";
export { createNonces, loadFastSecp256k1, type Nonces, Secret } from "@bp/signing";
export { systemClock } from "@bp/transport";
export { bind } from "./bind.ts";
export { type AsterBookFollower, type FollowAsterBookOptions, followAsterBook } from "./book/followAsterBook.ts";
export { type AsterBudget, type RateLimit, type SharedLimits, sharedLimits } from "./budget.ts";
export { actionOf, type CodeAction } from "./codeActions.ts";
export { type AsterConnection, type AsterCore, createAsterCore } from "./createCore.ts";
export { type ErrorCode, errorCodes } from "./errorCodes.ts";
export { filtersOf, type MarketFilters, type PercentRule, type StepRule } from "./filters.ts";
export {
  type HmacSigning,
  type WithAgentOptions,
  withAgent,
  withAgentKey,
  withHmac,
  withHmacKey,
} from "./keys.ts";
export {
  type AgentOptions,
  type AsterOptions,
  type CoreOptions,
  chainIds,
  type HmacKeyOptions,
  hosts,
  type ServiceOptions,
} from "./options.ts";
export {
  type AnyAsterEndpoint,
  type AsterCallOptions,
  type AsterEndpoint,
  type Call,
  costOf,
  type Scheme,
  type Service,
} from "./rest/endpoint.ts";
export type { KeySource, Network } from "./sign.ts";
