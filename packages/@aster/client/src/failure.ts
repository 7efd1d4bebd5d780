// What a negative answer of the venue means for the caller: refused, later, or nobody knows.
import { wordsOf } from "@bp/adapter";
import { BpError } from "@bp/core";
import { masked } from "@bp/signing";
import { type Answer, retryAfterMs } from "@bp/transport";
import { actionOf, type CodeAction } from "./codeActions.ts";
import { errorIn } from "./wire/error.ts";

/** A negative answer, as far as it could be read. */
export interface Negative {
  readonly status: number;
  /** The venue's code, below 0; `undefined` when the body was no error object of it. */
  readonly code: number | undefined;
  /** Without anything that looks like a key or a signature. */
  readonly message: string;
  /** A web page, or something else that the venue does not write: a proxy has spoken. */
  readonly isPage?: boolean;
  /** Nothing at all: nobody says that the venue has seen the request. */
  readonly isEmpty?: boolean;
}

/** Names in errors. */
export type VenueName = "aster-futures" | "aster-spot";

/** Silence after a 403 of the firewall, ms: going on at once makes it longer. */
const firewallMs = 300_000;
/** Wait where the venue counted too much and names no time, ms. */
const usualWaitMs = 1_000;
const orderWindowMs = 10_000;
const nonceExpired = -4225;

/**
 * The negative answer in a body of any kind: the venue's error object (at any status), text, the HTML of a proxy, or nothing.
 *
 * @param value - the body as JSON, `undefined` if it is none
 * @returns `undefined` for a good answer
 */
export function negativeOf(status: number, text: string, value: unknown): Negative | undefined {
  const error = errorIn(value);
  if (error !== undefined)
    return { status, code: error.code, message: hidden((error.msg ?? "").slice(0, 4_000)).slice(0, 500) };
  if (status < 400 && status >= 200) return undefined;
  // Hidden before it is cut: half of a signature looks like nothing. What is further on is cut in any case.
  const message = wordsOf(hidden(text.slice(0, 4_000)));
  return {
    status,
    code: undefined,
    message,
    ...(/^\s*</.test(text) ? { isPage: true } : {}),
    ...(text.trim() === "" ? { isEmpty: true } : {}),
  };
}

/** What to do about it; `undefined` where no code says so. */
function actionFor({ code, message }: Negative): CodeAction | undefined {
  return code === undefined ? undefined : actionOf(code, message);
}

/** What a call may have done when its answer does not tell: nothing, something that may be done twice, or an order. */
export type CallKind = "reads" | "changes" | "orders";

/**
 * Whether the venue has refused because of the clock, the nonce or the signature, and certainly done nothing. Then, and only then, a
 * call that changes something may be sent again with fresh ones. An order whose nonce is refused may not: if something on the way has
 * carried it twice, that is said of the second one, and if another program gave its nonce to `noop`, somebody wanted it not to be.
 */
export function mayResign(negative: Negative, call: CallKind): boolean {
  return isRefusedToResign(negative) && !(call === "orders" && isNonce(negative));
}

/** Whether an order was refused for its nonce, which does not say that no other copy of it was taken. */
export function isDoubtful(negative: Negative, call: CallKind): boolean {
  return call === "orders" && isRefusedToResign(negative) && isNonce(negative);
}

function isRefusedToResign(negative: Negative): boolean {
  const { status } = negative;
  const refused = status < 500 && status !== 403 && status !== 408 && status !== 418 && status !== 429;
  return refused && actionFor(negative) === "resign";
}

function isNonce({ code, message }: Negative): boolean {
  return code === nonceExpired || (/\bnonce\b/i.test(message) && !isSignature(message));
}

/**
 * The failure for a negative answer.
 *
 * @param call - one that `changes` something may have done so in spite of a 5xx, a page of a proxy, -1000, -1001, -1006 or -1007;
 *   `orders` also in spite of a nonce that was refused
 */
export function failureOf(negative: Negative, call: CallKind, venue: VenueName, waitMs?: number): BpError {
  const { status, code, message, isPage = false, isEmpty = false } = negative;
  const action = actionFor(negative);
  const changes = call !== "reads";
  const context = { venue, status, code: code === undefined ? `HTTP_${status}` : String(code), message };
  const unavailable = () =>
    new BpError("venue/unavailable", { venue, why: `${status} ${context.code}: ${message}`.slice(0, 600) });
  if (status === 429 || status === 418 || (status < 500 && (code === -1003 || code === -1015)))
    return new BpError("venue/rate-limited", {
      venue,
      status,
      code: context.code,
      waitMs: waitMs ?? (code === -1015 ? orderWindowMs : usualWaitMs),
    });
  if (status === 403 && code === undefined) return unavailable(); // the firewall: it has not come to the venue
  const noWord =
    status >= 500 ||
    status === 408 ||
    status < 200 ||
    (status >= 300 && status < 400) ||
    isPage ||
    (isEmpty && changes && status !== 401) ||
    action === "unknown" ||
    isDoubtful(negative, call);
  if (noWord) return changes ? new BpError("venue/unknown-outcome", context) : unavailable();
  if (code === -1022 || action !== "resign") {
    if (!changes && (action === "retry" || code === -1016)) return unavailable();
    return new BpError("venue/refused", context);
  }
  return isSignature(message)
    ? new BpError("venue/refused", context)
    : new BpError("venue/expired", { venue, message });
}

/**
 * How long this host wants silence, ms: `Retry-After`, else the end of the ban in the text of -1003, else `undefined` for the general
 * rule. Minutes after a 403 of the firewall; 0 where the venue itself has answered.
 *
 * @param now - the venue's time, ms
 */
export function pauseOf({ status, headers, text }: Answer, now: number): number | undefined {
  if (status === 403) return /"code"\s*:\s*"?-\d/.test(text) ? 0 : firewallMs;
  if (status !== 429 && status !== 418) return 0;
  const told = retryAfterMs(headers.get("retry-after"), now);
  if (told !== undefined) return told;
  const until = Number(/until\D{0,20}(\d{13})\b/i.exec(text)?.[1] ?? Number.NaN);
  return until > now ? until - now : undefined;
}

const isSignature = (message: string) => /signature/i.test(message);

/** The venue's words without what looks like a key, a signature or a transaction (64 and more hexadecimal digits), or names a listen key. */
export function hidden(text: string): string {
  return masked(text)
    .replace(/(?:0x)?[0-9a-fA-F]{64,}/g, "[secret]")
    .replace(/("listenKey"\s*:\s*")[^"]*/gi, "$1[secret]");
}
