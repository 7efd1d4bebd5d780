// The group `rest.capital`.
export { balances } from "./balances.ts";
export { collateral } from "./collateral.ts";
export { createWithdrawalDelay } from "./createWithdrawalDelay.ts";
export { depositAddress } from "./depositAddress.ts";
export { deposits } from "./deposits.ts";
export { updateWithdrawalDelay } from "./updateWithdrawalDelay.ts";
export { withdraw } from "./withdraw.ts";
export { withdrawalDelay } from "./withdrawalDelay.ts";
export { withdrawals } from "./withdrawals.ts";
