// What leaves the package.

export * from "./advice.ts";
export * from "./economics.ts";
export { type MakerParams, makerParams } from "./maker/params.ts";
export { type Pricing, pricingOf } from "./maker/pricing.ts";
export * from "./maker.ts";
export * from "./names.ts";
export { checkStopInput } from "./stopInput.ts";
