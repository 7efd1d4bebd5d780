// What the door of a bot says to its page, as types, and how long that may take. docs/dashboard.md has it in words.
export { deadlines, patienceFor } from "./deadlines.ts";
export type * from "./frame.ts";
export type * from "./requests.ts";
export type * from "./stream.ts";
