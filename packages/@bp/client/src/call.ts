// One request: check what goes out, sign it, send it, read what comes back, say what it means.
import { type CallOptions, checkParams, jsonOf, notJson, schemaError } from "@bp/adapter";
import { BpError, type Clock, isBpError, type Millis } from "@bp/core";
import {
  canonical,
  canonicalBatch,
  type Ed25519Key,
  type Params,
  type SignedHeaders,
  signedHeaders,
} from "@bp/signing";
import type { Answer, Http, Outcome, SentRequest, Skew } from "@bp/transport";
import { failureOf, negativeOf, venueName } from "./failure.ts";
import type { Call, Endpoint } from "./rest/endpoint.ts";

export interface CallOptionsOfClient {
  readonly http: Http;
  /** The same venue with the budget for candles. */
  readonly slowHttp: Http;
  /** Absent: public endpoints only. */
  readonly key: Ed25519Key | undefined;
  readonly skew: Skew;
  readonly clock: Clock;
  /** How long a signature is good, ms. */
  readonly windowMs: number;
}

/**
 * Makes the function that all endpoints go through.
 *
 * It throws `config/invalid` for bad parameters and for a private call without a key, `transport/*`, and of the venue:
 * `venue/refused`, `venue/rate-limited`, `venue/unavailable`, `venue/expired` (after one try more with a fresh clock and signature),
 * `venue/unknown-outcome` for an order or a cancel whose answer does not tell, `wire/schema` and `wire/not-json` for a reading call.
 */
export function createCall(options: CallOptionsOfClient): Call {
  const { skew, key } = options;
  return async <P, A>(endpoint: Endpoint<P, A>, input: P, callOptions?: CallOptions): Promise<A> => {
    const params = checkParams(endpoint, input);
    if (endpoint.instruction === undefined) return read(endpoint, await ask(options, endpoint, params, callOptions));
    if (key === undefined)
      throw new BpError("config/invalid", {
        path: "key",
        found: "none",
        expected: `an API key, because ${endpoint.method} ${endpoint.path} is private`,
      });
    if (!isMeasured(options)) await skew.sync(callOptions?.signal);
    try {
      return read(endpoint, await ask(options, endpoint, params, callOptions));
    } catch (error) {
      if (!isBpError(error, "venue/expired")) throw error;
      // The venue has refused it, so nothing was done: a fresh clock, a fresh signature, the same client id.
      await skew.sync(callOptions?.signal);
      return read(endpoint, await ask(options, endpoint, params, callOptions));
    }
  };
}

function isMeasured({ skew, windowMs }: CallOptionsOfClient): boolean {
  return skew.offsetMs !== undefined && (skew.uncertaintyMs ?? 0) < windowMs / 2;
}

async function ask<P, A>(
  options: CallOptionsOfClient,
  endpoint: Endpoint<P, A>,
  params: P,
  { signal, timeoutMs, lane = endpoint.lane }: CallOptions = {},
): Promise<Answer> {
  const { skew, clock, windowMs, key } = options;
  const http = endpoint.slow === true ? options.slowHttp : options.http;
  const { method, path, instruction } = endpoint;
  const inQuery = method === "GET";
  let sign: SentRequest["sign"];
  if (instruction !== undefined && key !== undefined) {
    skew.now(); // throws here, while nothing is on its way, if the clock is not known well enough
    sign = () => {
      const at = Math.round(clock.now() + (skew.offsetMs ?? 0)) as Millis; // a whole number, just rounded
      return { headers: { ...headersFor(key, instruction, params, at, windowMs) } };
    };
  }
  const request: SentRequest = {
    method,
    path,
    lane,
    ...(inQuery && params !== undefined ? { query: params as Params } : {}), // a GET has flat parameters
    ...(inQuery ? {} : { body: JSON.stringify(params) }),
    ...(sign === undefined ? {} : { sign }),
    ...(signal === undefined ? {} : { signal }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  if (inQuery) return http.request({ ...request, safe: true });
  return new Promise((resolve, reject) => {
    http.send(request, (outcome: Outcome) => {
      if (isBpError(outcome)) reject(outcome);
      else resolve(outcome);
    });
  });
}

function headersFor(
  key: Ed25519Key,
  instruction: string,
  params: unknown,
  at: number,
  windowMs: number,
): SignedHeaders {
  const text = Array.isArray(params)
    ? canonicalBatch(instruction, params as Params[], at, windowMs) // elements were checked by the schema of the batch
    : canonical(instruction, params as Params | undefined, at, windowMs); // checked by the endpoint's schema
  return signedHeaders(key, text, at, windowMs);
}

function read<P, A>(endpoint: Endpoint<P, A>, { status, text }: Answer): A {
  const changes = endpoint.method !== "GET";
  if (status !== 200 || (text === "" && endpoint.form !== "text")) {
    const negative = negativeOf(status, text);
    const instead = endpoint.instead?.({ status, code: negative.code });
    if (instead !== undefined) return instead.answer;
    throw failureOf(negative, changes ? "changes" : "reads");
  }
  const what = `answer of ${endpoint.method} ${endpoint.path}`;
  const value = endpoint.form === "text" ? text : jsonOf(text);
  const problem = (error: BpError) =>
    changes
      ? new BpError(
          "venue/unknown-outcome",
          { venue: venueName, status, code: "UNREADABLE", message: error.message },
          { cause: error },
        )
      : error;
  if (value === undefined) throw problem(notJson(what, text));
  const result = endpoint.answer.safeParse(value);
  if (result.success) return result.data;
  throw problem(schemaError(what, result.error, value));
}
