// What leaves the package.
export type { Answer, AnswerHeaders, Method, Outcome, Query, WireRequest } from "./answer.ts";
export { type Budget, type BudgetOptions, createBudget, type Lane } from "./budget.ts";
export { systemClock } from "./clock.ts";
export { createHttp, type Http, type HttpOptions, type HttpRequest, type LateParts, type SentRequest } from "./http.ts";
export { createSkew, type Skew, type SkewOptions } from "./skew.ts";
export { createSocket, type Socket, type SocketOptions } from "./socket.ts";
export { createSubscriptions, type Silence, type Subscriptions, type SubscriptionsOptions } from "./subscriptions.ts";
