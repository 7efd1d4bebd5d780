// One request: check what goes out, sign it, send it, read what comes back, say what it means.
import { type CallOptions, checkParams, jsonOf, notJson, rowsError, schemaError } from "@bp/adapter";
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
import { failureOf, negativeOf, requestIdOf, shown, venueName } from "./failure.ts";
import { costOf } from "./limits.ts";
import type { Call, Endpoint } from "./rest/endpoint.ts";

/** What all calls of a client share. */
export interface CallOptionsOfClient {
  readonly http: Http;
  /** The same venue with the budget for candles. */
  readonly slowHttp: Http;
  /** How long the venue wants silence, ms. */
  readonly pausedMs: () => number;
  /** Absent: public endpoints only. */
  readonly key: Ed25519Key | undefined;
  readonly skew: Skew;
  readonly clock: Clock;
  /** How long a signature is good, ms. */
  readonly windowMs: number;
  /** How long an answer is waited for, ms. */
  readonly timeoutMs: number;
  /** Goes into a header where the venue takes it. */
  readonly brokerId?: number | undefined;
  /** Whether money may be sent away. */
  readonly withdrawals?: "allowed" | undefined;
}

/**
 * Makes the function that all endpoints go through.
 *
 * It throws `config/invalid` for bad parameters, for a private call without a key and for a guarded one without leave,
 * `transport/*`, and of the venue:
 * `venue/refused`, `venue/rate-limited`, `venue/unavailable`, `venue/expired` (after one try more with a fresh clock and signature),
 * `venue/unknown-outcome` for an order or a cancel whose answer does not tell, `wire/schema` and `wire/not-json` for a reading call.
 */
export function createCall(options: CallOptionsOfClient): Call {
  const { skew, key } = options;
  return async <P, A>(endpoint: Endpoint<P, A>, input: P, callOptions?: CallOptions): Promise<A> => {
    checkLeave(endpoint, options.withdrawals);
    const params = checked(endpoint, input);
    if (endpoint.instruction === undefined)
      return read(options, endpoint, params, await ask(options, endpoint, params, callOptions));
    if (key === undefined)
      throw new BpError("config/invalid", {
        path: "key",
        found: "none",
        expected: `an API key, because ${endpoint.method} ${endpoint.path} is private`,
      });
    if (!isMeasured(options)) await measure(skew, callOptions?.signal);
    try {
      return read(options, endpoint, params, await ask(options, endpoint, params, callOptions));
    } catch (error) {
      if (!isBpError(error, "venue/expired")) throw error;
      // The venue has refused it, so nothing was done: a fresh clock, a fresh signature, the same client id.
      try {
        await measure(skew, callOptions?.signal);
      } catch (failure) {
        throw isBpError(failure) ? error : failure; // the refusal says more than a clock that cannot be read
      }
      const second = await ask(options, endpoint, params, callOptions);
      try {
        return read(options, endpoint, params, second);
      } catch (failure) {
        throw secondOf(failure);
      }
    }
  };
}

/** Reads the venue's clock. That it gave no answer must not look as if the call had been sent. */
async function measure(skew: Skew, signal: AbortSignal | undefined): Promise<void> {
  try {
    await skew.sync(signal);
  } catch (error) {
    if (!isBpError(error) || error.retry !== "unknown") throw error;
    const why = `its clock cannot be read: ${error.message}`;
    throw new BpError("venue/unavailable", { venue: venueName, why }, { cause: error });
  }
}

/** What a second try ended in. If its client id is in use, something on the way had carried the first one twice, and it stands. */
function secondOf(failure: unknown): unknown {
  if (!isBpError(failure, "venue/refused") || !/already exists/i.test(failure.context.message)) return failure;
  return new BpError("venue/unknown-outcome", failure.context, { cause: failure });
}

type Named = Pick<Endpoint<unknown, unknown>, "guarded" | "method" | "path">;

function checkLeave({ guarded, method, path }: Named, withdrawals: "allowed" | undefined): void {
  if (guarded !== true || withdrawals === "allowed") return;
  throw new BpError("config/invalid", {
    path: "withdrawals",
    found: "nothing",
    expected: `"allowed", because ${method} ${path} is about money that leaves the account`,
    hint: "give it to createBackpack, in a program that has to withdraw",
  });
}

/** Parameters as they may go out. No value of a second factor, and nothing that looks like a key, is shown by the failure. */
function checked<P>(endpoint: Endpoint<P, unknown>, input: P): P {
  try {
    return checkParams(endpoint, input);
  } catch (error) {
    if (endpoint.guarded !== true || !isBpError(error, "config/invalid")) throw error;
    throw new BpError("config/invalid", { ...error.context, found: "something that is not shown here" });
  }
}

function isMeasured({ skew, windowMs }: CallOptionsOfClient): boolean {
  return skew.offsetMs !== undefined && (skew.uncertaintyMs ?? 0) < windowMs / 2;
}

async function ask<P, A>(
  options: CallOptionsOfClient,
  endpoint: Endpoint<P, A>,
  params: P,
  { signal, lane = endpoint.lane, mayLeave, ...own }: CallOptions = {},
): Promise<Answer> {
  const { skew, clock, key, brokerId } = options;
  const windowMs = Math.min(options.windowMs, own.windowMs ?? options.windowMs);
  const timeoutMs = own.timeoutMs ?? (windowMs < options.windowMs ? shorter(options, windowMs) : undefined);
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
    cost: costOf(sign !== undefined, endpoint.slow === true),
    isWell: (answer) => isOwnWord(options, endpoint, params, answer),
    ...(inQuery && params !== undefined ? { query: params as Params } : {}), // a GET has flat parameters
    ...(inQuery ? {} : { body: JSON.stringify(params) }),
    ...(sign === undefined ? {} : { sign }),
    ...(endpoint.broker === true && brokerId !== undefined ? { headers: { "X-Broker-Id": String(brokerId) } } : {}),
    ...(signal === undefined ? {} : { signal }),
    ...(mayLeave === undefined ? {} : { mayLeave }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  if (inQuery) return http.request({ ...request, safe: own.repeat !== "never" });
  return new Promise((resolve, reject) => {
    http.send(request, (outcome: Outcome) => {
      if (isBpError(outcome)) reject(outcome);
      else resolve(outcome);
    });
  });
}

/** An answer to what is good for less time is waited for that much less. */
function shorter({ timeoutMs, windowMs: usual }: CallOptionsOfClient, windowMs: number): number {
  return Math.max(Math.min(timeoutMs, windowMs), timeoutMs - (usual - windowMs));
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

function read<P, A>(
  { pausedMs }: CallOptionsOfClient,
  endpoint: Endpoint<P, A>,
  params: P,
  { status, text, headers }: Answer,
): A {
  const changes = endpoint.method !== "GET";
  const empty = endpoint.form === "empty" && (status === 200 || status === 201 || status === 204) && !isFailure(text);
  if (!empty && (status !== 200 || (text === "" && endpoint.form !== "text"))) {
    const negative = negativeOf(status, text, headers);
    const instead = status < 500 ? endpoint.instead?.({ status, code: negative.code }) : undefined;
    if (instead !== undefined) return instead.answer;
    throw failureOf(negative, changes ? "changes" : "reads", pausedMs());
  }
  const what = `answer of ${endpoint.method} ${endpoint.path}`;
  const value = empty ? undefined : endpoint.form === "text" ? text : jsonOf(text);
  const problem = (error: BpError) =>
    changes
      ? new BpError(
          "venue/unknown-outcome",
          { venue: venueName, status, code: "UNREADABLE", message: error.message, ...requestIdOf(headers) },
          { cause: error },
        )
      : error;
  if (value === undefined && !empty) throw problem(notJson(what, pieceOf(endpoint, text)));
  const result = endpoint.answer.safeParse(value);
  const odd = result.success ? rowsError(endpoint, params, result.data) : undefined;
  if (odd !== undefined) throw problem(odd);
  if (result.success) return result.data;
  const { context } = schemaError(what, result.error, value);
  throw problem(new BpError("wire/schema", { ...context, raw: pieceOf(endpoint, context.raw) }));
}

/** Whether the venue itself has answered: with what the endpoint reads, or with a refusal that has a code of its own. */
function isOwnWord<P, A>(options: CallOptionsOfClient, endpoint: Endpoint<P, A>, params: P, answer: Answer): boolean {
  const { status, text, headers } = answer;
  const { code, isPage = false } = negativeOf(status, text, headers);
  if (isPage || (status >= 300 && code === undefined)) return false;
  try {
    read(options, endpoint, params, answer);
    return true;
  } catch (error) {
    return isBpError(error, "venue/refused") || isBpError(error, "venue/expired");
  }
}

/** Whether a body that should be empty is an error object, or a page of the edge. */
function isFailure(text: string): boolean {
  if (text === "") return false;
  const { code, isPage = false } = negativeOf(200, text);
  return code !== undefined || isPage;
}

/** A piece of an answer as an error may show it. */
function pieceOf({ guarded }: Named, raw: string): string {
  return guarded === true ? "something that is not shown here" : shown(raw);
}
