// The group `rest.positions`.
export { list } from "./list.ts";
