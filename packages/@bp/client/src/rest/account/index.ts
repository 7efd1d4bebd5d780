// The group `rest.account`.
export { get } from "./get.ts";
