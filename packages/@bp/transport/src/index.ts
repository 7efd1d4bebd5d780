// What leaves the package.
export {
  type Answer,
  type AnswerHeaders,
  formType,
  type Method,
  type Outcome,
  type Query,
  type WireRequest,
} from "./answer.ts";
export { type Budget, type BudgetOptions, type BudgetOverOptions, createBudget, createBudgetOver } from "./budget.ts";
export { systemClock } from "./clock.ts";
export { type Proxies, proxiesFromEnvironment } from "./environment.ts";
export { type PerHost, perHost } from "./host.ts";
export { createHttp, type Http, type HttpOptions, type HttpRequest, type LateParts, type SentRequest } from "./http.ts";
export { createPause, type Pause, pauseOfHost } from "./pause.ts";
export { proxiesFor } from "./proxiesFor.ts";
export { type Cost, createPurse, type Lane, type Purse, type PurseOptions, type Told, type Usage } from "./purse.ts";
export { retryAfterMs } from "./rests.ts";
export { createSkew, type Skew, type SkewOptions } from "./skew.ts";
export { createSocket, type Socket, type SocketOptions } from "./socket.ts";
export { createSubscriptions, type Silence, type Subscriptions, type SubscriptionsOptions } from "./subscriptions.ts";
export { usageIn } from "./usage.ts";
