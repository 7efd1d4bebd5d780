// What leaves the folder: plan a change of parameters, apply it, and tell what has changed.
export { type Applied, applyChange, type ChangeOrder } from "./apply.ts";
export type { Refused } from "./fit.ts";
export { type ParamsNow, paramsNow } from "./now.ts";
export type { BoundWish, PlannedOrder } from "./orders.ts";
export { type ChangePlan, planChange } from "./plan.ts";
export type { ChangeTerms } from "./terms.ts";
