// How long a venue wants silence after an answer.
import type { Clock } from "@bp/core";
import type { Answer } from "./answer.ts";

const longestMs = 60_000;
/** The longest ban that a venue documents, ms: a header that asks for more is a mistake, and would stop cancels for good. */
const longestToldMs = 3 * 24 * 3_600_000;

/**
 * Counts refusals: what the venue says itself, by `pauseOf` or by `Retry-After`; else 1, 2, 4 ... 60 s for each 429 in a row,
 * and 60 s for a 418. Never more than 3 days.
 */
export function createRests(clock: Clock, pauseOf?: (answer: Answer) => number | undefined) {
  let inRow = 0;
  return {
    /** @param paused - a pause is on already: then this answers a request from before it and says nothing new */
    after: (answer: Answer, paused: boolean): number => {
      const { status, headers } = answer;
      const named = status >= 400 ? pauseOf?.(answer) : undefined;
      if (status !== 429 && status !== 418) {
        if (status < 500) inRow = 0;
        return msOf(named) ?? 0;
      }
      if (!paused) inRow += 1;
      const told = msOf(named) ?? msOf(retryAfterMs(headers.get("retry-after"), clock.now()));
      if (paused) return told ?? 0;
      return told ?? (status === 418 ? longestMs : Math.min(longestMs, 1_000 * 2 ** (inRow - 1)));
    },
  };
}

function msOf(named: number | undefined): number | undefined {
  return named !== undefined && named >= 0 ? Math.min(named, longestToldMs) : undefined;
}

/** `Retry-After` in seconds or as a date; `undefined` when it is absent or makes no sense. */
export function retryAfterMs(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const seconds = Number(text);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(text) - now;
  return ms >= 0 ? ms : undefined;
}
