// The group `spot.rest.account`.
export { commissionRate } from "./commissionRate.ts";
export { get } from "./get.ts";
export { transactionHistory } from "./transactionHistory.ts";
export { transfer } from "./transfer.ts";
export { withdrawEstimateFee } from "./withdrawEstimateFee.ts";
