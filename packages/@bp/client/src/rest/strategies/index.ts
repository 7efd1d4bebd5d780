// The group `rest.strategies`.
export { cancel } from "./cancel.ts";
export { cancelAll } from "./cancelAll.ts";
export { create } from "./create.ts";
export { get } from "./get.ts";
export { open } from "./open.ts";
