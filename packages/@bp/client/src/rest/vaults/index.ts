// The group `rest.vaults`.
export { cancelRedeem } from "./cancelRedeem.ts";
export { history } from "./history.ts";
export { list } from "./list.ts";
export { mint } from "./mint.ts";
export { nav } from "./nav.ts";
export { pendingRedeems } from "./pendingRedeems.ts";
export { redeem } from "./redeem.ts";
