// What came back, held against the endpoint: its answer, or what it means that there is none.
import { notJson, schemaError } from "@bp/adapter";
import { BpError } from "@bp/core";
import type { Answer, Budget } from "@bp/transport";
import { failureOf, type Negative, type VenueName } from "./failure.ts";
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
  { status, text }: Answer,
  value: unknown,
  negative: Negative | undefined,
): A {
  const venue: VenueName = `aster-${service}`;
  const changes = endpoint.method !== "GET";
  if (negative !== undefined) {
    const code = negative.code === undefined ? undefined : String(negative.code);
    const instead = status < 500 ? endpoint.instead?.({ status, code }) : undefined;
    if (instead !== undefined) return instead.answer;
    throw failureOf(negative, changes ? "changes" : "reads", venue, budget.pausedMs() || undefined);
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
  if (value === undefined) throw problem(notJson(what, text));
  const result = endpoint.answer.safeParse(value);
  if (result.success) return result.data;
  throw problem(schemaError(what, result.error, value));
}
