// How a door says no: a status, a sentence, and what to do about it.
import type { Refused } from "dashboard/contract";

/** The statuses of a refusal. */
export type RefusedStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 429 | 500 | 503;

/** Thrown by whatever answers a request; the door writes it out. */
export class Refusal extends Error {
  readonly status: RefusedStatus;
  readonly refused: Refused;
  /** Seconds after which to try again. */
  readonly retryAfter: number | undefined;

  constructor(status: RefusedStatus, refused: Refused, retryAfter?: number) {
    super(refused.error);
    this.status = status;
    this.refused = refused;
    this.retryAfter = retryAfter;
  }
}

/** A refusal. @param hint - what to do about it */
export const refusal = (status: RefusedStatus, error: string, hint?: string, retryAfter?: number): Refusal =>
  new Refusal(status, hint === undefined ? { error } : { error, hint }, retryAfter);

/** It as an answer. */
export function refusedResponse({ status, refused, retryAfter }: Refusal): Response {
  const headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  return Response.json(refused, { status, headers });
}
