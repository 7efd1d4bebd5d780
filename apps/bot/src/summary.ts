// The summary of a run as a file.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { BpError } from "@bp/core";
import { fromHere } from "./paths.ts";

/**
 * Looks whether the file may be written over at the end: a configuration of somebody else's must not destroy what is no summary.
 *
 * @throws BpError `config/conflict` for a file with something else in it
 */
export function checkSummary(file: string): void {
  const path = fromHere(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size === 0) return;
  if (found.size > mostBytes || !isSummary(readFileSync(path, "utf8")))
    throw new BpError("config/conflict", {
      what: `${file} exists and is no summary`,
      hint: "the summary of the run would replace it: name another file",
    });
}

/** No summary is as large, bytes. */
const mostBytes = 10_000_000;

/** Whether a text is a summary that a run has written. */
function isSummary(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "commandsDigest" in value && "openOrdersAtExit" in value;
  } catch {
    return false; // no JSON
  }
}

/** Writes it, for its owner alone. */
export function writeSummary(file: string, summary: unknown): void {
  writeFileSync(fromHere(file), `${JSON.stringify(summary, undefined, 2)}\n`, { mode: 0o600 });
}
