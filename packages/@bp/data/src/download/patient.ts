// Asks again where a venue is busy or a network is down.
import { isBpError } from "@bp/core";
import type { DownloadOptions } from "./download.ts";

/** How often, and what happens meanwhile. */
export interface Patience {
  /** Lets time pass, ms; ends early when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Told before each pause. */
  readonly onWait?: (waitMs: number, error: Error) => void;
  /** Failures in a row of one page; default 8, which is about four minutes. */
  readonly tries?: number;
}

const isOver = (signal: AbortSignal | undefined) => signal?.aborted === true;

/** Longest pause that is not the venue's own wish, ms. */
const longestMs = 60_000;

/**
 * A page function that asks again after failures that pass: 429, 5xx, lost connections, a budget that is used up. It waits as long as
 * the venue says, else 1 s, 2 s, 4 s … up to a minute.
 */
export function patiently(
  page: DownloadOptions["page"],
  { sleep, onWait, tries = 8 }: Patience,
): DownloadOptions["page"] {
  return async (ask, signal) => {
    for (let attempt = 1; ; attempt++)
      try {
        return await page(ask, signal);
      } catch (error) {
        if (!isBpError(error) || error.retry === "never" || attempt >= tries || isOver(signal)) throw error;
        const told = "waitMs" in error.context ? error.context.waitMs : 0;
        const waitMs = Math.max(told, Math.min(longestMs, 1_000 * 2 ** (attempt - 1)));
        onWait?.(waitMs, error);
        await sleep(waitMs, signal);
        if (isOver(signal)) throw error;
      }
  };
}
