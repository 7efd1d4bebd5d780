// One request on its way: where its parameters go, and its signature at the last moment.
import { isBpError } from "@bp/core";
import { formText } from "@bp/signing";
import {
  type Answer,
  type Cost,
  formType,
  type Http,
  type Lane,
  type LateParts,
  type Method,
  type SentRequest,
  type Skew,
} from "@bp/transport";
import type { Pairs } from "./pairs.ts";
import type { AsterCallOptions } from "./rest/endpoint.ts";
import type { Signer } from "./sign.ts";
import type { Way } from "./way.ts";

/** How requests of a service leave. */
export interface Sending {
  readonly http: Http;
  /** Absent: public endpoints only. */
  readonly signer: Signer | undefined;
  readonly skew: Skew;
  /** Where the parameters of POST, PUT and DELETE go. */
  readonly send: "body" | "query";
}

/** One call, read off its parameters at once: what the caller does to them later changes nothing. */
export interface Job {
  readonly method: Method;
  readonly lane: Lane;
  readonly cost: Cost;
  /** In the order in which the caller wrote them. */
  readonly pairs: Pairs;
  /** The nonce to be used, where it is the caller's own. */
  readonly nonce: number | undefined;
  readonly callOptions: AsterCallOptions;
  readonly hear: (nonce: number) => void;
  /** As of a request. */
  readonly isWell: (answer: Answer) => boolean;
}

/** Sends it: a reading call is repeated where that helps, all others go out once. */
export function ask(options: Sending, job: Job, { path, named, signed }: Way): Promise<Answer> {
  const { http, signer, send } = options;
  const { method, lane, cost, pairs, callOptions, isWell } = job;
  const { signal, timeoutMs, mayLeave, repeat } = callOptions;
  const inQuery = method === "GET" || send === "query";
  const place = (text: string): LateParts => (inQuery ? { rawQuery: text } : { body: text, contentType: formType });
  const sign = signed && signer !== undefined ? late(options, signer, job, place) : undefined;
  const request: SentRequest = {
    method,
    path,
    lane,
    cost,
    isWell,
    ...(named && signer !== undefined ? { headers: signer.headers } : {}),
    ...(sign === undefined ? place(formText(pairs)) : { sign }),
    ...(signal === undefined ? {} : { signal }),
    ...(mayLeave === undefined ? {} : { mayLeave }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  if (method === "GET") return http.request({ ...request, safe: repeat !== "never" });
  return new Promise((resolve, reject) => {
    http.send(request, (outcome) => {
      if (isBpError(outcome)) reject(outcome);
      else resolve(outcome);
    });
  });
}

/** Signs at the last moment, and anew for each repeat. */
function late(
  { skew }: Sending,
  signer: Signer,
  { method, pairs, nonce: own, hear }: Job,
  place: (text: string) => LateParts,
): () => LateParts {
  skew.now(); // throws here, while nothing is on its way, if the clock is not known well enough
  const prepared = signer.prepare(pairs, method === "GET" || method === "DELETE" ? "reduces" : "acts");
  return () => {
    const { text, nonce } = prepared(own);
    if (nonce !== undefined) hear(nonce);
    return place(text);
  };
}
