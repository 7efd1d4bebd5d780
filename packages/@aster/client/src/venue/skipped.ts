// Markets whose rows cannot be read are told and left out.
import { BpError } from "@bp/core";
import type { Skipped } from "../wire/rows.ts";

/** The failure that stands for a row. */
export function skippedError({ symbol, path, expected }: Skipped): BpError {
  return new BpError("wire/schema", { what: `market ${symbol ?? "without a name"}`, path, expected, raw: "left out" });
}
