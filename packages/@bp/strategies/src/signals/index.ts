// Signals: what a market looks like, as numbers. Fractions are opinions; prices in ticks unless a unit is named.
export * from "./avellanedaStoikov.ts";
export * from "./bars.ts";
export * from "./barVolatility.ts";
export { band, type Depth } from "./depth.ts";
export * from "./ema.ts";
export * from "./fairPrice.ts";
export * from "./flow.ts";
export * from "./glft.ts";
export * from "./imbalance.ts";
export * from "./intensity.ts";
export * from "./sizeSkew.ts";
export * from "./stoikov.ts";
export * from "./vamp.ts";
export * from "./volatility.ts";
export * from "./weightedTouch.ts";
