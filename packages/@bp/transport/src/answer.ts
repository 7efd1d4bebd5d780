// What goes on the wire and what comes back: the words that both ways of sending share.
import { BpError } from "@bp/core";
import type { Lane } from "./purse.ts";

/** Methods that the venues use. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Scalar = string | number | boolean;

/** Parameters of a URL. `undefined` and `null` are left out; a list repeats its key. */
export type Query = Readonly<Record<string, Scalar | null | undefined | readonly Scalar[]>>;

/** One request, complete. */
export interface WireRequest {
  readonly method: Method;
  /** With the query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly lane: Lane;
  /** From the call until the whole answer is here. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** As of `SentRequest`. */
  readonly mayLeave?: (() => boolean) | undefined;
}

/** Headers of an answer. */
export interface AnswerHeaders {
  /** By lower-case name; several of one name are joined by a comma. */
  get(name: string): string | undefined;
  /** All names, in lower case. In a browser only those that the venue lets scripts see. */
  names(): Iterable<string>;
}

/** An answer of whatever status. */
export interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** The body; "" when there was none. */
  readonly text: string;
}

/** How a request ended: an answer, or a failure of the table. Told apart by `isBpError`. */
export type Outcome = Answer | BpError;

/**
 * One way to the venue. `end` is called exactly once, never before `send` has returned.
 * A failure says whether anything can have arrived: `transport/unreachable` and `transport/aborted` no, `transport/timeout` and
 * `transport/broken` perhaps.
 */
export interface Wire {
  send(request: WireRequest, end: (outcome: Outcome) => void): void;
  close(): Promise<void>;
}

/** `content-type` of parameters in a body: give it beside a body that is a query text. */
export const formType = "application/x-www-form-urlencoded";

/**
 * `?a=1&b=2`, or "" when nothing is left.
 *
 * @throws BpError `signing/bad-value` for half a surrogate pair, which no URL can hold
 */
export function queryText(query: Query | undefined): string {
  if (query === undefined) return "";
  let text = "";
  for (const [key, value] of Object.entries(query)) {
    const list = Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar | null | undefined]; // isArray does not know readonly lists
    for (const each of list)
      if (each !== undefined && each !== null)
        text += `${text === "" ? "?" : "&"}${encoded(key, key)}=${encoded(key, String(each))}`;
  }
  return text;
}

function encoded(key: string, text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw new BpError("signing/bad-value", { key, why: "half a surrogate pair is no text" });
  }
}
