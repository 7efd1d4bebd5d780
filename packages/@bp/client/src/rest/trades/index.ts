// The group `rest.trades`.
export { history } from "./history.ts";
export { trades } from "./trades.ts";
