// The group `rest.orders`.
export { cancel } from "./cancel.ts";
export { cancelAll } from "./cancelAll.ts";
export { get } from "./get.ts";
export { open } from "./open.ts";
export { place } from "./place.ts";
export { placeBatch } from "./placeBatch.ts";
