// The group `rest.prediction`.
export { events } from "./events.ts";
export { tags } from "./tags.ts";
