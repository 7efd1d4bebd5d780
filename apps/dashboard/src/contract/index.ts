// What the door of a bot says to its page. Types alone; docs/dashboard.md has it in words.
export type * from "./frame.ts";
export type * from "./requests.ts";
export type * from "./stream.ts";
