// What leaves the folder: plan a change of parameters, apply it, and tell which parameters hold.
export { applyChange } from "./apply.ts";
export { paramsNow } from "./now.ts";
export { type ChangePlan, planChange } from "./plan.ts";
export type { ChangeTerms } from "./terms.ts";
