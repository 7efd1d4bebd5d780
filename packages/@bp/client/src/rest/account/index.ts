// The group `rest.account`.
export { convertDust } from "./convertDust.ts";
export { get } from "./get.ts";
export { issueTwoFactorToken } from "./issueTwoFactorToken.ts";
export { maxBorrow } from "./maxBorrow.ts";
export { maxOrder } from "./maxOrder.ts";
export { maxWithdrawal } from "./maxWithdrawal.ts";
export { update } from "./update.ts";
