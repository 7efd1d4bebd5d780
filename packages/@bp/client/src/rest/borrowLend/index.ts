// The group `rest.borrowLend`.
export { apy } from "./apy.ts";
export { execute } from "./execute.ts";
export { history } from "./history.ts";
export { liquidationPrice } from "./liquidationPrice.ts";
export { markets } from "./markets.ts";
export { positions } from "./positions.ts";
