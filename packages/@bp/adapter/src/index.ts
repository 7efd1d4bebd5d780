// What leaves the package.
export { background, guarded } from "./background.ts";
export { type AnyEndpoint, type Bound, bind, type CallOptions, type Endpoint, type Odd } from "./rest/endpoint.ts";
export { createFeed, type Feed, type FeedOptions, type Listener, type Source } from "./streams/feed.ts";
export { createRoutes, type Routed, type Routes } from "./streams/routes.ts";
export type { Stream } from "./streams/stream.ts";
export { decimal, decimalOrNull, decimalParam, fromBasisPoints, sum, trimmed, zero } from "./wire/decimal.ts";
export { FrameSide, sideReader } from "./wire/frameSide.ts";
export { clientIdOrNull, clientIdParam, id, idOrNull, wholeNumber } from "./wire/ids.ts";
export { jsonOf } from "./wire/json.ts";
export { levels } from "./wire/levels.ts";
export { checkParams, notJson, schemaError, wordsOf } from "./wire/read.ts";
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
