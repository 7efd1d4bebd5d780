// The summary of a run as a file.
import { closeSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
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
  const first = Buffer.alloc(1);
  const open = openSync(path, "r");
  try {
    readSync(open, first, 0, 1, 0);
  } finally {
    closeSync(open);
  }
  if (first.toString("latin1") !== "{")
    throw new BpError("config/conflict", {
      what: `${file} exists and is no summary`,
      hint: "the summary of the run would replace it: name another file",
    });
}

/** Writes it, for its owner alone. */
export function writeSummary(file: string, summary: unknown): void {
  writeFileSync(fromHere(file), `${JSON.stringify(summary, undefined, 2)}\n`, { mode: 0o600 });
}
