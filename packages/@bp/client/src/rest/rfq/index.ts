// The group `rest.rfq`.
export { accept } from "./accept.ts";
export { cancel } from "./cancel.ts";
export { open } from "./open.ts";
export { quote } from "./quote.ts";
export { refresh } from "./refresh.ts";
export { submit } from "./submit.ts";
