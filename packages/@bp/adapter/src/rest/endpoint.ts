// What an endpoint is: plain data, one file each; the client, the sandbox and the tests read the same.
import type * as z from "zod";

/** What a venue answered when it was not 200. */
export interface Odd {
  readonly status: number;
  /** The code of its JSON error as text; `undefined` for every other kind of body. */
  readonly code: string | undefined;
}

/** One call of a REST interface. `P` is `undefined` where there are no parameters. A venue adds what it signs or counts. */
export interface Endpoint<P, A> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** Checks what goes out; a key that it does not know is a mistake. */
  readonly params?: z.ZodType<P>;
  /** Reads what comes in. Keys that it does not know are ignored. */
  readonly answer: z.ZodType<A>;
  /** `text` where the answer is no JSON, `empty` where a good answer has no body. */
  readonly form?: "json" | "text" | "empty";
  /** What brings a risk down has its own share of the budget; see @bp/transport. */
  readonly lane: "trade" | "cancel" | "hedge" | "read";
  /** How many elements a good answer has, where each tells the fate of one in the request: with another number nobody knows whose. */
  readonly rows?: (params: P) => number;
  /** The answer that an unusual status means, or `undefined` where it is a failure. */
  readonly instead?: (odd: Odd) => { readonly answer: A } | undefined;
}

/** The general kind that every endpoint fits. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are contravariant; no other type takes every endpoint
export type AnyEndpoint = Endpoint<any, unknown>; // oxlint-disable-line typescript/no-explicit-any

/** What a single call may bring along. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Instead of the client's own. */
  readonly timeoutMs?: number;
  /** How long the request is good, ms, where the venue lets one say: shorter than the client's own, and waited for that much shorter. */
  readonly windowMs?: number;
  /** Instead of the endpoint's own: an order that brings down a risk (`hedge`) may use the share of the cancels. */
  readonly lane?: Endpoint<unknown, unknown>["lane"];
  /**
   * Asked after any wait, before the request is signed and again before it is written; `false` gives it up, which ends in
   * `transport/aborted`: nothing was sent.
   */
  readonly mayLeave?: () => boolean;
  /** Left out: a reading call that got no good answer goes out again, up to three times. `never`: whoever asks does that himself. */
  readonly repeat?: "never";
}

/** `undefined` for parameters that may all be left out. */
type OptionalOnly<P> = Partial<P> extends P ? undefined : never;

/** Endpoints as functions. A venue may know more options than the usual ones. */
export type Bound<G extends Readonly<Record<string, AnyEndpoint>>, O extends CallOptions = CallOptions> = {
  readonly [K in keyof G]: G[K] extends Endpoint<infer P, infer A>
    ? [P] extends [undefined]
      ? (options?: O) => Promise<A>
      : undefined extends P | OptionalOnly<P>
        ? (params?: P, options?: O) => Promise<A>
        : (params: P, options?: O) => Promise<A>
    : never;
};

/** Makes functions of the endpoints of a group. `call` sends a request and reads its answer. */
export function bind<const G extends Readonly<Record<string, AnyEndpoint>>, O extends CallOptions = CallOptions>(
  call: (endpoint: AnyEndpoint, params: unknown, options?: O) => Promise<unknown>,
  group: G,
): Bound<G, O> {
  const bound: Record<string, unknown> = {};
  for (const [name, endpoint] of Object.entries(group)) {
    bound[name] =
      endpoint.params === undefined
        ? (options?: O) => call(endpoint, undefined, options)
        : (params: unknown = {}, options?: O) => call(endpoint, params, options);
  }
  return bound as Bound<G, O>; // each entry was made of the endpoint of the same name
}
