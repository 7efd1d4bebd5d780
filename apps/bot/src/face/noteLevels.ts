// How loud a note of a rule is, in the log and on the page; those that are not named are for who looks closely.
import type { Line } from "./system.ts";

/** By rule. */
export const noteLevels: Readonly<Record<string, Line["level"]>> = {
  alert: "warn",
  halt: "error",
  venue: "info",
  unknown: "warn",
  external: "warn",
  link: "info",
  operator: "info",
};
