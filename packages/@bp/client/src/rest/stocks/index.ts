// The group `rest.stocks`.
export { securities } from "./securities.ts";
export { sessions } from "./sessions.ts";
