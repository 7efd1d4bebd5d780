// The group `rest.assets`.
export { collateral } from "./collateral.ts";
export { list } from "./list.ts";
