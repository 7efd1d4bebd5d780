// What came back, held against the endpoint: its answer, or what it means that there is none.
import { jsonOf, notJson, rowsError, schemaError } from "@bp/adapter";
import { BpError, isBpError } from "@bp/core";
import type { Answer, Budget } from "@bp/transport";
import { type CallKind, failureOf, hidden, type Negative, negativeOf, type VenueName } from "./failure.ts";
import type { AsterEndpoint, Service } from "./rest/endpoint.ts";

/** Whose answer it is. The budget knows of pauses. */
export interface Reading {
  readonly service: Service;
  readonly budget: Budget;
}

/**
 * @param value - the body as JSON, `undefined` if it is none
 * @param negative - what `negativeOf` has found in it
 */
export function read<P, A>(
  { service, budget }: Reading,
  endpoint: AsterEndpoint<P, A>,
  params: P,
  { status, text }: Answer,
  value: unknown,
  negative: Negative | undefined,
): A {
  const venue: VenueName = `aster-${service}`;
  const kind = kindOf(endpoint);
  const changes = kind !== "reads";
  if (negative !== undefined) {
    const code = negative.code === undefined ? undefined : String(negative.code);
    const instead = status < 500 ? endpoint.instead?.({ status, code }) : undefined;
    if (instead !== undefined) return instead.answer;
    throw failureOf(negative, kind, venue, budget.pausedMs() || undefined);
  }
  const what = `answer of ${endpoint.method} ${endpoint.path}`;
  const problem = (error: BpError) => {
    if (changes)
      return new BpError(
        "venue/unknown-outcome",
        { venue, status, code: "UNREADABLE", message: error.message },
        { cause: error },
      );
    const isPage = value === undefined && /^\s*</.test(text); // a proxy's page: as good as a 5xx
    return isPage ? new BpError("venue/unavailable", { venue, why: error.message }, { cause: error }) : error;
  };
  if (value === undefined) throw problem(notJson(what, hidden(text.slice(0, 4_000))));
  const result = endpoint.answer.safeParse(value);
  const odd = result.success ? rowsError(endpoint, params, result.data) : undefined;
  if (odd !== undefined) throw problem(odd);
  if (result.success) return result.data;
  const { context } = schemaError(what, result.error, value);
  throw problem(new BpError("wire/schema", { ...context, raw: hidden(context.raw) }));
}

/** Whether the venue itself has answered: with what the endpoint reads, or with a refusal that has a code of its own. */
export function isOwnWord<P, A>(reading: Reading, endpoint: AsterEndpoint<P, A>, params: P, answer: Answer): boolean {
  const value = jsonOf(answer.text);
  const negative = negativeOf(answer.status, answer.text, value);
  if (negative !== undefined && negative.code === undefined) return false;
  try {
    read(reading, endpoint, params, answer, value, negative);
    return true;
  } catch (error) {
    return isBpError(error, "venue/refused") || isBpError(error, "venue/expired");
  }
}

/** What a call of this endpoint may do. */
export function kindOf<P>({ method, orders }: AsterEndpoint<P, unknown>): CallKind {
  return method === "GET" ? "reads" : orders === undefined ? "changes" : "orders";
}
