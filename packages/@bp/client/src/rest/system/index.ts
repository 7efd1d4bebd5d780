// The group `rest.system`.
export { ping } from "./ping.ts";
export { status } from "./status.ts";
export { time } from "./time.ts";
export { wallets } from "./wallets.ts";
