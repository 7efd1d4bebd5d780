// The group `rest.capital`.
export { balances } from "./balances.ts";
export { collateral } from "./collateral.ts";
