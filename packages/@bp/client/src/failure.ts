// What a negative answer of the venue means for the caller: refused, later, or nobody knows.
import { jsonOf, wordsOf } from "@bp/adapter";
import { BpError } from "@bp/core";
import { masked } from "@bp/signing";
import { errorBody } from "./wire/error.ts";

/** A negative answer, as far as it could be read. */
export interface Negative {
  readonly status: number;
  /** The venue's code; `undefined` when the body was no error object of it. */
  readonly code: string | undefined;
  readonly message: string;
}

/** Name of the venue in errors. */
export const venueName = "backpack";

/** Reads a body that may be the venue's error object, plain text, the HTML of its edge, or nothing. */
export function negativeOf(status: number, body: string): Negative {
  const parsed = errorBody.safeParse(jsonOf(body));
  if (parsed.success)
    return { status, code: parsed.data.code, message: masked(parsed.data.message ?? "").slice(0, 500) };
  return { status, code: undefined, message: masked(wordsOf(body)) };
}

/**
 * The failure for a negative answer.
 *
 * @param call - one that `changes` something may have done so in spite of a 5xx, `TIMEOUT` or `SERVER_ERROR`
 */
export function failureOf({ status, code, message }: Negative, call: "reads" | "changes"): BpError {
  const changes = call === "changes";
  const context = { venue: venueName, status, code: code ?? `HTTP_${status}`, message };
  if (status === 429 || status === 418 || code === "TOO_MANY_REQUESTS")
    return new BpError("venue/rate-limited", { venue: venueName, waitMs: 1_000 });
  if (isExpiry(code, message)) return new BpError("venue/expired", { venue: venueName, message });
  const noWord = status >= 500 || status === 408 || status < 400 || code === "TIMEOUT" || code === "SERVER_ERROR";
  if (noWord && changes) return new BpError("venue/unknown-outcome", context);
  if (!changes && (noWord || code === "MAINTENANCE" || code === "TOO_EARLY"))
    return new BpError("venue/unavailable", { venue: venueName, why: `${status} ${context.code}: ${message}` });
  return new BpError("venue/refused", context);
}

/** The venue has no code of its own for a late request, only words. A mistake here costs one request more. */
function isExpiry(code: string | undefined, message: string): boolean {
  return code === "INVALID_CLIENT_REQUEST" && /has expired|invalid timestamp/i.test(message);
}
