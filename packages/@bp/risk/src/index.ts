// What leaves the package.
export * from "./gate.ts";
export * from "./keeps.ts";
export * from "./rules/dailyLoss.ts";
export * from "./rules/drawdown.ts";
export * from "./rules/funds.ts";
export * from "./rules/maxNotional.ts";
export * from "./rules/maxOpenOrders.ts";
export * from "./rules/maxPosition.ts";
export * from "./rules/orderRate.ts";
export * from "./rules/ownCross.ts";
export * from "./rules/priceBand.ts";
export * from "./rules/staleMarket.ts";
export * from "./rules/whenHalted.ts";
export * from "./weighs.ts";
