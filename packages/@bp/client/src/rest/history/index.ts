// The group `rest.history`.
export { fills } from "./fills.ts";
export { funding } from "./funding.ts";
export { orders } from "./orders.ts";
