// What was kept of a run when its market data went: everything that can be shown of it.
import type { RunRecord } from "@bp/journal";

/** What `bot report` shows of a compacted run. */
export interface Kept {
  /** The figures for programs. */
  readonly json: unknown;
  /** The short text, in each language. */
  readonly en: string;
  readonly zh: string;
  /** Everything else. Runs that were compacted by a program that kept none have none. */
  readonly analysis?: unknown;
}

/** `undefined` for a run that is whole, or of which nothing was kept. */
export function keptOf({ compacted, report }: RunRecord): Kept | undefined {
  if (compacted === undefined || typeof report !== "object" || report === null) return undefined;
  return report as Kept; // written by `keepOf`
}
