// What a negative answer of the venue means for the caller: refused, later, or nobody knows.
import { jsonOf, wordsOf } from "@bp/adapter";
import { BpError } from "@bp/core";
import { masked } from "@bp/signing";
import type { AnswerHeaders } from "@bp/transport";
import { errorBody } from "./wire/error.ts";
import { retryOf } from "./wire/retryOf.ts";

/** A negative answer, as far as it could be read. */
export interface Negative {
  readonly status: number;
  /** The venue's code; `undefined` when the body was no error object of it. */
  readonly code: string | undefined;
  readonly message: string;
  /** A web page: the edge has spoken, not the venue. */
  readonly isPage?: boolean;
  /** Nothing at all: nobody says that the venue has seen the request. */
  readonly isEmpty?: boolean;
  /** What the venue or its edge calls the request: worth giving to its support. */
  readonly requestId?: string;
}

/** Name of the venue in errors. */
export const venueName = "backpack";

/** Reads a body that may be the venue's error object, plain text, the HTML of its edge, or nothing. */
export function negativeOf(status: number, body: string, headers?: AnswerHeaders): Negative {
  const parsed = errorBody.safeParse(jsonOf(body));
  const named = requestIdOf(headers);
  if (parsed.success)
    return { status, code: parsed.data.code, message: shown(parsed.data.message ?? "").slice(0, 500), ...named };
  const isPage = /^\s*</.test(body) ? { isPage: true } : {};
  const isEmpty = body.trim() === "" ? { isEmpty: true } : {};
  return { status, code: undefined, message: wordsOf(shown(body)), ...isPage, ...isEmpty, ...named };
}

/** Masked before it is cut to its length: half of a key looks like nothing. What is further on is cut in any case. */
export function shown(text: string): string {
  return masked(text.slice(0, 4_000));
}

/** The name of a request in the headers of its answer, if there is one. */
export function requestIdOf(headers: AnswerHeaders | undefined): { readonly requestId?: string } {
  const found = headers?.get("x-request-id") ?? headers?.get("x-amz-cf-id");
  return found === undefined ? {} : { requestId: found.slice(0, 200) };
}

/** What is told where the venue says nothing of how long. */
const leastWaitMs = 1_000;

/**
 * The failure for a negative answer.
 *
 * @param call - one that `changes` something may have done so in spite of a 5xx, a page of the edge, `TIMEOUT` or `SERVER_ERROR`
 * @param waitMs - how long the budget pauses for a limit that was hit; a second at least is told
 */
export function failureOf(negative: Negative, call: "reads" | "changes", waitMs = 0): BpError {
  const { status, code, message, isPage = false, isEmpty = false, requestId } = negative;
  const changes = call === "changes";
  const named = requestId === undefined ? {} : { requestId };
  const told = { venue: venueName, status, code: code ?? `HTTP_${status}`, ...named };
  const context = { ...told, message };
  if (status === 429 || status === 418 || (status < 500 && code === "TOO_MANY_REQUESTS"))
    return new BpError("venue/rate-limited", { ...told, waitMs: Math.max(leastWaitMs, waitMs) });
  const retry = code === undefined ? "never" : retryOf(code);
  const isUnread = status >= 500 || status === 408 || status < 400;
  if (!isUnread && isExpiry(code, message)) return new BpError("venue/expired", context);
  const noWord = isUnread || retry === "unknown";
  const isEdge = (isPage || (isEmpty && status !== 401)) && status !== 403; // 403: its firewall, then it has not come to the venue
  if ((noWord || isEdge) && changes) return new BpError("venue/unknown-outcome", context);
  if (!changes && (noWord || retry === "later"))
    return new BpError("venue/unavailable", { ...told, why: `${status} ${told.code}: ${message}` });
  return new BpError("venue/refused", context);
}

/** The venue has no code of its own for a late request, only words. A mistake here costs one request more, with the same client id. */
function isExpiry(code: string | undefined, message: string): boolean {
  return code === "INVALID_CLIENT_REQUEST" && /has expired|invalid timestamp/i.test(message);
}
