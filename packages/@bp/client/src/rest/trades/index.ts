// The group `rest.trades`.
export { trades } from "./trades.ts";
