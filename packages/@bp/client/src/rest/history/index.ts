// The group `rest.history`.
export { borrowLend } from "./borrowLend.ts";
export { borrowLendPositions } from "./borrowLendPositions.ts";
export { dust } from "./dust.ts";
export { fills } from "./fills.ts";
export { funding } from "./funding.ts";
export { interest } from "./interest.ts";
export { orders } from "./orders.ts";
export { positions } from "./positions.ts";
export { quoteFills } from "./quoteFills.ts";
export { quotes } from "./quotes.ts";
export { rfqFills } from "./rfqFills.ts";
export { rfqs } from "./rfqs.ts";
export { settlements } from "./settlements.ts";
export { strategies } from "./strategies.ts";
export { vaultMints } from "./vaultMints.ts";
export { vaultRedeems } from "./vaultRedeems.ts";
