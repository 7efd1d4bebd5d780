// What may be done after a code of the venue.
import type { Retry } from "@bp/core";

const later = ["MAINTENANCE", "TOO_EARLY", "TOO_MANY_REQUESTS", "TRADING_PAUSED"];
const unknown = ["SERVER_ERROR", "TIMEOUT"];

/** `unknown`: an order may have been taken all the same. A code that is not known is a refusal like any other: `never`. */
export function retryOf(code: string): Retry {
  if (unknown.includes(code)) return "unknown";
  return later.includes(code) ? "later" : "never";
}
