// The group `spot.rest.stream`.
export { closeListenKey } from "./closeListenKey.ts";
export { createListenKey } from "./createListenKey.ts";
export { keepListenKey } from "./keepListenKey.ts";
