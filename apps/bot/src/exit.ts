// How a command ends: the codes, and an error in words.
import { isBpError, plain } from "@bp/core";
import { messageOf } from "./failures.ts";

/** 0 done, 1 failed, 2 wrong usage or configuration, 3 stopped by a risk halt. */
export const exit = { done: 0, failed: 1, usage: 2, halted: 3 } as const;

/** One of the four codes. */
export type ExitCode = (typeof exit)[keyof typeof exit];

/** Says what went wrong on stderr; the whole story with BP_DEBUG=1. */
export function fail(error: unknown): ExitCode {
  process.stderr.write(`error: ${plain(messageOf(error))}${isBpError(error) ? ` [${error.code}]` : ""}\n`);
  if (process.env["BP_DEBUG"] === "1" && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  return codeOf(error);
}

/** The code of a failure: whether a person mends it by other input. */
export function codeOf(error: unknown): ExitCode {
  const wrong = isBpError(error) && (error.code.startsWith("config/") || wrongInput.has(error.code));
  return wrong ? exit.usage : exit.failed;
}

/** Failures outside `config/` that a person mends by other input. */
const wrongInput: ReadonlySet<string> = new Set([
  "signing/bad-key",
  "signing/key-mismatch",
  "venue/unknown-symbol",
  "journal/account-locked", // started again, it would lie in wait until the other bot ends
  "journal/no-run",
  "sim/bad-recording",
  "data/unknown-format",
  "data/no-market",
  "data/bad-line",
  "data/overlap",
  "data/damaged",
  "grid/off-grid",
  "grid/not-decimal",
  "grid/bad-step",
]);
